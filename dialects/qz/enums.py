"""Enums: making one, asking for its variant, and reading a payload once the variant is known.

A payload is counted in words: what consists of leaves takes as many in it (see `leaves.py`).
"""

from typing import ClassVar

from xdsl.dialects.builtin import SymbolRefAttr
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
from xdsl.traits import MemoryAllocEffect, NoMemoryEffect

from dialects.lazy_syntax import SMALL_INT, LazySyntaxOp
from dialects.qz.checks import require
from dialects.qz.leaves import flattened, n_leaves
from dialects.qz.types import EnumType, si64


def _payload_size(type_: Attribute, variant: int) -> int:
    """The number of words in the payload of a variant, which must be there."""
    assert isinstance(type_, EnumType)
    n = len(type_.payloads)
    require(0 <= variant < n, f"the enum has {n} variants, found the number {variant}")
    return len(type_.payloads.data[variant])


@irdl_op_definition
class EnumNewOp(LazySyntaxOp):
    """The variant with a number, and its payload; the type of the result says of which enum.

    With `drop`, its block is handed to that function before it is freed.
    """

    name = "qz.enum_new"
    payload = var_operand_def()
    variant = prop_def(SMALL_INT)
    drop = opt_prop_def(SymbolRefAttr)
    result = result_def(EnumType)
    traits = traits_def(MemoryAllocEffect())
    SYNTAX: ClassVar = (
        "$variant ($payload^ `:` type($payload))? (`drop` $drop^)? attr-dict `->` type($result)"
    )

    def verify_(self) -> None:
        expected = _payload_size(self.result.type, self.variant.value.data)
        found = len(flattened(self.payload.types))
        require(found == expected, f"the variant has a payload of {expected}, found {found}")


@irdl_op_definition
class EnumTagOp(LazySyntaxOp):
    """The number of the variant that a value is."""

    name = "qz.enum_tag"
    value = operand_def(EnumType)
    result = result_def(si64)
    traits = traits_def(NoMemoryEffect())
    SYNTAX: ClassVar = "$value attr-dict `:` type($value)"


@irdl_op_definition
class EnumGetOp(LazySyntaxOp):
    """The part of the payload that begins at a word, of a value that is known to be that variant."""

    name = "qz.enum_get"
    value = operand_def(EnumType)
    variant = prop_def(SMALL_INT)
    index = prop_def(SMALL_INT)
    result = result_def()
    traits = traits_def(NoMemoryEffect())
    SYNTAX: ClassVar = "$value `[` $variant `,` $index `]` attr-dict `:` type($value) `->` type($result)"

    def verify_(self) -> None:
        n = _payload_size(self.value.type, self.variant.value.data)
        last = self.index.value.data + n_leaves(self.result.type) - 1
        require(0 <= self.index.value.data <= last < n, f"the variant has a payload of {n}")


OPS = (EnumNewOp, EnumTagOp, EnumGetOp)
