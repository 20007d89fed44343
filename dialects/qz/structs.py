"""Heap structs and tuples: making one, reading and writing a field.

Fields are counted in words: what has leaves among them takes as many (see `leaves.py`), and any of its parts
can be read or written in its place. The name of a field is for readers of the IR.
"""

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr, SymbolRefAttr, UnitAttr
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
from dialects.qz.checks import check_types, require
from dialects.qz.leaves import flattened, leaf_types
from dialects.qz.types import TupleType, ValType


def _check_struct(value: SSAValue) -> None:
    type_ = value.type
    nominal = isinstance(type_, ValType) and not type_.is_erased
    require(nominal, f"expected a heap struct, found {type_}")


def _check_field(struct: SSAValue, index: int, field: SSAValue) -> None:
    """Checks an index, and the type of a field as far as the type of what has it tells that."""
    require(index >= 0, "a field index is not negative")
    type_ = struct.type
    if not isinstance(type_, TupleType):
        _check_struct(struct)
        return
    words, wanted = flattened(type_.elements), leaf_types(field.type)
    require(index < len(words), f"a tuple of {len(words)} words has no word {index}")
    check_types(f"word {index} of the tuple", wanted, words[index : index + len(wanted)])


@irdl_op_definition
class StructNewOp(LazySyntaxOp):
    """A heap struct or tuple with the given fields in order; the type of the result says which.

    `drop` is the function that is called with the struct when its last count is given back.
    """

    name = "qz.struct_new"
    fields = var_operand_def()
    drop = opt_prop_def(SymbolRefAttr)
    result = result_def()
    traits = traits_def(MemoryAllocEffect())
    SYNTAX: ClassVar = "($fields^ `:` type($fields))? (`drop` $drop^)? attr-dict `->` type($result)"

    def verify_(self) -> None:
        type_ = self.result.type
        if isinstance(type_, TupleType):
            check_types("elements", flattened(self.fields.types), flattened(type_.elements))
        else:
            _check_struct(self.result)


@irdl_op_definition
class ArenaNewOp(LazySyntaxOp):
    """A heap struct with the given fields in order that lies in an arena, and lives as long as that."""

    name = "qz.arena_new"
    arena = operand_def()
    fields = var_operand_def()
    result = result_def()
    traits = traits_def(MemoryAllocEffect(), MemoryWriteEffect())
    SYNTAX: ClassVar = (
        "$arena `:` type($arena) (`of` $fields^ `:` type($fields))? attr-dict `->` type($result)"
    )

    def verify_(self) -> None:
        _check_struct(self.arena)
        _check_struct(self.result)


@irdl_op_definition
class StructGetOp(LazySyntaxOp):
    """The field that begins at a word; `steady` if nobody assigns it as long as there is the struct."""

    name = "qz.struct_get"
    struct = operand_def()
    index = prop_def(SMALL_INT)
    field_name = opt_prop_def(StringAttr, prop_name="name")
    steady = opt_prop_def(UnitAttr)
    result = result_def()
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = (
        "(`steady` $steady^)? $struct `[` $index ($name^)? `]` attr-dict `:` type($struct) `->` type($result)"
    )

    def verify_(self) -> None:
        _check_field(self.struct, self.index.value.data, self.result)


@irdl_op_definition
class StructSetOp(LazySyntaxOp):
    """Replaces the field that begins at a word."""

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
        _check_field(self.struct, self.index.value.data, self.value)


OPS = (StructNewOp, ArenaNewOp, StructGetOp, StructSetOp)
