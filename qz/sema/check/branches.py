"""Branches: `if`, and what the branches of anything have in common."""

from collections.abc import Sequence

from qz.sema.check.checker import Checker
from qz.sema.check.plain_numbers import NUMBER_KINDS, is_plain_number, take_widths
from qz.sema.types import ERROR, NEVER, NONE, NUMBERS, VOID, TypeId
from qz.syntax import node_numbers as nk


def if_(c: Checker, node: int, want: TypeId) -> TypeId:
    """The branches of an `if` whose value is used have one type; without `else` it has no value."""
    arms = c.list(c.lhs[node])
    otherwise = c.rhs[node]
    branch_want = want if otherwise else VOID
    found: TypeId = NEVER
    empty: list[int] = []
    joined: list[int] = []
    for arm in arms:
        c.condition(c.lhs[arm])
        if is_nil(c, c.rhs[arm]):
            empty.append(c.rhs[arm])
        else:
            found = join(c, c.rhs[arm], found, branch_want, "if", joined)
            joined.append(c.rhs[arm])
    for branch in (otherwise, *empty) if otherwise else empty:
        found = join(c, branch, found, branch_want, "if", joined)
    return found if otherwise else VOID


def is_nil(c: Checker, branch: int) -> bool:
    """Whether a branch is `nil` and no more. What that means follows from the other branches, so they are
    looked at before: where those give nothing, it gives nothing either."""
    return c.kind[_alone(c, branch)] == nk.NIL


def _alone(c: Checker, branch: int) -> int:
    """The only statement of a branch; one of several is itself."""
    statements = c.list(c.lhs[branch]) if c.kind[branch] == nk.BLOCK else []
    return statements[0] if len(statements) == 1 else branch


def join(
    c: Checker, branch: int, so_far: TypeId, want: TypeId, keyword: str, before: Sequence[int] = ()
) -> TypeId:
    """The type of the branches up to this one; ``keyword`` says whose branches they are. Numbers without a
    suffix have the width of the others, also those among the branches ``before``."""
    if so_far == VOID and is_nil(c, branch):
        c.expr(branch, VOID)
        return VOID
    if want == NONE and so_far in NUMBERS and _is_number(c, branch):
        want = so_far
    if want not in (NONE, VOID):
        found = _branch_value(c, branch, want)
    else:
        found = c.expr(branch, want)
        if want == VOID and found not in (NEVER, ERROR):
            found = VOID  # nobody asks for the value, so the branches need not agree
    if so_far == NEVER or found == so_far:
        return found
    if found == NEVER or so_far == ERROR:
        return so_far
    if VOID in (found, so_far):
        return VOID
    so_far, found = _take_widths(c, before, so_far, branch, found)
    if c.infer.accepts(so_far, found):
        return so_far
    c.sink.report(
        "QZ0410", c.extent(_last(c, branch)), keyword=keyword, first=c.show(so_far), second=c.show(found)
    )
    return ERROR


def _take_widths(
    c: Checker, before: Sequence[int], so_far: TypeId, branch: int, found: TypeId
) -> tuple[TypeId, TypeId]:
    """The types of branches once numbers have the widths of the others, in those that are a value alone."""
    giving = [other for other in before if c.types[other] != NEVER]
    values = [_alone(c, other) for other in giving]
    types = take_widths(c, values, so_far, _alone(c, branch), found)
    for other in (*giving, branch):
        c.types[other] = c.types[_alone(c, other)]
    return types


def _is_number(c: Checker, branch: int) -> bool:
    """Whether a branch is a number without a suffix and no more."""
    node = _alone(c, branch)
    return c.kind[node] in NUMBER_KINDS and is_plain_number(c, node)


def _last(c: Checker, branch: int) -> int:
    """The statement that gives a branch its value: what is to blame for it."""
    if c.kind[branch] != nk.BLOCK:
        return branch
    statements = c.list(c.lhs[branch])
    return statements[-1] if statements else branch


def _branch_value(c: Checker, branch: int, want: TypeId) -> TypeId:
    """A branch that must have a value: the blame for a wrong one goes to its last expression."""
    found = c.expr(branch, want)
    if found == VOID or c.fits(branch, want, found):
        return found if found in (VOID, NEVER) else want
    c.report_mismatch(_last(c, branch), found, want)
    return want
