"""Instructions that touch memory or compute addresses."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import llvm
from xdsl.dialects.builtin import DenseArrayBase, IntegerAttr
from xdsl.ir import Operation

from dialects.llvm_extra.memory import MemcpyOp, MemmoveOp, MemsetOp
from lowering.dispatch import Table
from lowering.emit_llvm.emitter import Emitter

TABLE: Table[Emitter] = Table()


def _alignment(op: Operation) -> str:
    """An alignment that is not the type's own."""
    alignment = op.properties.get("alignment")
    return f", align {alignment.value.data}" if isinstance(alignment, IntegerAttr) else ""


@TABLE.lowers(llvm.LoadOp)
def emit_load(e: Emitter, op: llvm.LoadOp) -> None:
    """Reads memory."""
    result = op.results[0]
    names = e.names
    e.lines.append(
        f"  {names[id(result)]} = load {e.type_of(result)}, ptr {names[id(op._operands[0])]}"
        f"{_alignment(op)}{e.alias(op)}"
    )


@TABLE.lowers(llvm.StoreOp)
def emit_store(e: Emitter, op: llvm.StoreOp) -> None:
    """Writes memory."""
    value, address = op._operands
    place = f"ptr {e.names[id(address)]}{_alignment(op)}{e.alias(op)}"
    e.lines.append(f"  store {e.type_of(value)} {e.names[id(value)]}, {place}")


@TABLE.lowers(llvm.GEPOp)
def emit_address(e: Emitter, op: llvm.GEPOp) -> None:
    """Computes an address."""
    name = e.names[id(op.results[0])]
    if name[0] != "%":
        return
    properties = op.properties
    indices = properties["rawConstantIndices"]
    assert isinstance(indices, DenseArrayBase)
    operands = iter(op._operands)
    base = e.names[id(next(operands))]
    parts = [
        e.typed(next(operands)) if index == llvm.GEP_USE_SSA_VAL else f"i64 {index}"
        for index in indices.iter_values()
    ]
    inbounds = "inbounds " if "inbounds" in properties else ""
    element = e.type_text(properties["elem_type"])
    e.lines.append(f"  {name} = getelementptr {inbounds}{element}, ptr {base}, {', '.join(parts)}")


@TABLE.lowers(llvm.AllocaOp)
def emit_stack_slot(e: Emitter, op: llvm.AllocaOp) -> None:
    """Reserves memory on the stack."""
    element = e.type_text(op.properties["elem_type"])
    e.lines.append(f"  {e.names[id(op.results[0])]} = alloca {element}{_alignment(op)}")


_TRANSFERS: dict[type[Operation], str] = {MemcpyOp: "memcpy", MemmoveOp: "memmove"}


@TABLE.lowers(MemcpyOp, MemmoveOp)
def emit_transfer(e: Emitter, op: MemcpyOp | MemmoveOp) -> None:
    """Copies bytes."""
    destination, source, length = op._operands
    intrinsic = f"llvm.{_TRANSFERS[type(op)]}.p0.p0.i64"
    e.declarations[intrinsic] = f"declare void @{intrinsic}(ptr, ptr, i64, i1)"
    names = e.names
    e.lines.append(
        f"  call void @{intrinsic}(ptr {names[id(destination)]}, ptr {names[id(source)]},"
        f" i64 {names[id(length)]}, i1 false)"
    )


@TABLE.lowers(MemsetOp)
def emit_fill(e: Emitter, op: MemsetOp) -> None:
    """Sets bytes."""
    destination, value, length = op._operands
    intrinsic = "llvm.memset.p0.i64"
    e.declarations[intrinsic] = f"declare void @{intrinsic}(ptr, i8, i64, i1)"
    names = e.names
    e.lines.append(
        f"  call void @{intrinsic}(ptr {names[id(destination)]}, i8 {names[id(value)]},"
        f" i64 {names[id(length)]}, i1 false)"
    )
