"""Raw memory, for the runtime written in Quartz. Addresses are si64; widths and offsets count bytes.

An access may touch anything, unless `alias` names the class of memory that it touches.
"""

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr, SymbolRefAttr, UnitAttr
from xdsl.irdl import (
    irdl_op_definition,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect, Pure

from dialects.lazy_syntax import SMALL_INT, LazySyntaxOp
from dialects.qz.checks import check_width
from dialects.qz.types import si64


@irdl_op_definition
class RawLoadOp(LazySyntaxOp):
    """Loads `width` bytes (1, 2, 4, 8) at address + index + offset, sign-extended if signed, else zero."""

    name = "qz.raw_load"
    address = operand_def(si64)
    index = opt_operand_def(si64)
    offset = prop_def(SMALL_INT)
    width = prop_def(SMALL_INT)
    signed = opt_prop_def(UnitAttr)
    alias = opt_prop_def(StringAttr)
    result = result_def(si64)
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = (
        "(`signed` $signed^)? $address (`,` $index^)? `offset` $offset `width` $width (`alias` $alias^)?"
        " attr-dict"
    )

    def verify_(self) -> None:
        check_width(self.width)


@irdl_op_definition
class RawStoreOp(LazySyntaxOp):
    """Stores the low `width` bytes of a value at address + index + offset. The value is the last operand."""

    name = "qz.raw_store"
    address = operand_def(si64)
    index = opt_operand_def(si64)
    value = operand_def(si64)
    offset = prop_def(SMALL_INT)
    width = prop_def(SMALL_INT)
    alias = opt_prop_def(StringAttr)
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = (
        "$value `to` $address (`,` $index^)? `offset` $offset `width` $width (`alias` $alias^)? attr-dict"
    )

    def verify_(self) -> None:
        check_width(self.width)


@irdl_op_definition
class RawCopyOp(LazySyntaxOp):
    """Copies n bytes between places that do not overlap."""

    name = "qz.raw_copy"
    destination = operand_def(si64)
    source = operand_def(si64)
    n = operand_def(si64)
    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())
    SYNTAX: ClassVar = "$destination `,` $source `,` $n attr-dict"


@irdl_op_definition
class RawMoveOp(LazySyntaxOp):
    """Copies n bytes between places that may overlap."""

    name = "qz.raw_move"
    destination = operand_def(si64)
    source = operand_def(si64)
    n = operand_def(si64)
    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())
    SYNTAX: ClassVar = "$destination `,` $source `,` $n attr-dict"


@irdl_op_definition
class RawFillOp(LazySyntaxOp):
    """Sets n bytes to the low byte of a value."""

    name = "qz.raw_fill"
    destination = operand_def(si64)
    byte = operand_def(si64)
    n = operand_def(si64)
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$destination `,` $byte `,` $n attr-dict"


@irdl_op_definition
class RawSymbolOp(LazySyntaxOp):
    """The address of an external symbol or of a function."""

    name = "qz.raw_symbol"
    symbol_name = prop_def(SymbolRefAttr, prop_name="name")
    result = result_def(si64)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "$name attr-dict"


OPS = (RawLoadOp, RawStoreOp, RawCopyOp, RawMoveOp, RawFillOp, RawSymbolOp)
