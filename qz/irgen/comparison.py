"""Comparing two values of one type."""

from collections.abc import Callable, Sequence

from xdsl.ir import Operation, SSAValue

from dialects.qz.branches import AllOp, AnyOp
from dialects.qz.properties import PREDICATES
from dialects.qz.scalar import CmpOp, NotOp
from dialects.qz.strings import StrCmpOp
from dialects.qz.types import TupleType, boolean, si64, string
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.tuples import element

STRICT = {"lt": "lt", "le": "lt", "gt": "gt", "ge": "gt"}
"""An order without the case that both are equal."""


def compare(b: Builder, predicate: str, left: SSAValue, right: SSAValue) -> SSAValue:
    """Whether the predicate (`eq`, `ne`, `lt`, …) holds; a `Char` compares with an `Int` as its number."""
    if isinstance(left.type, TupleType):
        return _compare_tuples(b, predicate, left, right)
    if left.type == string:
        return b.make(StrCmpOp, (left, right), boolean, PREDICATES[predicate])
    if left.type != right.type:
        left, right = b.coerce(left, si64), b.coerce(right, si64)
    return b.make(CmpOp, (left, right), boolean, PREDICATES[predicate])


def _compare_tuples(b: Builder, predicate: str, left: SSAValue, right: SSAValue) -> SSAValue:
    """Equal are tuples whose elements are; the first elements that differ say which comes first."""
    assert isinstance(left.type, TupleType)
    last = len(left.type.elements) - 1

    def at(position: int, predicate: str) -> SSAValue:
        return compare(b, predicate, element(b, left, position), element(b, right, position))

    if predicate == "ne":
        return b.make(NotOp, (_compare_tuples(b, "eq", left, right),), boolean)
    if predicate == "eq":
        return _short_circuit(b, AllOp, [lambda n=n: at(n, "eq") for n in range(last + 1)])

    def from_(position: int) -> SSAValue:
        if position == last:
            return at(position, predicate)
        is_equal = [lambda: at(position, "eq"), lambda: from_(position + 1)]
        parts = [lambda: at(position, STRICT[predicate]), lambda: _short_circuit(b, AllOp, is_equal)]
        return _short_circuit(b, AnyOp, parts)

    return from_(0)


def _short_circuit(b: Builder, op: type[Operation], parts: Sequence[Callable[[], SSAValue]]) -> SSAValue:
    """`and` or `or` of conditions, each made only where the one before does not decide."""
    if len(parts) == 1:
        return parts[0]()
    regions = tuple(b.region(lambda part=part: (part(),)) for part in parts)
    return b.do(op, (), NO_PROPERTIES, (boolean,), regions).results[0]
