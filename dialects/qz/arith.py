"""Arithmetic on the eight integer types and the two float types.

On integers `overflow` says what a result outside the type does: "trap" panics, "wrap" keeps the low bits,
"none" promises that there is none. On floats the property is absent and the meaning is IEEE 754. Division
truncates; the remainder has the sign of the dividend. A zero divisor panics in any mode.
"""

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr
from xdsl.irdl import (
    AnyAttr,
    VarConstraint,
    irdl_op_definition,
    operand_def,
    opt_prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import Commutative

from dialects.lazy_syntax import LazySyntaxOp
from dialects.qz.checks import check_overflow
from dialects.qz.effects import PanicsOnOverflow, PanicsOnZero
from dialects.qz.folds import Folds


class ArithmeticOp(LazySyntaxOp):
    """Two operands and a result of one numeric type."""

    T: ClassVar = VarConstraint("T", AnyAttr())

    lhs = operand_def(T)
    rhs = operand_def(T)
    result = result_def(T)
    overflow = opt_prop_def(StringAttr)
    SYNTAX: ClassVar = "$lhs `,` $rhs (`overflow` $overflow^)? attr-dict `:` type($result)"

    def verify_(self) -> None:
        check_overflow(self.result.type, self.overflow)


@irdl_op_definition
class AddOp(ArithmeticOp):
    """Sum."""

    name = "qz.add"
    traits = traits_def(Folds(), PanicsOnOverflow(), Commutative())


@irdl_op_definition
class SubOp(ArithmeticOp):
    """Difference."""

    name = "qz.sub"
    traits = traits_def(Folds(), PanicsOnOverflow())


@irdl_op_definition
class MulOp(ArithmeticOp):
    """Product."""

    name = "qz.mul"
    traits = traits_def(Folds(), PanicsOnOverflow(), Commutative())


@irdl_op_definition
class DivOp(ArithmeticOp):
    """Quotient, truncated towards zero on integers; the minimum divided by -1 overflows."""

    name = "qz.div"
    traits = traits_def(Folds(), PanicsOnZero())


@irdl_op_definition
class RemOp(ArithmeticOp):
    """Remainder of the truncating division; the minimum by -1 leaves 0 in either mode."""

    name = "qz.rem"
    traits = traits_def(Folds(), PanicsOnZero())


@irdl_op_definition
class NegOp(LazySyntaxOp):
    """Negation; on integers the minimum overflows, and so does anything but 0 of an unsigned type."""

    T: ClassVar = VarConstraint("T", AnyAttr())

    name = "qz.neg"
    operand = operand_def(T)
    result = result_def(T)
    overflow = opt_prop_def(StringAttr)
    traits = traits_def(Folds(), PanicsOnOverflow())
    SYNTAX: ClassVar = "$operand (`overflow` $overflow^)? attr-dict `:` type($result)"

    def verify_(self) -> None:
        check_overflow(self.result.type, self.overflow)


OPS = (AddOp, SubOp, MulOp, DivOp, RemOp, NegOp)
