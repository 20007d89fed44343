"""Arithmetic with a panic on overflow, and number conversions that arith has no single op for.

Operands and integer results are i64 that hold a number of `width` bits, extended by its signedness.
"""

from typing import ClassVar

from xdsl.dialects.builtin import AnyFloat, IntegerAttr, StringAttr, UnitAttr, i64
from xdsl.irdl import irdl_op_definition, operand_def, opt_prop_def, prop_def, result_def, traits_def
from xdsl.traits import Commutative, MemoryWriteEffect, Pure
from xdsl.utils.exceptions import VerifyException

from dialects.lazy_syntax import SMALL_INT, LazySyntaxOp
from dialects.numbers import BIT_COUNTS


def check_bits(width: IntegerAttr) -> None:
    """Checks a width in bits."""
    if width.value.data not in (8, 16, 32, 64):
        raise VerifyException(f"a width is 8, 16, 32 or 64 bits, found {width.value.data}")


class CheckedOp(LazySyntaxOp):
    """Panics at the location of the op when the exact result does not fit `width` bits."""

    lhs = operand_def(i64)
    rhs = operand_def(i64)
    width = prop_def(SMALL_INT)
    signed = opt_prop_def(UnitAttr)
    result = result_def(i64)
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "(`signed` $signed^)? $width $lhs `,` $rhs attr-dict"

    def verify_(self) -> None:
        check_bits(self.width)


@irdl_op_definition
class AddCheckedOp(CheckedOp):
    """Sum, or a panic."""

    name = "qzrt.add_checked"
    traits = traits_def(MemoryWriteEffect(), Commutative())


@irdl_op_definition
class SubCheckedOp(CheckedOp):
    """Difference, or a panic. With `negation`, the difference from 0 is reported as a negation."""

    name = "qzrt.sub_checked"
    negation = opt_prop_def(UnitAttr)
    SYNTAX: ClassVar = "(`signed` $signed^)? (`negation` $negation^)? $width $lhs `,` $rhs attr-dict"


@irdl_op_definition
class MulCheckedOp(CheckedOp):
    """Product, or a panic."""

    name = "qzrt.mul_checked"
    traits = traits_def(MemoryWriteEffect(), Commutative())


class WrappedOp(LazySyntaxOp):
    """Computes at `width` bits, and drops what is beyond them."""

    lhs = operand_def(i64)
    rhs = operand_def(i64)
    width = prop_def(SMALL_INT)
    signed = opt_prop_def(UnitAttr)
    result = result_def(i64)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "(`signed` $signed^)? $width $lhs `,` $rhs attr-dict"

    def verify_(self) -> None:
        check_bits(self.width)


@irdl_op_definition
class AddWrappedOp(WrappedOp):
    """Sum, modulo 2 to the `width`."""

    name = "qzrt.add_wrapped"
    traits = traits_def(Pure(), Commutative())


@irdl_op_definition
class SubWrappedOp(WrappedOp):
    """Difference, modulo 2 to the `width`."""

    name = "qzrt.sub_wrapped"


@irdl_op_definition
class MulWrappedOp(WrappedOp):
    """Product, modulo 2 to the `width`."""

    name = "qzrt.mul_wrapped"
    traits = traits_def(Pure(), Commutative())


@irdl_op_definition
class WrapOp(LazySyntaxOp):
    """Keeps the low `width` bits and extends them by the signedness."""

    name = "qzrt.wrap"
    operand = operand_def(i64)
    width = prop_def(SMALL_INT)
    signed = opt_prop_def(UnitAttr)
    result = result_def(i64)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "(`signed` $signed^)? $width $operand attr-dict"

    def verify_(self) -> None:
        check_bits(self.width)


@irdl_op_definition
class SaturateOp(LazySyntaxOp):
    """A float as the integer of `width` bits next towards zero; beyond the range the limit, for NaN 0."""

    name = "qzrt.saturate"
    operand = operand_def()
    width = prop_def(SMALL_INT)
    signed = opt_prop_def(UnitAttr)
    result = result_def(i64)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "(`signed` $signed^)? $width $operand attr-dict `:` type($operand)"

    def verify_(self) -> None:
        check_bits(self.width)
        if not isinstance(self.operand.type, AnyFloat):
            raise VerifyException(f"expected a float, found {self.operand.type}")


@irdl_op_definition
class CountBitsOp(LazySyntaxOp):
    """How many bits of a word are 1, or how many are 0 from either end on."""

    name = "qzrt.count_bits"
    what = prop_def(StringAttr)
    operand = operand_def(i64)
    result = result_def(i64)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "$what $operand attr-dict"

    def verify_(self) -> None:
        if self.what.data not in BIT_COUNTS:
            raise VerifyException(f"expected one of {', '.join(BIT_COUNTS)}, found {self.what.data}")


OPS = (
    AddCheckedOp,
    SubCheckedOp,
    MulCheckedOp,
    AddWrappedOp,
    SubWrappedOp,
    MulWrappedOp,
    WrapOp,
    SaturateOp,
    CountBitsOp,
)
