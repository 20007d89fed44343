"""Mutable cells of a function, those it shares with closures, and module-level variables.

What they hold may be a value struct, of which a part may be read or written in place: the one that begins at
the leaf with the number `part` (see `leaves.py`).
"""

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr, SymbolRefAttr, UnitAttr
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import (
    irdl_op_definition,
    operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import MemoryAllocEffect, MemoryReadEffect, MemoryWriteEffect

from dialects.lazy_syntax import SMALL_INT, LazySyntaxOp
from dialects.qz.checks import check_part, check_whole, require
from dialects.qz.types import LocalType, SharedType


def _content(cell: SSAValue) -> Attribute:
    assert isinstance(cell.type, LocalType | SharedType)
    return cell.type.content


def _check_content(cell: SSAValue, value: SSAValue) -> None:
    content = _content(cell)
    require(content == value.type, f"the cell holds {content}, found {value.type}")


@irdl_op_definition
class LocalOp(LazySyntaxOp):
    """Makes a fresh mutable cell that holds `init`: a `var`, or a name assigned on several paths."""

    name = "qz.local"
    init = operand_def()
    local_name = opt_prop_def(StringAttr, prop_name="name")
    cell = result_def(LocalType)
    traits = traits_def(MemoryAllocEffect())
    SYNTAX: ClassVar = "($name^)? $init attr-dict `:` type($cell) `from` type($init)"

    def verify_(self) -> None:
        _check_content(self.cell, self.init)


@irdl_op_definition
class LocalGetOp(LazySyntaxOp):
    """Reads a cell."""

    name = "qz.local_get"
    cell = operand_def(LocalType)
    part = opt_prop_def(SMALL_INT)
    result = result_def()
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = "$cell (`[` $part^ `]`)? attr-dict `:` type($cell) `->` type($result)"

    def verify_(self) -> None:
        check_part("the cell holds", _content(self.cell), self.part, self.result.type)


@irdl_op_definition
class LocalSetOp(LazySyntaxOp):
    """Writes a cell."""

    name = "qz.local_set"
    cell = operand_def(LocalType)
    value = operand_def()
    part = opt_prop_def(SMALL_INT)
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$cell (`[` $part^ `]`)? `,` $value attr-dict `:` type($cell) `,` type($value)"

    def verify_(self) -> None:
        check_part("the cell holds", _content(self.cell), self.part, self.value.type)


@irdl_op_definition
class SharedOp(LazySyntaxOp):
    """Makes a fresh mutable cell that holds a value, or the leaves of one, and that closures may capture.

    One that is on the `stack` is not used once the function that made it is left.
    """

    name = "qz.shared"
    init = var_operand_def()
    local_name = opt_prop_def(StringAttr, prop_name="name")
    on_stack = opt_prop_def(UnitAttr, prop_name="stack")
    cell = result_def(SharedType)
    traits = traits_def(MemoryAllocEffect())
    SYNTAX: ClassVar = "(`stack` $stack^)? ($name^)? $init attr-dict `:` type($cell) `from` type($init)"

    def verify_(self) -> None:
        check_whole("the cell holds", _content(self.cell), self.init.types)


@irdl_op_definition
class SharedGetOp(LazySyntaxOp):
    """Reads a shared cell."""

    name = "qz.shared_get"
    cell = operand_def(SharedType)
    part = opt_prop_def(SMALL_INT)
    result = result_def()
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = "$cell (`[` $part^ `]`)? attr-dict `:` type($cell) `->` type($result)"

    def verify_(self) -> None:
        check_part("the cell holds", _content(self.cell), self.part, self.result.type)


@irdl_op_definition
class SharedSetOp(LazySyntaxOp):
    """Writes a shared cell."""

    name = "qz.shared_set"
    cell = operand_def(SharedType)
    value = operand_def()
    part = opt_prop_def(SMALL_INT)
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$cell (`[` $part^ `]`)? `,` $value attr-dict `:` type($cell) `,` type($value)"

    def verify_(self) -> None:
        check_part("the cell holds", _content(self.cell), self.part, self.value.type)


@irdl_op_definition
class GlobalGetOp(LazySyntaxOp):
    """Reads a module-level variable."""

    name = "qz.global_get"
    global_name = prop_def(SymbolRefAttr, prop_name="name")
    part = opt_prop_def(SMALL_INT)
    result = result_def()
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = "$name (`[` $part^ `]`)? attr-dict `:` type($result)"


@irdl_op_definition
class GlobalSetOp(LazySyntaxOp):
    """Writes a module-level variable."""

    name = "qz.global_set"
    value = operand_def()
    global_name = prop_def(SymbolRefAttr, prop_name="name")
    part = opt_prop_def(SMALL_INT)
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$name (`[` $part^ `]`)? `,` $value attr-dict `:` type($value)"


OPS = (LocalOp, LocalGetOp, LocalSetOp, SharedOp, SharedGetOp, SharedSetOp, GlobalGetOp, GlobalSetOp)
