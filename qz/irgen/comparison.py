"""Comparing two values of one type."""

from xdsl.ir import SSAValue

from dialects.qz.properties import PREDICATES
from dialects.qz.scalar import CmpOp, NotOp
from dialects.qz.strings import StrCmpOp
from dialects.qz.types import boolean, si64, string
from qz.irgen.builder import Builder
from qz.irgen.derived import equal_values
from qz.sema.types import TypeId


def compare(b: Builder, predicate: str, left: SSAValue, right: SSAValue, type_id: TypeId) -> SSAValue:
    """Whether the predicate (`eq`, `ne`, `lt`, …) holds; a `Char` compares with an `Int` as its number.

    ``type_id`` is the type of the left value.
    """
    if predicate in ("eq", "ne") and b.program.derivations.callee("op_eq", type_id, b.body.module):
        equal = equal_values(b, left, right, type_id)
        return equal if predicate == "eq" else b.make(NotOp, (equal,), boolean)
    if left.type == string:
        return b.make(StrCmpOp, (left, right), boolean, PREDICATES[predicate])
    if left.type != right.type:
        left, right = b.coerce(left, si64), b.coerce(right, si64)
    return b.make(CmpOp, (left, right), boolean, PREDICATES[predicate])
