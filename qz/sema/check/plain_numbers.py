"""Literals that say of no width themselves: they take one from what they meet."""

from __future__ import annotations

from collections.abc import Sequence

from qz.sema import type_kinds as tyk
from qz.sema.check.checker import Checker
from qz.sema.types import NUMBERS, TypeId
from qz.syntax import node_numbers as nk
from qz.syntax.literals import float_value, int_value

NUMBER_KINDS = frozenset({nk.INT, nk.FLOAT, nk.NEG, nk.CHAR})
"""The kinds of nodes that may be such literals."""
NUMERIC = NUMBER_KINDS | {nk.TUPLE, nk.VEC_LIT}
"""The kinds of nodes that may be such literals, or consist of them."""


def is_plain_number(c: Checker, node: int) -> bool:
    """Whether this is a number without a suffix, with its sign, or a character; or a tuple or a list of no
    others."""
    kind = c.kind[node]
    if kind == nk.NEG:
        node = c.lhs[node]
        kind = c.kind[node]
        return kind in (nk.INT, nk.FLOAT) and is_plain_number(c, node)
    if kind in (nk.TUPLE, nk.VEC_LIT):
        return all(is_plain_number(c, item) for item in c.list(c.lhs[node]))
    if kind == nk.CHAR:
        return True
    read = int_value if kind == nk.INT else float_value if kind == nk.FLOAT else None
    return read is not None and not read(c.body.module.tokens.bytes(c.token[node]))[1]


def plain_numbers_last(c: Checker, nodes: list[int]) -> list[int]:
    """Nodes of one type in the order in which to check them: what says the type before what takes it."""
    if not nodes or c.kind[nodes[0]] not in NUMERIC or all(c.kind[node] in NUMBER_KINDS for node in nodes):
        return nodes
    return sorted(nodes, key=lambda node: c.kind[node] in NUMERIC and is_plain_number(c, node))


def take_widths(
    c: Checker, before: Sequence[int], so_far: TypeId, node: int, found: TypeId
) -> tuple[TypeId, TypeId]:
    """The types of nodes that are to have one type, those ``before`` and the next one, once the plain numbers
    in each have the width of what stands at the same place in the others."""
    if {c.infer.kind(so_far), c.infer.kind(found)} != {tyk.TUPLE} and not {so_far, found} <= NUMBERS:
        return so_far, found
    found = _taking(c, node, found, so_far)
    widened = {_taking(c, other, so_far, found) for other in before}
    return widened.pop() if len(widened) == 1 else so_far, found


def _taking(c: Checker, node: int, found: TypeId, want: TypeId) -> TypeId:
    """The type of a node once it has the width of ``want``, or the numbers in it do, as far as they can."""
    if found == want:
        return found
    if want in NUMBERS and c.kind[node] in NUMBER_KINDS and is_plain_number(c, node):
        return c.expr(node, want)
    parts, wants = c.infer.args(found), c.infer.args(want)
    if c.kind[node] != nk.TUPLE or c.infer.kind(want) is not tyk.TUPLE or len(parts) != len(wants):
        return found
    items = zip(c.list(c.lhs[node]), parts, wants, strict=True)
    taken = tuple(_taking(c, *item) for item in items)
    if taken != parts:
        found = c.types[node] = c.infer.make(tyk.TUPLE, taken)
    return found
