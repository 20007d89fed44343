"""Loads, stores, slots and addresses. Addresses are i64; offsets, scales and widths count bytes.

The address of an access is base + index * scale + offset. `kind` says what the bytes are: "u" and "s" are
integers, zero- or sign-extended to i64; "p" is an address; "b" is a byte that is 0 or 1, as i1; "f" is a
float, f32 or f64 by its width. `alias` names the class of memory for alias analysis; without it the access
may touch anything.
"""

from typing import ClassVar

from xdsl.dialects.builtin import IntegerType, StringAttr, SymbolRefAttr, f32, f64, i1, i64
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import (
    irdl_op_definition,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import MemoryAllocEffect, MemoryReadEffect, MemoryWriteEffect, Pure
from xdsl.utils.exceptions import VerifyException

from dialects.byte_string import ByteStringOp
from dialects.lazy_syntax import SMALL_INT, LazySyntaxOp
from dialects.qzrt.types import SlotType, ptr

ACCESS_TYPES: dict[tuple[str, int], Attribute] = {
    **{(kind, width): i64 for kind in "us" for width in (1, 2, 4, 8)},
    ("p", 8): i64,
    ("b", 1): i1,
    ("f", 4): f32,
    ("f", 8): f64,
}
"""The type of the value for every kind and width that memory is accessed with."""


def check_access(kind: str, width: int, found: Attribute) -> None:
    """Checks that kind, width and type of a load or store belong together."""
    expected = ACCESS_TYPES.get((kind, width))
    if expected is None:
        raise VerifyException(f'no access of kind "{kind}" is {width} bytes wide')
    if expected != found:
        raise VerifyException(
            f'an access of kind "{kind}" and width {width} has type {expected}, found {found}'
        )


def _check_content(slot: SSAValue, value: SSAValue) -> None:
    assert isinstance(slot.type, SlotType)
    content = slot.type.content
    is_word = content == ptr or (isinstance(content, IntegerType) and content != i1)
    if (i64 if is_word else content) != value.type:
        raise VerifyException(f"the slot holds {content}, found {value.type}")


@irdl_op_definition
class LoadOp(LazySyntaxOp):
    """Reads memory."""

    name = "qzrt.load"
    base = operand_def(i64)
    index = opt_operand_def(i64)
    offset = prop_def(SMALL_INT)
    scale = prop_def(SMALL_INT)
    width = prop_def(SMALL_INT)
    kind = prop_def(StringAttr)
    alias = opt_prop_def(StringAttr)
    result = result_def()
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = (
        "$kind $width $base (`[` $index^ `]`)? `scale` $scale `offset` $offset (`alias` $alias^)? attr-dict"
        " `:` type($result)"
    )

    def verify_(self) -> None:
        check_access(self.kind.data, self.width.value.data, self.result.type)


@irdl_op_definition
class StoreOp(LazySyntaxOp):
    """Writes memory: the low bytes of an integer, or a float. The value is the last operand."""

    name = "qzrt.store"
    base = operand_def(i64)
    index = opt_operand_def(i64)
    value = operand_def()
    offset = prop_def(SMALL_INT)
    scale = prop_def(SMALL_INT)
    width = prop_def(SMALL_INT)
    kind = prop_def(StringAttr)
    alias = opt_prop_def(StringAttr)
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = (
        "$kind $width $value `to` $base (`[` $index^ `]`)? `scale` $scale `offset` $offset"
        " (`alias` $alias^)? attr-dict `:` type($value)"
    )

    def verify_(self) -> None:
        check_access(self.kind.data, self.width.value.data, self.value.type)


@irdl_op_definition
class SlotOp(LazySyntaxOp):
    """Makes a stack slot, in the entry block whatever block it stands in.

    A slot of `!qzrt.ptr` holds an i64 that is an address, so that it can stay a pointer. One of `si8`, `ui32`
    and the like holds an i64 that is such a number, so that LLVM sees no more bits than there are.
    """

    name = "qzrt.slot"
    slot_name = opt_prop_def(StringAttr, prop_name="name")
    slot = result_def(SlotType)
    traits = traits_def(MemoryAllocEffect())
    SYNTAX: ClassVar = "($name^)? attr-dict `:` type($slot)"


@irdl_op_definition
class SlotLoadOp(LazySyntaxOp):
    """Reads a slot."""

    name = "qzrt.slot_load"
    slot = operand_def(SlotType)
    result = result_def()
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = "$slot attr-dict `:` type($slot) `->` type($result)"

    def verify_(self) -> None:
        _check_content(self.slot, self.result)


@irdl_op_definition
class SlotStoreOp(LazySyntaxOp):
    """Writes a slot."""

    name = "qzrt.slot_store"
    slot = operand_def(SlotType)
    value = operand_def()
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$slot `,` $value attr-dict `:` type($slot) `,` type($value)"

    def verify_(self) -> None:
        _check_content(self.slot, self.value)


@irdl_op_definition
class WordsOp(LazySyntaxOp):
    """The address of `n` words on the stack, reserved in the entry block whatever block it stands in."""

    name = "qzrt.words"
    n = prop_def(SMALL_INT)
    result = result_def(i64)
    traits = traits_def(MemoryAllocEffect())
    SYNTAX: ClassVar = "$n attr-dict"


@irdl_op_definition
class StackBlockOp(LazySyntaxOp):
    """The address of a block of `n` words on the stack, with the header of a constant before it.

    It is reserved in the entry block whatever block it stands in; the header is written where it stands.
    """

    name = "qzrt.stack_block"
    n = prop_def(SMALL_INT)
    result = result_def(i64)
    traits = traits_def(MemoryAllocEffect())
    SYNTAX: ClassVar = "$n attr-dict"


@irdl_op_definition
class BytesOp(ByteStringOp):
    """The address of a constant string object with these bytes."""

    name = "qzrt.bytes"
    result = result_def(i64)
    traits = traits_def(Pure())

    @classmethod
    def result_type(cls) -> Attribute:
        return i64


@irdl_op_definition
class SymbolOp(LazySyntaxOp):
    """The address of data, or of a function that is not called through it."""

    name = "qzrt.symbol"
    symbol_name = prop_def(SymbolRefAttr, prop_name="name")
    result = result_def(i64)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "$name attr-dict"


OPS = (LoadOp, StoreOp, SlotOp, SlotLoadOp, SlotStoreOp, WordsOp, StackBlockOp, BytesOp, SymbolOp)
