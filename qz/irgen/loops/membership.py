"""`in`: comparisons with the ends of a range or with one element after the other, or a call."""

from collections.abc import Callable, Sequence

from xdsl.ir import SSAValue

from dialects.qz.bits import BitAndOp
from dialects.qz.branches import IfOp
from dialects.qz.properties import FALSE, TRUE, string_attr
from dialects.qz.scalar import ConstOp
from dialects.qz.terminators import BreakOp
from dialects.qz.types import boolean
from dialects.qz.variables import LocalGetOp, LocalOp, LocalSetOp
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.calls.calls import call_with_values, planned_value
from qz.irgen.comparison import compare
from qz.irgen.data.slices import is_row
from qz.irgen.loops.loops import for_each
from qz.syntax.nodes import NodeKind

K = NodeKind


def in_(b: Builder, node: int) -> SSAValue | None:
    container = b.rhs[node]
    plan = b.body.calls.get(node)
    if b.kind[container] in (K.RANGE, K.RANGE_INCLUSIVE):
        return _within(b, b.value(b.lhs[node]), container)
    has_elements = is_row(b, b.types[container])
    if plan is not None and not has_elements:
        return planned_value(b, node, plan)
    element = b.value(b.lhs[node])

    def is_equal(other: SSAValue) -> SSAValue:
        if plan is None:
            return compare(b, "eq", other, element, b.types[b.lhs[node]])
        found = call_with_values(b, node, plan, [other, element])
        assert found is not None
        return found

    return _among(b, container, is_equal)


def _within(b: Builder, element: SSAValue, range_: int) -> SSAValue:
    """Both bounds are computed, whatever the first comparison says."""
    low, high = b.value(b.lhs[range_]), b.value(b.rhs[range_])
    type_id = b.types[range_]
    below = compare(b, "le", low, element, type_id)
    above = compare(b, "le" if b.kind[range_] == K.RANGE_INCLUSIVE else "lt", element, high, type_id)
    return b.make(BitAndOp, (below, above), boolean)


def _among(b: Builder, container: int, is_equal: Callable[[SSAValue], SSAValue]) -> SSAValue:
    """A loop that ends at the first element that is equal."""
    found = b.make(LocalOp, (b.make(ConstOp, (), boolean, FALSE),), b.ir_types.cell(boolean))
    label = string_attr(f"in{container}")

    def turn(values: Sequence[SSAValue]) -> None:
        def stop() -> Sequence[SSAValue]:
            b.do(LocalSetOp, (found, b.make(ConstOp, (), boolean, TRUE)))
            raise b.end(BreakOp, (), {"label": label})

        (other,) = values
        b.do(IfOp, (is_equal(other),), NO_PROPERTIES, (), (b.region(stop),))

    for_each(b, container, label, False, turn)
    return b.make(LocalGetOp, (found,), boolean)
