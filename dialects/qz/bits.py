"""Bitwise operations on the integer types; a shift count is masked and may be of any integer type."""

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr
from xdsl.irdl import (
    AnyAttr,
    VarConstraint,
    irdl_op_definition,
    operand_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import Commutative, Pure

from dialects import numbers
from dialects.lazy_syntax import LazySyntaxOp
from dialects.qz.checks import require
from dialects.qz.folds import Folds
from dialects.qz.types import i1, is_int, si64, ui64


class BitwiseOp(LazySyntaxOp):
    """Two operands and a result of one integer type, or of Bool."""

    T: ClassVar = VarConstraint("T", AnyAttr())

    lhs = operand_def(T)
    rhs = operand_def(T)
    result = result_def(T)
    traits = traits_def(Folds(), Pure(), Commutative())
    SYNTAX: ClassVar = "$lhs `,` $rhs attr-dict `:` type($result)"

    def verify_(self) -> None:
        type_ = self.result.type
        require(is_int(type_) or type_ == i1, f"expected an integer type or i1, found {type_}")


@irdl_op_definition
class BitAndOp(BitwiseOp):
    """Bits set in both."""

    name = "qz.bit_and"


@irdl_op_definition
class BitOrOp(BitwiseOp):
    """Bits set in either."""

    name = "qz.bit_or"


@irdl_op_definition
class BitXorOp(BitwiseOp):
    """Bits set in exactly one."""

    name = "qz.bit_xor"


class ShiftOp(LazySyntaxOp):
    """Shifts a value by a count, modulo the width of the value."""

    T: ClassVar = VarConstraint("T", AnyAttr())

    lhs = operand_def(T)
    count = operand_def()
    result = result_def(T)
    traits = traits_def(Folds(), Pure())
    SYNTAX: ClassVar = "$lhs `,` $count attr-dict `:` type($result) `by` type($count)"

    def verify_(self) -> None:
        for type_ in (self.result.type, self.count.type):
            require(is_int(type_), f"expected an integer type, found {type_}")


@irdl_op_definition
class ShlOp(ShiftOp):
    """Shift left; bits shifted out are lost, without a panic."""

    name = "qz.shl"


@irdl_op_definition
class ShrOp(ShiftOp):
    """Shift right, arithmetic for signed types and logical for unsigned ones."""

    name = "qz.shr"


@irdl_op_definition
class BitNotOp(LazySyntaxOp):
    """Every bit flipped."""

    T: ClassVar = VarConstraint("T", AnyAttr())

    name = "qz.bit_not"
    operand = operand_def(T)
    result = result_def(T)
    traits = traits_def(Folds(), Pure())
    SYNTAX: ClassVar = "$operand attr-dict `:` type($result)"

    def verify_(self) -> None:
        require(is_int(self.result.type), f"expected an integer type, found {self.result.type}")


@irdl_op_definition
class CountBitsOp(LazySyntaxOp):
    """How many bits are 1, or how many are 0 from either end on; 64 for a value of 0."""

    name = "qz.count_bits"
    what = prop_def(StringAttr)
    operand = operand_def(ui64)
    result = result_def(si64)
    traits = traits_def(Folds(), Pure())
    SYNTAX: ClassVar = "$what $operand attr-dict"

    def verify_(self) -> None:
        what = self.what.data
        counts = numbers.BIT_COUNTS
        require(what in counts, f"expected one of {', '.join(counts)}, found {what}")


OPS = (BitAndOp, BitOrOp, BitXorOp, ShlOp, ShrOp, BitNotOp, CountBitsOp)
