"""Literals that say of no width themselves: they take one from what they meet."""

from __future__ import annotations

from qz.sema.check.checker import Checker
from qz.syntax import node_numbers as nk
from qz.syntax.literals import float_value, int_value

NUMERIC = frozenset({nk.INT, nk.FLOAT, nk.NEG, nk.CHAR})
"""The kinds of nodes that may be such literals."""


def is_plain_number(c: Checker, node: int) -> bool:
    """Whether this is a number without a suffix, with its sign, or a character."""
    kind = c.kind[node]
    if kind == nk.NEG:
        node = c.lhs[node]
        kind = c.kind[node]
        return kind in (nk.INT, nk.FLOAT) and is_plain_number(c, node)
    if kind == nk.CHAR:
        return True
    read = int_value if kind == nk.INT else float_value if kind == nk.FLOAT else None
    return read is not None and not read(c.body.module.tokens.bytes(c.token[node]))[1]


def plain_numbers_last(c: Checker, nodes: list[int]) -> list[int]:
    """Nodes of one type in the order in which to check them: what says the type before what takes it."""
    if not nodes or c.kind[nodes[0]] not in NUMERIC or all(c.kind[node] in NUMERIC for node in nodes):
        return nodes
    return sorted(nodes, key=lambda node: c.kind[node] in NUMERIC and is_plain_number(c, node))
