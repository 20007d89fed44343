"""Constants, comparison, and conversion of scalars."""

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr, i64
from xdsl.ir import Attribute, TypedAttribute
from xdsl.irdl import (
    AnyAttr,
    VarConstraint,
    irdl_op_definition,
    operand_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import Pure

from dialects.lazy_syntax import LazySyntaxOp
from dialects.qz.checks import check_predicate, is_number, require
from dialects.qz.folds import Folds
from dialects.qz.leaves import has_leaves, n_leaves
from dialects.qz.types import LocalType, i1, is_float, is_int


def _type_of_number(attribute: Attribute) -> Attribute | None:
    return attribute.get_type() if isinstance(attribute, TypedAttribute) else None


@irdl_op_definition
class ConstOp(LazySyntaxOp):
    """A scalar constant. The value of a Bool is an i1 attribute, that of a Char and of a word an i64 one."""

    name = "qz.const"
    value = prop_def(Attribute)
    result = result_def()
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "$value attr-dict `->` type($result)"

    def verify_(self) -> None:
        type_ = self.result.type
        stored_as = type_ if is_int(type_) or is_float(type_) or type_ == i1 else i64
        require(
            _type_of_number(self.value) == stored_as,
            f"a constant of {type_} holds a {stored_as}, found {self.value}",
        )


@irdl_op_definition
class CmpOp(LazySyntaxOp):
    """Compares two scalars of one type; `predicate` is eq, ne, lt, le, gt or ge.

    Integers compare by their own signedness, false is below true, and with a NaN every predicate but ne is
    false.
    """

    T: ClassVar = VarConstraint("T", AnyAttr())

    name = "qz.cmp"
    lhs = operand_def(T)
    rhs = operand_def(T)
    predicate = prop_def(StringAttr)
    result = result_def(i1)
    traits = traits_def(Folds(), Pure())
    SYNTAX: ClassVar = "$predicate $lhs `,` $rhs attr-dict `:` type($lhs)"

    def verify_(self) -> None:
        check_predicate(self.predicate)
        require(is_number(self.lhs.type), f"expected a number, Bool or Char, found {self.lhs.type}")


@irdl_op_definition
class NotOp(LazySyntaxOp):
    """Logical negation."""

    name = "qz.not"
    operand = operand_def(i1)
    result = result_def(i1)
    traits = traits_def(Folds(), Pure())
    SYNTAX: ClassVar = "$operand attr-dict"


@irdl_op_definition
class CastOp(LazySyntaxOp):
    """`as` between numbers: integers truncate or extend, floats to integers saturate (NaN gives 0).

    A Bool counts as 0 or 1, a Char as an unsigned integer of 32 bits.
    """

    name = "qz.cast"
    operand = operand_def()
    result = result_def()
    traits = traits_def(Folds(), Pure())
    SYNTAX: ClassVar = "$operand attr-dict `:` type($operand) `to` type($result)"

    def verify_(self) -> None:
        require(is_number(self.operand.type), f"cannot cast from {self.operand.type}")
        type_ = self.result.type
        require(is_number(type_) and type_ != i1, f"cannot cast to {type_}")


@irdl_op_definition
class ReinterpretOp(LazySyntaxOp):
    """The same 64-bit word under another static type: `as_int`, `as_string`, erasing and narrowing.

    What consists of leaves becomes another value of as many, or the word that the runtime takes for it.
    """

    name = "qz.reinterpret"
    operand = operand_def()
    result = result_def()
    traits = traits_def(Folds(), Pure())
    SYNTAX: ClassVar = "$operand attr-dict `:` type($operand) `to` type($result)"

    def verify_(self) -> None:
        for type_ in (self.operand.type, self.result.type):
            require(not isinstance(type_, LocalType), "a cell is not a word")
        found, wanted = self.operand.type, self.result.type
        if has_leaves(wanted):
            fits = has_leaves(found) and n_leaves(found) == n_leaves(wanted)
            require(fits, f"{found} is no value of {n_leaves(wanted)} leaves")


OPS = (ConstOp, CmpOp, NotOp, CastOp, ReinterpretOp)
