"""Where a value is asked of branches of which some give none: which they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.diagnostics.model import Note
from qz.sema.types import NEVER, VOID
from qz.syntax.nodes import NodeKind

if TYPE_CHECKING:
    from qz.sema.check.checker import Checker

K = NodeKind

MAX_SHOWN = 3
"""How many branches are shown."""


def branches_without_value(c: Checker, node: int) -> list[Note]:
    """The branches of an expression that give nothing, if there are others that give something."""
    notes: list[Note] = []
    has_value = False
    pending = [node]
    while pending:
        node = pending.pop()
        inside = _branches(c, node)
        if inside:
            pending += reversed(inside)
        elif c.types[node] == VOID and c.kind[node] != K.BLOCK:
            notes.append(Note(c.extent(node), "this gives nothing"))
        elif c.types[node] not in (VOID, NEVER):
            has_value = True
        if c.kind[node] == K.IF and not c.rhs[node]:
            notes.append(Note(c.span(node), "there is no `else`"))
    return notes[:MAX_SHOWN] if has_value else []


def _branches(c: Checker, node: int) -> list[int]:
    """The nodes of which one gives a node its value; none where that is the node itself."""
    match c.kind[node]:
        case K.BLOCK:
            return c.list(c.lhs[node])[-1:]
        case K.IF:
            arms = [c.rhs[arm] for arm in c.list(c.lhs[node])]
            return [*arms, c.rhs[node]] if c.rhs[node] else arms
        case K.MATCH:
            return [c.tree.extra[c.rhs[arm] + 1] for arm in c.list(c.rhs[node])]
        case K.SELECT:
            return [c.tree.extra[c.rhs[arm] + 1] for arm in c.list(c.lhs[node])]
        case _:
            return []
