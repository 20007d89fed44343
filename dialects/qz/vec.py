"""Vectors. Indices are si64; a bad one panics unless the access is unchecked.

Where the elements have leaves, an access may be to a part of one, which begins at the leaf with the number
`part` (see `leaves.py`), and what takes or gives a whole element may take or give its leaves.
"""

from typing import ClassVar

from xdsl.dialects.builtin import UnitAttr
from xdsl.irdl import (
    irdl_op_definition,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.traits import MemoryAllocEffect, MemoryReadEffect, MemoryWriteEffect

from dialects.lazy_syntax import SMALL_INT, LazySyntaxOp
from dialects.qz.checks import check_element, check_part_of_element, require
from dialects.qz.effects import ReadsWithBoundsCheck
from dialects.qz.leaves import n_leaves
from dialects.qz.types import VecType, si64


@irdl_op_definition
class VecNewOp(LazySyntaxOp):
    """An empty vector, with room for `capacity` elements if given."""

    name = "qz.vec_new"
    capacity = opt_operand_def(si64)
    result = result_def(VecType)
    traits = traits_def(MemoryAllocEffect())
    SYNTAX: ClassVar = "(`capacity` $capacity^)? attr-dict `:` type($result)"


@irdl_op_definition
class VecLitOp(LazySyntaxOp):
    """A vector of the given elements, `[a, b, c]`, or of their leaves one element after the other."""

    name = "qz.vec_lit"
    elements = var_operand_def()
    result = result_def(VecType)
    traits = traits_def(MemoryAllocEffect())
    SYNTAX: ClassVar = "($elements^ `:` type($elements))? attr-dict `->` type($result)"

    def verify_(self) -> None:
        step = n_leaves(self.result.type.element)
        if self.elements and self.elements[0].type == self.result.type.element:
            step = 1
        for first in range(0, len(self.elements), step):
            check_element(self.result, *self.elements[first : first + step])


@irdl_op_definition
class VecFilledOp(LazySyntaxOp):
    """A vector of `n` times the element `x`; a negative n panics."""

    name = "qz.vec_filled"
    n = operand_def(si64)
    element = var_operand_def()
    result = result_def(VecType)
    traits = traits_def(MemoryWriteEffect(), MemoryAllocEffect())
    SYNTAX: ClassVar = "$n `,` $element `:` type($element) attr-dict `->` type($result)"

    def verify_(self) -> None:
        check_element(self.result, *self.element)


@irdl_op_definition
class VecGetOp(LazySyntaxOp):
    """The element at an index, of a vector known to have `size` elements if that is given."""

    name = "qz.vec_get"
    vec = operand_def(VecType)
    index = operand_def(si64)
    unchecked = opt_prop_def(UnitAttr)
    part = opt_prop_def(SMALL_INT)
    size = opt_prop_def(SMALL_INT)
    result = result_def()
    traits = traits_def(ReadsWithBoundsCheck())
    SYNTAX: ClassVar = (
        "(`unchecked` $unchecked^)? $vec `,` $index (`of` $size^)? (`[` $part^ `]`)? attr-dict"
        " `:` type($vec) `->` type($result)"
    )

    def verify_(self) -> None:
        check_part_of_element(self.vec, self.part, self.result)


@irdl_op_definition
class VecSetOp(LazySyntaxOp):
    """Replaces the element at an index, of a vector known to have `size` elements if that is given."""

    name = "qz.vec_set"
    vec = operand_def(VecType)
    index = operand_def(si64)
    element = operand_def()
    unchecked = opt_prop_def(UnitAttr)
    part = opt_prop_def(SMALL_INT)
    size = opt_prop_def(SMALL_INT)
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = (
        "(`unchecked` $unchecked^)? $vec `,` $index (`of` $size^)? (`[` $part^ `]`)? `,` $element attr-dict"
        " `:` type($vec) `,` type($element)"
    )

    def verify_(self) -> None:
        check_part_of_element(self.vec, self.part, self.element)


@irdl_op_definition
class VecPushOp(LazySyntaxOp):
    """Appends an element."""

    name = "qz.vec_push"
    vec = operand_def(VecType)
    element = var_operand_def()
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$vec `,` $element attr-dict `:` type($vec) `,` type($element)"

    def verify_(self) -> None:
        check_element(self.vec, *self.element)


@irdl_op_definition
class VecSizeOp(LazySyntaxOp):
    """The number of elements."""

    name = "qz.vec_size"
    vec = operand_def(VecType)
    result = result_def(si64)
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = "$vec attr-dict `:` type($vec)"


@irdl_op_definition
class VecOwnOp(LazySyntaxOp):
    """A vector of the same elements that nobody else refers to: the same, if only one place does, or a copy.

    It goes back to that place. So whatever is written into it then, no other place sees.
    """

    name = "qz.vec_own"
    vec = operand_def(VecType)
    result = result_def(VecType)
    traits = traits_def(MemoryReadEffect(), MemoryAllocEffect())
    SYNTAX: ClassVar = "$vec attr-dict `:` type($vec) `->` type($result)"

    def verify_(self) -> None:
        require(self.result.type == self.vec.type, "the vector keeps its type")


@irdl_op_definition
class VecClearOp(LazySyntaxOp):
    """Removes every element; the capacity stays."""

    name = "qz.vec_clear"
    vec = operand_def(VecType)
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$vec attr-dict `:` type($vec)"


@irdl_op_definition
class VecPopUncheckedOp(LazySyntaxOp):
    """Removes and gives the last element of a vector that is known not to be empty."""

    name = "qz.vec_pop_unchecked"
    vec = operand_def(VecType)
    element = var_result_def()
    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())
    SYNTAX: ClassVar = "$vec attr-dict `:` type($vec) `->` type($element)"

    def verify_(self) -> None:
        check_element(self.vec, *self.element)


OPS = (
    VecNewOp,
    VecLitOp,
    VecFilledOp,
    VecGetOp,
    VecSetOp,
    VecPushOp,
    VecSizeOp,
    VecOwnOp,
    VecClearOp,
    VecPopUncheckedOp,
)
