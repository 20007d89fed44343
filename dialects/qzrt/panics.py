"""Checks that end in a panic, and what follows one. The panic reports the location of the op."""

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr, i1, i64
from xdsl.irdl import irdl_op_definition, operand_def, prop_def, result_def, traits_def, var_operand_def
from xdsl.traits import IsTerminator, MemoryWriteEffect, Pure
from xdsl.utils.exceptions import VerifyException

from dialects.lazy_syntax import LazySyntaxOp

N_CHECK_ARGUMENTS = {"bounds": 2, "overflow": 1, "division": 0, "message": 1}
"""How many arguments the panic of each kind of check takes."""


@irdl_op_definition
class CheckOp(LazySyntaxOp):
    """Panics when the condition is false.

    The arguments by `kind`: "bounds" (index, size), "overflow" (op code), "division" (), "message" (string).
    """

    name = "qzrt.check"
    condition = operand_def(i1)
    arguments = var_operand_def(i64)
    kind = prop_def(StringAttr)
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$kind $condition `(` $arguments `)` attr-dict"

    def verify_(self) -> None:
        n_arguments = N_CHECK_ARGUMENTS.get(self.kind.data)
        if n_arguments is None:
            raise VerifyException(f'unknown kind of check "{self.kind.data}"')
        if n_arguments != len(self.arguments):
            raise VerifyException(
                f'a check of kind "{self.kind.data}" has {n_arguments} arguments, found {len(self.arguments)}'
            )


@irdl_op_definition
class PanicOp(LazySyntaxOp):
    """Ends the program with a message string."""

    name = "qzrt.panic"
    message = operand_def(i64)
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$message attr-dict"


@irdl_op_definition
class UnreachableOp(LazySyntaxOp):
    """Ends a block that control never leaves."""

    name = "qzrt.unreachable"
    traits = traits_def(IsTerminator())
    SYNTAX: ClassVar = "attr-dict"


@irdl_op_definition
class ApartOp(LazySyntaxOp):
    """Keeps its block a block of its own down to machine code, and is nothing there."""

    name = "qzrt.apart"
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "attr-dict"


@irdl_op_definition
class UnknownOp(LazySyntaxOp):
    """The same number; LLVM does not know where it comes from."""

    name = "qzrt.unknown"
    number = operand_def(i64)
    result = result_def(i64)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "$number attr-dict"


OPS = (CheckOp, PanicOp, UnreachableOp, ApartOp, UnknownOp)
