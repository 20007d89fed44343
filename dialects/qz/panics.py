"""Panicking, and what a debugger is told."""

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr
from xdsl.irdl import irdl_op_definition, operand_def, prop_def, traits_def
from xdsl.traits import MemoryWriteEffect

from dialects.lazy_syntax import LazySyntaxOp
from dialects.qz.checks import require
from dialects.qz.terminators import UnreachableOp
from dialects.qz.types import string


@irdl_op_definition
class PanicOp(LazySyntaxOp):
    """Ends the program with a message and the location of the op. A qz.unreachable follows it."""

    name = "qz.panic"
    message = operand_def(string)
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$message attr-dict"

    def verify_(self) -> None:
        require(isinstance(self.next_op, UnreachableOp), "a `qz.unreachable` follows a panic")


@irdl_op_definition
class DebugBindOp(LazySyntaxOp):
    """Tells the debugger that a source name has this value from here on."""

    name = "qz.debug_bind"
    value = operand_def()
    bound_name = prop_def(StringAttr, prop_name="name")
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$name `,` $value attr-dict `:` type($value)"


OPS = (PanicOp, DebugBindOp)
