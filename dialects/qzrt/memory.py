"""Loads, stores, slots and addresses. Addresses are i64; offsets, scales and widths count bytes.

The address of an access is base + index * scale + offset. `kind` says what the bytes are: "u" and "s" are
integers, zero- or sign-extended to i64; "p" is an address; "b" is a byte that is 0 or 1, as i1; "f" is a
float, f32 or f64 by its width. `alias` names the class of memory for alias analysis; without it the access
may touch anything.
"""

from typing import ClassVar

from xdsl.dialects.builtin import BytesAttr, IntegerAttr, StringAttr, SymbolRefAttr, i64
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

from dialects.lazy_syntax import LazySyntaxOp
from dialects.qzrt.types import SlotType


@irdl_op_definition
class LoadOp(LazySyntaxOp):
    """Reads memory."""

    name = "qzrt.load"
    base = operand_def(i64)
    index = opt_operand_def(i64)
    offset = prop_def(IntegerAttr)
    scale = prop_def(IntegerAttr)
    width = prop_def(IntegerAttr)
    kind = prop_def(StringAttr)
    alias = opt_prop_def(StringAttr)
    result = result_def()
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = (
        "$kind $width $base (`[` $index^ `]`)? `scale` $scale `offset` $offset (`alias` $alias^)? attr-dict"
        " `:` type($result)"
    )


@irdl_op_definition
class StoreOp(LazySyntaxOp):
    """Writes memory: the low bytes of an integer, or a float. The value is the last operand."""

    name = "qzrt.store"
    base = operand_def(i64)
    index = opt_operand_def(i64)
    value = operand_def()
    offset = prop_def(IntegerAttr)
    scale = prop_def(IntegerAttr)
    width = prop_def(IntegerAttr)
    kind = prop_def(StringAttr)
    alias = opt_prop_def(StringAttr)
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = (
        "$kind $width $value `to` $base (`[` $index^ `]`)? `scale` $scale `offset` $offset"
        " (`alias` $alias^)? attr-dict `:` type($value)"
    )


@irdl_op_definition
class SlotOp(LazySyntaxOp):
    """Makes a stack slot, in the entry block whatever block it stands in."""

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


@irdl_op_definition
class SlotStoreOp(LazySyntaxOp):
    """Writes a slot."""

    name = "qzrt.slot_store"
    slot = operand_def(SlotType)
    value = operand_def()
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$slot `,` $value attr-dict `:` type($slot) `,` type($value)"


@irdl_op_definition
class BytesOp(LazySyntaxOp):
    """The address of a constant string object with these bytes."""

    name = "qzrt.bytes"
    value = prop_def(BytesAttr)
    result = result_def(i64)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "$value attr-dict"


@irdl_op_definition
class SymbolOp(LazySyntaxOp):
    """The address of a function or of data."""

    name = "qzrt.symbol"
    symbol_name = prop_def(SymbolRefAttr, prop_name="name")
    result = result_def(i64)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "$name attr-dict"


OPS = (LoadOp, StoreOp, SlotOp, SlotLoadOp, SlotStoreOp, BytesOp, SymbolOp)
