"""Ranges: written out where they are used, or kept as values of the library's `Range`."""

from qz.sema.check.checker import Checker
from qz.sema.check.plain_numbers import is_plain_number
from qz.sema.types import CHAR, ERROR, INT, INTEGERS, TypeId
from qz.syntax.nodes import NodeKind

K = NodeKind

RANGES = frozenset({K.RANGE, K.RANGE_INCLUSIVE, K.RANGE_STEP})


def range_(c: Checker, node: int) -> TypeId:
    """The type of what a loop over a range goes over: that of its bounds and its step."""
    if c.kind[node] == K.RANGE_STEP:
        bound = range_(c, c.lhs[node])
        c.value(c.rhs[node], bound)
        c.types[node] = bound
        return bound
    low, high = c.lhs[node], c.rhs[node]
    if is_plain_number(c, low):
        bound = c.resolved(c.operand(high))
        c.value(low, bound)
    else:
        bound = c.resolved(c.operand(low))
        c.value(high, bound)
    if bound not in INTEGERS and bound not in (CHAR, ERROR) and not c.infer.unify(bound, INT):
        c.sink.report("QZ0400", c.extent(low), found=c.show(bound), expected="Int")
        return ERROR
    bound = c.types[node] = c.resolved(bound)
    return INT if bound == CHAR else bound


def range_value(c: Checker, node: int, want: TypeId) -> TypeId:
    """A range that is kept: its bounds and its step are `Int`."""
    if c.kind[node] == K.RANGE_STEP:
        range_value(c, c.lhs[node], want)
        c.value(c.rhs[node], INT)
    else:
        c.value(c.lhs[node], INT)
        c.value(c.rhs[node], INT)
    return c.program.library.struct("range", "Range").type
