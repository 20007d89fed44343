"""Values that are used twice and computed once: what `$assert` compares and shows, what `$debug` shows."""

from qz.sema.check.checker import Checker
from qz.sema.types import NONE, STRING, VOID, TypeId
from qz.syntax.nodes import NodeKind


def once(c: Checker, node: int, want: TypeId) -> TypeId:
    return c.operand(c.lhs[node], want)


def again(c: Checker, node: int, want: TypeId) -> TypeId:
    return c.types[c.lhs[node]]


def tap(c: Checker, node: int, want: TypeId) -> TypeId:
    """The value of an expression, after a statement that may look at it."""
    found = c.operand(c.lhs[node], want)
    c.expr(c.rhs[node], VOID)
    return found


def behind(c: Checker, node: int, want: TypeId) -> TypeId:
    """A part of a value, for a place, after the statement that takes the value apart."""
    c.expr(c.rhs[node], VOID)
    part = c.lhs[node]
    found = c.expr(part, want)
    if want != NONE and not c.fits(part, want, found):
        c.sink.report("QZ0400", c.span(node), found=c.show(found), expected=c.show(want))
    return found if want == NONE else want


def stand_in(c: Checker, node: int) -> bool:
    """Let a string stand for a value that cannot be shown, if it is there only to be shown."""
    if c.kind[node] != NodeKind.AGAIN or not c.rhs[node]:
        return False
    c.kind[node], c.token[node] = NodeKind.STRING, c.rhs[node]
    c.types[node] = STRING
    return True
