"""Operations that end a block: return, yield, unreachable, break, continue."""

from collections.abc import Sequence
from typing import ClassVar

from xdsl.dialects.builtin import StringAttr
from xdsl.dialects.func import FuncOp
from xdsl.ir import Attribute, Operation
from xdsl.irdl import irdl_op_definition, opt_prop_def, traits_def, var_operand_def
from xdsl.traits import IsTerminator, NoMemoryEffect, Pure
from xdsl.utils.exceptions import VerifyException

from dialects.lazy_syntax import LazySyntaxOp
from dialects.qz.checks import check_types, require
from dialects.qz.types import FnType

LOOP_NAMES = frozenset(("qz.while", "qz.loop", "qz.for", "qz.for_each"))
FUNCTION_NAMES = frozenset(("func.func", "qz.lambda"))
"""What `qz.return` leaves, and what no `qz.break` can leave."""


def enclosing_loop(op: Operation, label: StringAttr | None) -> Operation | None:
    """Gives the loop that a break or continue means: the innermost, or the one with the label."""
    parent = op.parent_op()
    while parent is not None and parent.name not in FUNCTION_NAMES:
        if parent.name in LOOP_NAMES and (label is None or parent.properties.get("label") == label):
            return parent
        parent = parent.parent_op()
    return None


def enclosing_function(op: Operation) -> Operation | None:
    """Gives the function or lambda that an operation belongs to, at whatever depth."""
    parent = op.parent_op()
    while parent is not None and parent.name not in FUNCTION_NAMES:
        parent = parent.parent_op()
    return parent


def returned_types(op: Operation) -> Sequence[Attribute] | None:
    """Gives what the function or lambda returns that an operation belongs to, at whatever depth."""
    parent = enclosing_function(op)
    if isinstance(parent, FuncOp):
        return parent.function_type.outputs.data
    if parent is None:
        return None
    (function,) = parent.result_types
    assert isinstance(function, FnType)
    return function.signature.outputs.data


@irdl_op_definition
class ReturnOp(LazySyntaxOp):
    """Leaves the function or lambda, with its result if it has one. It may stand in nested regions."""

    name = "qz.return"
    values = var_operand_def()
    traits = traits_def(IsTerminator())
    SYNTAX: ClassVar = "attr-dict ($values^ `:` type($values))?"

    def verify_(self) -> None:
        expected = returned_types(self)
        if expected is not None:
            check_types("returned values", self.values.types, expected)


@irdl_op_definition
class YieldOp(LazySyntaxOp):
    """Ends a region and hands its values to the enclosing op: results of an if, the truth of a condition."""

    name = "qz.yield"
    values = var_operand_def()
    traits = traits_def(IsTerminator(), Pure())
    SYNTAX: ClassVar = "attr-dict ($values^ `:` type($values))?"


@irdl_op_definition
class UnreachableOp(LazySyntaxOp):
    """Ends a block that control never leaves, such as the rest after a panic."""

    name = "qz.unreachable"
    traits = traits_def(IsTerminator())
    SYNTAX: ClassVar = "attr-dict"


@irdl_op_definition
class BreakOp(LazySyntaxOp):
    """Leaves the innermost loop, or the one with the label, with that loop's results."""

    name = "qz.break"
    values = var_operand_def()
    label = opt_prop_def(StringAttr)
    traits = traits_def(IsTerminator())
    SYNTAX: ClassVar = "(`label` $label^)? attr-dict ($values^ `:` type($values))?"

    def verify_(self) -> None:
        loop = enclosing_loop(self, self.label)
        if loop is None:
            raise VerifyException("a break stands in no such loop")
        check_types("values of the break", self.values.types, loop.result_types)


@irdl_op_definition
class ContinueOp(LazySyntaxOp):
    """Starts the next turn of the innermost loop, or of the one with the label."""

    name = "qz.continue"
    label = opt_prop_def(StringAttr)
    traits = traits_def(IsTerminator(), NoMemoryEffect())
    SYNTAX: ClassVar = "(`label` $label^)? attr-dict"

    def verify_(self) -> None:
        require(enclosing_loop(self, self.label) is not None, "a continue stands in no such loop")


OPS = (ReturnOp, YieldOp, UnreachableOp, BreakOp, ContinueOp)
