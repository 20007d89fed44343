"""`(a[i], a[j]) = (a[j], a[i])`: values for several places at once."""

from __future__ import annotations

from collections.abc import Callable

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.core import MAX_RECURSION, Parser
from qz.syntax.parser.expressions import expression
from qz.syntax.template import Template

_HELP = "write as many values there, `(a[i], b.x) = (b.x, a[i])`, or take apart what it gives by names first"
_BEFORE_INDEX = frozenset({tk.IDENT, tk.SELF, tk.RPAREN, tk.RBRACKET})


def places_ahead(p: Parser) -> bool:
    """Whether the parentheses at hand hold places, of which no pattern consists: fields and elements; so may
    what a macro is given, if there is a value for each."""
    at, end = p.at + 1, p.partner[p.at]
    if p.kinds[p.at] != tk.LPAREN:
        return False
    holes = p.tokens.holes if isinstance(p.tokens, Template) and _is_tuple(p, end + 2) else {}
    while at < end:
        kind = p.kinds[at]
        is_index = kind == tk.LBRACKET and p.kinds[at - 1] in _BEFORE_INDEX and p.touches(at)
        if kind == tk.DOT or is_index or at in holes:
            return True
        at = max(at, p.partner[at]) + 1
    return False


def _is_tuple(p: Parser, at: int) -> bool:
    return p.kinds[at] == tk.LPAREN and p.kinds[p.partner[at] + 1] != tk.DOT


def assign_places(p: Parser, check_place: Callable[[Parser, int, int], None]) -> int:
    """Read them, `=` and a tuple with a value for each.

    All values are there before the last place is assigned, then the one before it, up to the first: it is
    read as `a[i] = a[j]` in which `a[j] = a[i]` happens between its value and itself.
    """
    opener = p.at
    operator = p.partner[opener] + 1
    targets = _items(p)
    p.at = operator + 1
    if _is_tuple(p, p.at):
        values = _items(p)
    else:
        values = []
        expression(p)
    if len(targets) > MAX_RECURSION:
        return p.too_deep("assignments are")
    if len(values) != len(targets):
        p.report("QZ0028", operator, what="several places", operator="=", help=_HELP)
        return p.add(nk.POISON, opener)
    node = 0
    for target, value in zip(reversed(targets), reversed(values), strict=True):
        check_place(p, target, operator)
        tapped = p.add(nk.TAP, operator, value, node) if node else value
        node = p.add(nk.ASSIGN, operator, target, tapped)
    return node


def _items(p: Parser) -> list[int]:
    """The expressions between parentheses."""
    end = p.partner[p.at]
    p.at += 1
    items: list[int] = []
    while p.at < end:
        items.append(expression(p))
        if not p.accept(tk.COMMA):
            break
    p.expect(tk.RPAREN, "`,` or `)`")
    return items
