"""Terminators, which keep their shape, and the choice between two values."""

# pyright: reportPrivateUsage=false

from functools import lru_cache

from xdsl.dialects import arith, cf, func
from xdsl.dialects.builtin import DenseIntElementsAttr, VectorType, i64
from xdsl.ir import Operation

from dialects.qz.matches import ApartOp as SourceApartOp
from dialects.qz.matches import SwitchBrOp, listed
from dialects.qz.matches import UnknownOp as SourceUnknownOp
from dialects.qz.terminators import UnreachableOp as SourceUnreachableOp
from dialects.qzrt.panics import ApartOp, UnknownOp, UnreachableOp
from lowering.dispatch import Table
from lowering.shared_attributes import Properties, segment_properties, segments
from lowering.to_rt.erasure import Erasure

TABLE: Table[Erasure] = Table()


@TABLE.lowers(cf.BranchOp, cf.ConditionalBranchOp, cf.SwitchOp)
def lower_branch(rt: Erasure, op: Operation) -> None:
    """The same branch with the new operands and blocks."""
    blocks = rt.blocks
    if not op._operands:
        (target,) = op._successors
        rt.jump(blocks[id(target)])
        return
    successors = [blocks[id(block)] for block in op._successors]
    rt.terminate(type(op), rt.operands(op), op.properties, successors)


@TABLE.lowers(SwitchBrOp)
def lower_switch(rt: Erasure, op: SwitchBrOp) -> None:
    """The numbers are compared as words, which is how the value is held."""
    blocks = rt.blocks
    numbers = tuple(listed(op.values))
    successors = [blocks[id(block)] for block in op._successors]
    rt.terminate(cf.SwitchOp, rt.operands(op), _switch_properties(numbers), successors)


@lru_cache(maxsize=256)
def _switch_properties(numbers: tuple[int, ...]) -> Properties:
    return {
        "case_values": DenseIntElementsAttr.from_list(VectorType(i64, [len(numbers)]), numbers),
        "case_operand_segments": segments(*[0] * len(numbers)),
        **segment_properties(1, 0, 0),
    }


@TABLE.lowers(func.ReturnOp)
def lower_return(rt: Erasure, op: func.ReturnOp) -> None:
    """The results leave as words."""
    rt.terminate(func.ReturnOp, rt.packed(rt.words(op._operands)))


@TABLE.lowers(SourceUnreachableOp)
def lower_unreachable(rt: Erasure, op: SourceUnreachableOp) -> None:
    """Stays what it is."""
    rt.effect(UnreachableOp, ())


@TABLE.lowers(SourceApartOp)
def lower_apart(rt: Erasure, op: SourceApartOp) -> None:
    """Stays what it is."""
    rt.effect(ApartOp, ())


@TABLE.lowers(SourceUnknownOp)
def lower_unknown(rt: Erasure, op: SourceUnknownOp) -> None:
    """Stays what it is."""
    rt.define(op, rt.emit(UnknownOp, rt.operands(op)))


@TABLE.lowers(arith.SelectOp)
def lower_select(rt: Erasure, op: arith.SelectOp) -> None:
    """A choice between two values of one register type."""
    rt.define(op, rt.emit(arith.SelectOp, rt.operands(op), {}, rt.result_form(op).register))
