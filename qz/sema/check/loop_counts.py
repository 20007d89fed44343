"""`for a, b in pairs`: where the first name is taken for a part of an element, and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.sema.types import TypeKind
from qz.syntax.nodes import NodeKind

if TYPE_CHECKING:
    from qz.sema.check.checker import Checker

K = NodeKind


def taken_for_parts(c: Checker, node: int) -> str:
    """What to write where an expression is one of the two names of a loop over tuples; else nothing."""
    if c.kind[node] != K.IDENT or c.decls[node] <= 0:
        return ""
    name = c.decls[node]
    for loop in range(1, len(c.kind)):
        if c.kind[loop] == K.FOR and len(patterns := c.list(c.lhs[loop])) == 2:
            first, second = patterns
            if name in (c.decls[first], c.decls[second]) and c.kind[second] == K.PAT_NAME:
                return _help(c, first, second)
    return ""


def _help(c: Checker, first: int, second: int) -> str:
    element = c.resolved(c.body.locals[c.decls[second] - 1].type)
    if c.infer.kind(element) is not TypeKind.TUPLE or len(c.infer.args(element)) != 2:
        return ""
    a, b = (c.body.module.tokens.text(c.body.tree.token[name]) for name in (first, second))
    return f"`{a}` counts, `{b}` is a pair: `for ({a}, {b}) in …` takes it apart"
