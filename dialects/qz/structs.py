"""Structs: making one, reading and writing a field by its index. The name is for readers of the IR."""

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr, SymbolRefAttr
from xdsl.ir import SSAValue
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
from dialects.qz.checks import require
from dialects.qz.types import StructType, ValType


def _check_struct(value: SSAValue) -> None:
    type_ = value.type
    nominal = isinstance(type_, ValType) and isinstance(type_.static_type, SymbolRefAttr)
    require(nominal or isinstance(type_, StructType), f"expected a struct, found {type_}")


@irdl_op_definition
class StructNewOp(LazySyntaxOp):
    """A struct with the given fields in order; the type of the result says which."""

    name = "qz.struct_new"
    fields = var_operand_def()
    result = result_def()
    traits = traits_def(MemoryAllocEffect())
    SYNTAX: ClassVar = "($fields^ `:` type($fields))? attr-dict `->` type($result)"

    def verify_(self) -> None:
        _check_struct(self.result)


@irdl_op_definition
class StructGetOp(LazySyntaxOp):
    """The field with an index."""

    name = "qz.struct_get"
    struct = operand_def()
    index = prop_def(SMALL_INT)
    field_name = opt_prop_def(StringAttr, prop_name="name")
    result = result_def()
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = "$struct `[` $index ($name^)? `]` attr-dict `:` type($struct) `->` type($result)"

    def verify_(self) -> None:
        _check_struct(self.struct)
        require(self.index.value.data >= 0, "a field index is not negative")


@irdl_op_definition
class StructSetOp(LazySyntaxOp):
    """Replaces the field with an index."""

    name = "qz.struct_set"
    struct = operand_def()
    value = operand_def()
    index = prop_def(SMALL_INT)
    field_name = opt_prop_def(StringAttr, prop_name="name")
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = (
        "$struct `[` $index ($name^)? `]` `,` $value attr-dict `:` type($struct) `,` type($value)"
    )

    def verify_(self) -> None:
        _check_struct(self.struct)
        require(self.index.value.data >= 0, "a field index is not negative")


OPS = (StructNewOp, StructGetOp, StructSetOp)
