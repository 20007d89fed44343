"""Values of `dyn Trait`: some value, and the functions that are its type's methods of a trait."""

from typing import ClassVar

from xdsl.dialects.builtin import ArrayAttr, FunctionType, SymbolRefAttr
from xdsl.irdl import (
    IRDLOperation,
    irdl_op_definition,
    operand_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.traits import MemoryAllocEffect

from dialects.lazy_syntax import SMALL_INT, LazySyntaxOp
from dialects.qz.checks import require
from dialects.qz.types import DynType


@irdl_op_definition
class DynNewOp(LazySyntaxOp):
    """A value together with the methods that a trait asks for, in the trait's order."""

    name = "qz.dyn_new"
    methods = prop_def(ArrayAttr[SymbolRefAttr])
    signatures = prop_def(ArrayAttr[FunctionType])
    value = operand_def()
    result = result_def(DynType)
    traits = traits_def(MemoryAllocEffect())
    SYNTAX: ClassVar = "$value $methods `:` $signatures attr-dict `:` type($value) `->` type($result)"

    def verify_(self) -> None:
        require(len(self.methods) == len(self.signatures), "each method has a signature")


@irdl_op_definition
class DynCallOp(LazySyntaxOp):
    """Calls the method with an index, with the value as its first argument."""

    name = "qz.dyn_call"
    index = prop_def(SMALL_INT)
    receiver = operand_def(DynType)
    arguments = var_operand_def()
    outputs = var_result_def()
    SYNTAX: ClassVar = (
        "$receiver `[` $index `]` `(` $arguments `)` attr-dict `:` type($receiver) `,`"
        " functional-type($arguments, $outputs)"
    )

    def verify_(self) -> None:
        require(self.index.value.data >= 0, "the index of a method is not negative")


OPS: tuple[type[IRDLOperation], ...] = (DynNewOp, DynCallOp)
