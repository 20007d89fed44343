"""Where a value is asked of what gives none: why it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.diagnostics.model import Note
from qz.sema.types import NEVER, VOID
from qz.syntax.nodes import NodeKind
from qz.syntax.views import branches

if TYPE_CHECKING:
    from qz.sema.check.checker import Checker

K = NodeKind

MAX_SHOWN = 3
"""How many branches are shown."""


def what_gives_nothing(c: Checker, node: int) -> list[Note]:
    """The function that is called, or the branches without a value among others that have one."""
    plan = c.body.calls.get(node)
    if plan is None:
        return _branches_without_value(c, node)
    return [Note(plan.function.span, f"`{plan.function.name}` is declared here")]


def _branches_without_value(c: Checker, node: int) -> list[Note]:
    """The branches of an expression that give nothing, if there are others that give something."""
    notes: list[Note] = []
    has_value = False
    pending = [node]
    while pending:
        node = pending.pop()
        inside = branches(c.tree, node)
        if inside:
            pending += reversed(inside)
        elif c.types[node] == VOID and c.kind[node] != K.BLOCK:
            notes.append(Note(c.extent(node), "this gives nothing"))
        elif c.types[node] not in (VOID, NEVER):
            has_value = True
        if c.kind[node] == K.IF and not c.rhs[node]:
            notes.append(Note(c.span(node), "there is no `else`"))
    return notes[:MAX_SHOWN] if has_value else []
