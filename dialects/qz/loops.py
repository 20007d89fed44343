"""Structured loops. Bodies end with an empty qz.yield, or with a break, continue, return or unreachable."""

from collections.abc import Sequence
from typing import ClassVar

from xdsl.dialects.builtin import StringAttr, UnitAttr
from xdsl.ir import Attribute, Region
from xdsl.irdl import (
    AnyAttr,
    VarConstraint,
    irdl_op_definition,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    region_def,
    traits_def,
    var_result_def,
)
from xdsl.traits import RecursiveMemoryEffect

from dialects.lazy_syntax import LazySyntaxOp
from dialects.qz.branches import check_yields
from dialects.qz.checks import check_arguments, check_types, last_op, require
from dialects.qz.terminators import YieldOp
from dialects.qz.types import CharType, StrType, VecType, char, i1, is_int, si64


def check_body(body: Region, arguments: Sequence[Attribute]) -> None:
    """Checks that a loop body takes these arguments and yields nothing."""
    check_arguments(body, arguments)
    end = last_op(body)
    if isinstance(end, YieldOp):
        check_types("yielded values", end.values.types, ())


@irdl_op_definition
class WhileOp(LazySyntaxOp):
    """Runs the body as long as the condition region yields true."""

    name = "qz.while"
    label = opt_prop_def(StringAttr)
    condition = region_def()
    body = region_def()
    traits = traits_def(RecursiveMemoryEffect())
    SYNTAX: ClassVar = "(`label` $label^)? attr-dict-with-keyword $condition `do` $body"

    def verify_(self) -> None:
        check_yields(self.condition, (i1,))
        check_yields(self.body, ())


@irdl_op_definition
class LoopOp(LazySyntaxOp):
    """Runs the body until a break, whose values are the results."""

    name = "qz.loop"
    label = opt_prop_def(StringAttr)
    body = region_def()
    outputs = var_result_def()
    traits = traits_def(RecursiveMemoryEffect())
    SYNTAX: ClassVar = "(`label` $label^)? (`->` type($outputs)^)? attr-dict-with-keyword $body"

    def verify_(self) -> None:
        check_yields(self.body, ())


@irdl_op_definition
class ForOp(LazySyntaxOp):
    """Counts from `low` to `high`, `high` itself included only if inclusive.

    The block argument is a fresh value each turn, and the count does not overflow at the type's maximum.
    A negative step counts down from `low` to `high`; a step of zero is excluded before the loop.
    """

    T: ClassVar = VarConstraint("T", AnyAttr())

    name = "qz.for"
    low = operand_def(T)
    high = operand_def(T)
    step = opt_operand_def(T)
    inclusive = opt_prop_def(UnitAttr)
    label = opt_prop_def(StringAttr)
    body = region_def()
    traits = traits_def(RecursiveMemoryEffect())
    SYNTAX: ClassVar = (
        "(`label` $label^)? $low `to` $high (`step` $step^)? (`inclusive` $inclusive^)? `:` type($low)"
        " attr-dict-with-keyword $body"
    )

    def verify_(self) -> None:
        type_ = self.low.type
        require(is_int(type_) or isinstance(type_, CharType), f"expected an integer type, found {type_}")
        check_body(self.body, (type_,))


@irdl_op_definition
class ForEachOp(LazySyntaxOp):
    """Visits the elements of a vector, or the code points of a string.

    The size of a vector is read again each turn, so a push during the loop is seen. The block arguments are
    (element) or (index, element).
    """

    name = "qz.for_each"
    elements = operand_def(VecType | StrType)
    label = opt_prop_def(StringAttr)
    body = region_def()
    traits = traits_def(RecursiveMemoryEffect())
    SYNTAX: ClassVar = "(`label` $label^)? $elements `:` type($elements) attr-dict-with-keyword $body"

    def verify_(self) -> None:
        last_op(self.body)
        with_index = len(self.body.block.args) == 2
        type_ = self.elements.type
        element = type_.element if isinstance(type_, VecType) else char
        check_body(self.body, (si64, element) if with_index else (element,))


OPS = (WhileOp, LoopOp, ForOp, ForEachOp)
