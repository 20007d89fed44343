"""What stands side by side in a literal has one type: elements, keys, values."""

from __future__ import annotations

from collections.abc import Callable

from qz.diagnostics.model import Note
from qz.sema import type_kinds as tyk
from qz.sema.check.checker import Checker, Why
from qz.sema.check.plain_numbers import plain_numbers_last, take_widths
from qz.sema.check.variadics import spread_in
from qz.sema.types import NEVER, NONE, TypeId
from qz.syntax import node_numbers as nk


def common_type(c: Checker, nodes: list[int], want: TypeId, noun: str, literal: int = 0) -> TypeId:
    """The type of nodes that a ``literal`` has side by side: the one asked for, or else that of the first;
    ``noun`` says what each is."""
    found = want
    why: Why = None
    before: list[int] = []
    for node in plain_numbers_last(c, nodes) if want == NONE else nodes:
        if c.kind[node] == nk.SPREAD:
            found = c.infer.fresh() if found == NONE else found
            spread_in(c, node, c.infer.make(tyk.VEC, (found,)), why)
        elif found in (NONE, NEVER):
            found = c.operand(node)
            why = _first(c, node, noun, found)
        elif want != NONE:
            c.value(node, found, why, literal)
        else:
            found = _next(c, before, found, node, why, literal)
        before.append(node)
    return found


def _next(c: Checker, before: list[int], so_far: TypeId, node: int, why: Why, literal: int) -> TypeId:
    """The type of the nodes ``before`` and the next one, all of which nobody asks for."""
    found = c.expr(node, so_far)
    if found != so_far:
        so_far, found = take_widths(c, before, so_far, node, found)
        c.must_fit(node, so_far, found, why, literal)
    return so_far


def _first(c: Checker, node: int, noun: str, found: TypeId) -> Callable[[], Note]:
    return lambda: Note(c.extent(node), f"the first {noun} is `{c.show(found)}`")
