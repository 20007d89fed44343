"""Comparing two values of one type."""

from collections.abc import Callable, Sequence

from xdsl.ir import Operation, SSAValue

from dialects.qz.branches import AllOp, AnyOp
from dialects.qz.properties import PREDICATES
from dialects.qz.scalar import CmpOp, NotOp
from dialects.qz.strings import StrCmpOp
from dialects.qz.types import boolean, si64, string
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.data.tuples import element
from qz.irgen.derived.equality import equal_values
from qz.irgen.derived.order import order_values
from qz.sema.types import TypeId, TypeKind

STRICT = {"lt": "lt", "le": "lt", "gt": "gt", "ge": "gt"}
"""An order without the case that both are equal."""


def compare(b: Builder, predicate: str, left: SSAValue, right: SSAValue, type_id: TypeId) -> SSAValue:
    """Whether the predicate (`eq`, `ne`, `lt`, …) holds; a `Char` compares with an `Int` as its number.

    ``type_id`` is the type of the left value.
    """
    if predicate in ("eq", "ne") and b.program.derivations.callee("op_eq", type_id, b.body.module):
        equal = equal_values(b, left, right, type_id)
        return equal if predicate == "eq" else b.make(NotOp, (equal,), boolean)
    stripped = b.program.queries.stripped(type_id)
    if b.program.types.kinds[stripped] is TypeKind.TUPLE:
        return _order_tuples(b, predicate, left, right, stripped)
    if predicate in STRICT:
        ordered = order_values(b, predicate, left, right, type_id)
        if ordered is not None:
            return ordered
    if left.type is string:
        return b.make(StrCmpOp, (left, right), boolean, PREDICATES[predicate])
    if left.type is not right.type and left.type != right.type:
        left, right = b.coerce(left, si64), b.coerce(right, si64)
    return b.make(CmpOp, (left, right), boolean, PREDICATES[predicate])


def _order_tuples(b: Builder, predicate: str, left: SSAValue, right: SSAValue, type_id: TypeId) -> SSAValue:
    """The first elements that differ say which comes first."""
    parts = b.program.types.args[type_id]

    def at(position: int, predicate: str) -> SSAValue:
        first, second = element(b, left, position), element(b, right, position)
        return compare(b, predicate, first, second, parts[position])

    def from_(position: int) -> SSAValue:
        if position == len(parts) - 1:
            return at(position, predicate)
        is_equal = [lambda: at(position, "eq"), lambda: from_(position + 1)]
        decided = [lambda: at(position, STRICT[predicate]), lambda: _short_circuit(b, AllOp, is_equal)]
        return _short_circuit(b, AnyOp, decided)

    return from_(0)


def _short_circuit(b: Builder, op: type[Operation], parts: Sequence[Callable[[], SSAValue]]) -> SSAValue:
    """`and` or `or` of conditions, each made only where the one before does not decide."""
    if len(parts) == 1:
        return parts[0]()
    regions = tuple(b.region(lambda part=part: (part(),)) for part in parts)
    return b.do(op, (), NO_PROPERTIES, (boolean,), regions).results[0]
