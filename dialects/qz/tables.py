"""Tables: the elements of a vector of plain numbers that is known when the program is compiled.

A table is the bytes of its elements, each at its own width and little-endian, so that it can lie in the
program as it is. Reading one needs no vector; making a vector of one copies it.
"""

import struct
from collections.abc import Sequence
from typing import ClassVar

from xdsl.dialects.builtin import UnitAttr
from xdsl.ir import Attribute
from xdsl.irdl import irdl_op_definition, operand_def, opt_prop_def, prop_def, result_def, traits_def
from xdsl.traits import MemoryAllocEffect

from dialects.byte_string import ByteStringAttr
from dialects.lazy_syntax import LazySyntaxOp
from dialects.qz.checks import require
from dialects.qz.effects import PanicsOutside
from dialects.qz.folds import Folds
from dialects.qz.types import (
    VecType,
    char,
    f32,
    f64,
    i1,
    si8,
    si16,
    si32,
    si64,
    ui8,
    ui16,
    ui32,
    ui64,
)

FORMATS: dict[Attribute, struct.Struct] = {
    type_: struct.Struct("<" + code)
    for type_, code in (
        *((si8, "b"), (si16, "h"), (si32, "i"), (si64, "q")),
        *((ui8, "B"), (ui16, "H"), (ui32, "I"), (ui64, "Q")),
        *((i1, "?"), (char, "I"), (f32, "f"), (f64, "d")),
    )
}
"""How an element of each type lies in a table; there are no tables of other types."""


def pack_table(elements: Sequence[int | float | bool], type_: Attribute) -> bytes:
    """Gives the table of some elements."""
    return struct.pack(f"<{len(elements)}{FORMATS[type_].format[1:]}", *elements)


def table_size(table: bytes, type_: Attribute) -> int:
    """Gives the number of elements of a table."""
    return len(table) // FORMATS[type_].size


def table_elements(table: bytes, type_: Attribute) -> list[int | float | bool]:
    """Gives the elements of a table."""
    return [element for (element,) in FORMATS[type_].iter_unpack(table)]


def _check_table(table: ByteStringAttr, type_: Attribute) -> None:
    require(type_ in FORMATS, f"there are no tables of {type_}")
    width = FORMATS[type_].size
    require(
        len(table.data) % width == 0,
        f"an element of {type_} has {width} bytes, of which {len(table.data)} is no multiple",
    )


@irdl_op_definition
class TableVecOp(LazySyntaxOp):
    """Makes a vector of the elements of a table."""

    name = "qz.table_vec"
    table = prop_def(ByteStringAttr)
    result = result_def(VecType)
    traits = traits_def(MemoryAllocEffect())
    SYNTAX: ClassVar = "$table attr-dict `:` type($result)"

    def verify_(self) -> None:
        assert isinstance(self.result.type, VecType)
        _check_table(self.table, self.result.type.element)


@irdl_op_definition
class TableGetOp(LazySyntaxOp):
    """The element of a table at an index."""

    name = "qz.table_get"
    table = prop_def(ByteStringAttr)
    index = operand_def(si64)
    unchecked = opt_prop_def(UnitAttr)
    result = result_def()
    traits = traits_def(PanicsOutside(), Folds())
    SYNTAX: ClassVar = "(`unchecked` $unchecked^)? $table `[` $index `]` attr-dict `:` type($result)"

    def verify_(self) -> None:
        _check_table(self.table, self.result.type)


OPS = (TableVecOp, TableGetOp)
