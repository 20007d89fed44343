"""`|>`: a call whose first argument stands in front of it.

The parser undoes the sugar, so that later phases see calls only::

    a |> f(b) |> m::g        (CALL m::g (CALL f a b))

`!`, `?` and `as` behind the call stay around it. What stands in parentheses is a value, and it is that value
that is called: `a |> (f(1))` is `f(1)(a)`.
"""

from __future__ import annotations

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.core import Parser
from qz.syntax.parser.expressions import CAREFUL_LINKS, MAX_LINKS, binary, operand, too_long
from qz.syntax.parser.operators import PIPELINE, POWER

_AROUND_CALLS = frozenset({nk.UNWRAP, nk.TRY, nk.CAST})
_WITH_ARGUMENTS = frozenset({nk.CALL, nk.MACRO_CALL})


def pipeline(p: Parser, left: int, min_power: int) -> int:
    """All the links of a pipeline behind `left`."""
    kinds = p.kinds
    n_links = 0
    while kinds[p.at] == tk.PIPE_RIGHT:
        n_links += 1
        if n_links >= CAREFUL_LINKS:
            p.is_deep = True
            if n_links > MAX_LINKS:
                return too_long(p, "a pipeline")
        operator = p.at
        p.at = start = operator + 1
        right = operand(p)
        is_value = kinds[start] == tk.LPAREN and p.partner[start] == p.at - 1
        if POWER[kinds[p.at]] > PIPELINE:
            right = binary(p, right, PIPELINE)
            is_value = True
        left = _call(p, operator, right, left) if is_value else _give(p, operator, right, left)
    return left


def _call(p: Parser, operator: int, callee: int, argument: int) -> int:
    return p.add(nk.CALL, operator, callee, p.list([argument]))


def _give(p: Parser, operator: int, right: int, argument: int) -> int:
    """The right side with one more argument in front of those it has."""
    rows = p.rows
    around: list[tuple[int, int, int]] = []
    while p.kind_of(right) in _AROUND_CALLS:
        kind, token, inner, rhs = rows[4 * right : 4 * right + 4]
        around.append((kind, token, rhs))
        right = inner
    kind, token, callee, args = rows[4 * right : 4 * right + 4]
    if kind in _WITH_ARGUMENTS:
        given = p.words[args + 1 : args + 1 + p.words[args]] if args else []
        node = p.add(kind, token, callee, p.list([argument, *given]))
    else:
        node = _call(p, operator, right, argument)
    for kind, token, rhs in reversed(around):
        node = p.add(kind, token, node, rhs)
    return node
