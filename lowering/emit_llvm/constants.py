"""Operations that become the text of a constant instead of an instruction."""

# pyright: reportPrivateUsage=false

import struct
from collections.abc import Callable

from xdsl.dialects import llvm
from xdsl.dialects.builtin import DenseArrayBase, FloatAttr, IntegerAttr, SymbolRefAttr, i1
from xdsl.ir import Operation

from lowering.emit_llvm.emitter import Emitter
from lowering.emit_llvm.symbols import symbol


def float_text(value: float) -> str:
    """A float as LLVM reads it exactly: the bits of a double, also for a float."""
    return f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}"


def single_text(value: float) -> str:
    """The double that a float stands for; one out of range is infinite."""
    try:
        return float_text(struct.unpack("<f", struct.pack("<f", value))[0])
    except OverflowError:
        return float_text(float("inf") if value > 0 else float("-inf"))


def _constant(emitter: Emitter, op: Operation) -> str | None:
    attribute = op.properties["value"]
    result_type = op.results[0]._type
    if isinstance(attribute, IntegerAttr):
        number = attribute.value.data
        if result_type == i1:
            return "true" if number else "false"
        return str(number)
    assert isinstance(attribute, FloatAttr)
    value = attribute.value.data
    return float_text(value) if emitter.type_text(result_type) == "double" else single_text(value)


def _address_of(emitter: Emitter, op: Operation) -> str | None:
    name = op.properties["global_name"]
    assert isinstance(name, SymbolRefAttr)
    text = name.root_reference.data
    emitter.refer(text)
    return symbol(text)


def _is_constant_address(text: str | None) -> bool:
    return text is not None and text[0] in "@g"


def _gep(emitter: Emitter, op: Operation) -> str | None:
    if len(op._operands) > 1:
        return None
    base = emitter.names.get(id(op._operands[0]))
    if not _is_constant_address(base):
        return None
    indices = op.properties["rawConstantIndices"]
    assert isinstance(indices, DenseArrayBase)
    element = emitter.type_text(op.properties["elem_type"])
    offsets = ", ".join([f"i64 {index}" for index in indices.iter_values()])
    return f"getelementptr ({element}, ptr {base}, {offsets})"


def _ptr_to_int(emitter: Emitter, op: Operation) -> str | None:
    base = emitter.names.get(id(op._operands[0]))
    return f"ptrtoint (ptr {base} to i64)" if _is_constant_address(base) else None


FOLDS: dict[type[Operation], Callable[[Emitter, Operation], str | None]] = {
    llvm.ConstantOp: _constant,
    llvm.AddressOfOp: _address_of,
    llvm.GEPOp: _gep,
    llvm.PtrToIntOp: _ptr_to_int,
    llvm.ZeroOp: lambda emitter, op: "null",
}
"""Gives the text, or nothing where the op is an instruction after all."""
