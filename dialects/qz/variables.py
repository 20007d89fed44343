"""Mutable cells of a function, those it shares with closures, and module-level variables."""

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr, SymbolRefAttr, UnitAttr
from xdsl.ir import SSAValue
from xdsl.irdl import irdl_op_definition, operand_def, opt_prop_def, prop_def, result_def, traits_def
from xdsl.traits import MemoryAllocEffect, MemoryReadEffect, MemoryWriteEffect

from dialects.lazy_syntax import LazySyntaxOp
from dialects.qz.checks import require
from dialects.qz.types import LocalType, SharedType


def _check_content(cell: SSAValue, value: SSAValue) -> None:
    assert isinstance(cell.type, LocalType | SharedType)
    require(cell.type.content == value.type, f"the cell holds {cell.type.content}, found {value.type}")


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
    result = result_def()
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = "$cell attr-dict `:` type($cell) `->` type($result)"

    def verify_(self) -> None:
        _check_content(self.cell, self.result)


@irdl_op_definition
class LocalSetOp(LazySyntaxOp):
    """Writes a cell."""

    name = "qz.local_set"
    cell = operand_def(LocalType)
    value = operand_def()
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$cell `,` $value attr-dict `:` type($cell) `,` type($value)"

    def verify_(self) -> None:
        _check_content(self.cell, self.value)


@irdl_op_definition
class SharedOp(LazySyntaxOp):
    """Makes a fresh mutable cell that holds `init` and that closures may capture.

    One that is on the `stack` is not used once the function that made it is left.
    """

    name = "qz.shared"
    init = operand_def()
    local_name = opt_prop_def(StringAttr, prop_name="name")
    on_stack = opt_prop_def(UnitAttr, prop_name="stack")
    cell = result_def(SharedType)
    traits = traits_def(MemoryAllocEffect())
    SYNTAX: ClassVar = "(`stack` $stack^)? ($name^)? $init attr-dict `:` type($cell) `from` type($init)"

    def verify_(self) -> None:
        _check_content(self.cell, self.init)


@irdl_op_definition
class SharedGetOp(LazySyntaxOp):
    """Reads a shared cell."""

    name = "qz.shared_get"
    cell = operand_def(SharedType)
    result = result_def()
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = "$cell attr-dict `:` type($cell) `->` type($result)"

    def verify_(self) -> None:
        _check_content(self.cell, self.result)


@irdl_op_definition
class SharedSetOp(LazySyntaxOp):
    """Writes a shared cell."""

    name = "qz.shared_set"
    cell = operand_def(SharedType)
    value = operand_def()
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$cell `,` $value attr-dict `:` type($cell) `,` type($value)"

    def verify_(self) -> None:
        _check_content(self.cell, self.value)


@irdl_op_definition
class GlobalGetOp(LazySyntaxOp):
    """Reads a module-level variable."""

    name = "qz.global_get"
    global_name = prop_def(SymbolRefAttr, prop_name="name")
    result = result_def()
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = "$name attr-dict `:` type($result)"


@irdl_op_definition
class GlobalSetOp(LazySyntaxOp):
    """Writes a module-level variable."""

    name = "qz.global_set"
    value = operand_def()
    global_name = prop_def(SymbolRefAttr, prop_name="name")
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$name `,` $value attr-dict `:` type($value)"


OPS = (LocalOp, LocalGetOp, LocalSetOp, SharedOp, SharedGetOp, SharedSetOp, GlobalGetOp, GlobalSetOp)
