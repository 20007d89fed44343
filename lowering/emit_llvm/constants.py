"""Operations that become the text of a constant instead of an instruction."""

# pyright: reportPrivateUsage=false

import struct
from collections.abc import Callable, Sequence
from typing import TypeAlias

from xdsl.dialects import llvm
from xdsl.dialects.builtin import DenseArrayBase, FloatAttr, SymbolRefAttr
from xdsl.ir import Attribute, Operation

from dialects.llvm_extra.by_value import ByValueOp, CopyAddressOp
from lowering.abi.layout import STRING_PREFIX_BYTES
from lowering.emit_llvm.context import Printed, TextContext
from lowering.emit_llvm.symbols import symbol
from lowering.shared_attributes import Properties, number_of

Fold: TypeAlias = Callable[[TextContext, Sequence[Printed], Properties, Attribute], str | None]
"""Gives the text, or nothing where the op is an instruction after all."""


def float_text(value: float) -> str:
    """A float as LLVM reads it exactly: the bits of a double, also for a float."""
    return f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}"


def single_text(value: float) -> str:
    """The double that a float stands for; one out of range is infinite."""
    try:
        return float_text(struct.unpack("<f", struct.pack("<f", value))[0])
    except OverflowError:
        return float_text(float("inf") if value > 0 else float("-inf"))


def string_address(name: str) -> str:
    """The value of a constant string."""
    return f"getelementptr (i8, ptr {symbol(name)}, i64 {STRING_PREFIX_BYTES})"


def as_word(address: str) -> str:
    """A constant address as an i64."""
    return f"ptrtoint (ptr {address} to i64)"


def is_constant_address(text: str) -> bool:
    """Whether a text is the address of a symbol, or one computed from it."""
    return text[0] in "@g"


def _constant(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute
) -> str | None:
    attribute = properties["value"]
    number = number_of(attribute)
    type_ = c.type_text(result)
    if number is not None:
        if type_ == "i1":
            return "true" if number else "false"
        return str(number)
    assert isinstance(attribute, FloatAttr)
    value = attribute.value.data
    return float_text(value) if type_ == "double" else single_text(value)


def _address_of(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute
) -> str | None:
    name = properties["global_name"]
    assert isinstance(name, SymbolRefAttr)
    return symbol(name.root_reference.data)


def _gep(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute
) -> str | None:
    base = operands[0].text
    if len(operands) > 1 or not is_constant_address(base):
        return None
    indices = properties["rawConstantIndices"]
    assert isinstance(indices, DenseArrayBase)
    offsets = ", ".join([f"i64 {index}" for index in indices.iter_values()])
    return f"getelementptr ({c.type_text(properties['elem_type'])}, ptr {base}, {offsets})"


def _ptr_to_int(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute
) -> str | None:
    base = operands[0].text
    return as_word(base) if is_constant_address(base) else None


def as_address(number: str) -> str:
    """A constant i64 as an address."""
    return f"inttoptr (i64 {number} to ptr)"


def _int_to_ptr(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute
) -> str | None:
    number = operands[0].text
    return None if number[0] == "%" else as_address(number)


def _null(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute
) -> str | None:
    return "null"


def _undefined(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute
) -> str | None:
    return "undef"


def _by_value(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute
) -> str | None:
    return operands[0].text


FOLDS: dict[type[Operation], Fold] = {
    llvm.ConstantOp: _constant,
    llvm.AddressOfOp: _address_of,
    llvm.GEPOp: _gep,
    llvm.PtrToIntOp: _ptr_to_int,
    llvm.IntToPtrOp: _int_to_ptr,
    llvm.ZeroOp: _null,
    llvm.UndefOp: _undefined,
    ByValueOp: _by_value,
    CopyAddressOp: _by_value,
}
