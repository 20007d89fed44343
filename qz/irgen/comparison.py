"""Comparing two values of one type."""

from xdsl.ir import SSAValue

from dialects.qz.properties import PREDICATES
from dialects.qz.scalar import CmpOp
from dialects.qz.strings import StrCmpOp
from dialects.qz.types import boolean, si64, string
from qz.irgen.builder import Builder


def compare(b: Builder, predicate: str, left: SSAValue, right: SSAValue) -> SSAValue:
    """Whether the predicate (`eq`, `ne`, `lt`, …) holds; a `Char` compares with an `Int` as its number."""
    if left.type == string:
        return b.make(StrCmpOp, (left, right), boolean, PREDICATES[predicate])
    if left.type != right.type:
        left, right = b.coerce(left, si64), b.coerce(right, si64)
    return b.make(CmpOp, (left, right), boolean, PREDICATES[predicate])
