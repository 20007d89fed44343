"""Strings: immutable bytes."""

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr, UnitAttr
from xdsl.ir import Attribute
from xdsl.irdl import (
    irdl_op_definition,
    operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import NoMemoryEffect, Pure

from dialects.byte_string import ByteStringOp
from dialects.lazy_syntax import LazySyntaxOp
from dialects.qz.checks import check_predicate, is_number, require
from dialects.qz.effects import ReadsWithBoundsCheck
from dialects.qz.folds import Folds
from dialects.qz.types import char, i1, si64, string


@irdl_op_definition
class StrConstOp(ByteStringOp):
    """A string constant."""

    name = "qz.str_const"
    result = result_def(string)
    traits = traits_def(Pure())

    @classmethod
    def result_type(cls) -> Attribute:
        return string


@irdl_op_definition
class StrConcatOp(LazySyntaxOp):
    """Two or more strings end to end."""

    name = "qz.str_concat"
    parts = var_operand_def(string)
    result = result_def(string)
    traits = traits_def(Folds(), NoMemoryEffect())
    SYNTAX: ClassVar = "$parts attr-dict"

    def verify_(self) -> None:
        require(len(self.parts) >= 2, "a concatenation has at least two parts")


@irdl_op_definition
class StrSizeOp(LazySyntaxOp):
    """The size in bytes."""

    name = "qz.str_size"
    text = operand_def(string)
    result = result_def(si64)
    traits = traits_def(Folds(), Pure())
    SYNTAX: ClassVar = "$text attr-dict"


@irdl_op_definition
class StrByteAtOp(LazySyntaxOp):
    """The byte at an index, 0 to 255; a bad index panics unless the access is unchecked."""

    name = "qz.str_byte_at"
    text = operand_def(string)
    index = operand_def(si64)
    unchecked = opt_prop_def(UnitAttr)
    result = result_def(si64)
    traits = traits_def(Folds(), ReadsWithBoundsCheck())
    SYNTAX: ClassVar = "(`unchecked` $unchecked^)? $text `,` $index attr-dict"


@irdl_op_definition
class StrCharAtOp(LazySyntaxOp):
    """The code point at a byte index that `qz.str_next` gave; what is not UTF-8 is U+FFFD."""

    name = "qz.str_char_at"
    text = operand_def(string)
    index = operand_def(si64)
    result = result_def(char)
    traits = traits_def(NoMemoryEffect())
    SYNTAX: ClassVar = "$text `,` $index attr-dict"


@irdl_op_definition
class StrNextOp(LazySyntaxOp):
    """The byte index of the next code point behind an index from -1 on; the size if there is none."""

    name = "qz.str_next"
    text = operand_def(string)
    index = operand_def(si64)
    result = result_def(si64)
    traits = traits_def(NoMemoryEffect())
    SYNTAX: ClassVar = "$text `,` $index attr-dict"


@irdl_op_definition
class StrCmpOp(LazySyntaxOp):
    """Compares the bytes of two strings; `predicate` is eq, ne, lt, le, gt or ge."""

    name = "qz.str_cmp"
    lhs = operand_def(string)
    rhs = operand_def(string)
    predicate = prop_def(StringAttr)
    result = result_def(i1)
    traits = traits_def(Folds(), Pure())
    SYNTAX: ClassVar = "$predicate $lhs `,` $rhs attr-dict"

    def verify_(self) -> None:
        check_predicate(self.predicate)


@irdl_op_definition
class ShowOp(LazySyntaxOp):
    """The text of a scalar as interpolation prints it.

    Integers in decimal by their signedness, floats in the shortest form that reads back the same,
    `true` and `false`, a Char as its number, a string as it is.
    """

    name = "qz.show"
    operand = operand_def()
    result = result_def(string)
    traits = traits_def(NoMemoryEffect())
    SYNTAX: ClassVar = "$operand attr-dict `:` type($operand)"

    def verify_(self) -> None:
        type_ = self.operand.type
        require(is_number(type_) or type_ == string, f"expected a scalar or a string, found {type_}")


OPS = (StrConstOp, StrConcatOp, StrSizeOp, StrByteAtOp, StrCharAtOp, StrNextOp, StrCmpOp, ShowOp)
