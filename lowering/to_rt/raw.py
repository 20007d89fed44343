"""Raw memory, for the runtime's own code."""

from dialects.qz.raw import RawCopyOp, RawFillOp, RawLoadOp, RawMoveOp, RawStoreOp, RawSymbolOp
from dialects.qzrt.blocks import CopyOp, FillOp, MoveOp
from dialects.qzrt.memory import LoadOp, StoreOp, SymbolOp
from lowering.dispatch import Table
from lowering.shared_attributes import Properties
from lowering.to_rt.access import raw_access
from lowering.to_rt.erasure import Erasure

TABLE: Table[Erasure] = Table()


def _access(op: RawLoadOp | RawStoreOp, signed: bool) -> Properties:
    alias = op.alias.data if op.alias is not None else None
    return raw_access(op.width.value.data, op.offset.value.data, signed, alias)


@TABLE.lowers(RawLoadOp)
def lower_load(rt: Erasure, op: RawLoadOp) -> None:
    """A load of so many bytes."""
    rt.define(op, rt.emit(LoadOp, rt.operands(op), _access(op, "signed" in op.properties)))


@TABLE.lowers(RawStoreOp)
def lower_store(rt: Erasure, op: RawStoreOp) -> None:
    """A store of so many bytes; the value is the last operand, here as there."""
    rt.effect(StoreOp, rt.operands(op), _access(op, False))


_BLOCKS = {RawCopyOp: CopyOp, RawMoveOp: MoveOp, RawFillOp: FillOp}


@TABLE.lowers(RawCopyOp, RawMoveOp, RawFillOp)
def lower_block(rt: Erasure, op: RawCopyOp | RawMoveOp | RawFillOp) -> None:
    """Copies, moves and fills keep their operands."""
    rt.effect(_BLOCKS[type(op)], rt.operands(op))


@TABLE.lowers(RawSymbolOp)
def lower_symbol(rt: Erasure, op: RawSymbolOp) -> None:
    """The address of a symbol."""
    rt.define(op, rt.emit(SymbolOp, (), op.properties))
