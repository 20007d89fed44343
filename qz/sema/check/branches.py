"""Branches: `if`, and what the branches of anything have in common."""

from qz.sema.check.checker import Checker
from qz.sema.types import ERROR, NEVER, NONE, VOID, TypeId
from qz.syntax import node_numbers as nk


def if_(c: Checker, node: int, want: TypeId) -> TypeId:
    """The branches of an `if` whose value is used have one type; without `else` it has no value."""
    arms = c.list(c.lhs[node])
    otherwise = c.rhs[node]
    branch_want = want if otherwise else VOID
    found: TypeId = NEVER
    empty: list[int] = []
    for arm in arms:
        c.condition(c.lhs[arm])
        if is_nil(c, c.rhs[arm]):
            empty.append(c.rhs[arm])
        else:
            found = join(c, c.rhs[arm], found, branch_want, "if")
    for branch in (otherwise, *empty) if otherwise else empty:
        found = join(c, branch, found, branch_want, "if")
    return found if otherwise else VOID


def is_nil(c: Checker, branch: int) -> bool:
    """Whether a branch is `nil` and no more. What that means follows from the other branches, so they are
    looked at before: where those give nothing, it gives nothing either."""
    statements = c.list(c.lhs[branch]) if c.kind[branch] == nk.BLOCK else [branch]
    return len(statements) == 1 and c.kind[statements[0]] == nk.NIL


def join(c: Checker, branch: int, so_far: TypeId, want: TypeId, keyword: str) -> TypeId:
    """The type of the branches up to this one; ``keyword`` says whose branches they are."""
    if so_far == VOID and is_nil(c, branch):
        c.expr(branch, VOID)
        return VOID
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
    if c.infer.accepts(so_far, found):
        return so_far
    c.sink.report(
        "QZ0410", c.extent(_last(c, branch)), keyword=keyword, first=c.show(so_far), second=c.show(found)
    )
    return ERROR


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
