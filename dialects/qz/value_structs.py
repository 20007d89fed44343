"""Value structs: making one and taking a part out of it, neither of which touches memory.

Parts are counted in leaves (see `leaves.py`): the part with a number begins at that leaf, and has as many as
its type. `expand_values` replaces every value struct by its leaves.
"""

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr
from xdsl.irdl import (
    irdl_op_definition,
    operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import MemoryAllocEffect, Pure

from dialects.lazy_syntax import SMALL_INT, LazySyntaxOp
from dialects.qz.checks import check_part, check_types
from dialects.qz.leaves import leaf_types
from dialects.qz.struct_type import StructType
from dialects.qz.types import si64


@irdl_op_definition
class ValueNewOp(LazySyntaxOp):
    """A value struct of its fields, in order."""

    name = "qz.value_new"
    fields = var_operand_def()
    result = result_def(StructType)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "($fields^ `:` type($fields))? attr-dict `->` type($result)"

    def verify_(self) -> None:
        check_types("fields of the struct", self.fields.types, self.result.type.fields)


@irdl_op_definition
class ValueGetOp(LazySyntaxOp):
    """The part of a value struct that begins at a leaf."""

    name = "qz.value_get"
    struct = operand_def(StructType)
    part = prop_def(SMALL_INT)
    field_name = opt_prop_def(StringAttr, prop_name="name")
    result = result_def()
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "$struct `[` $part ($name^)? `]` attr-dict `:` type($struct) `->` type($result)"

    def verify_(self) -> None:
        check_part("the struct is", self.struct.type, self.part, self.result.type)


@irdl_op_definition
class RowOp(LazySyntaxOp):
    """The address of a copy of leaves on the stack, which stands for them where the runtime takes a word.

    The copy lies as an element of a vector of such values does, and lives as long as the function runs.
    """

    name = "qz.row"
    row_type = prop_def(prop_name="type")
    leaves = var_operand_def()
    result = result_def(si64)
    traits = traits_def(MemoryAllocEffect())
    SYNTAX: ClassVar = "$leaves `:` type($leaves) `as` $type attr-dict"

    def verify_(self) -> None:
        check_types("leaves of the value", self.leaves.types, leaf_types(self.row_type))


OPS = (ValueNewOp, ValueGetOp, RowOp)
