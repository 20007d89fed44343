"""`(a[i], a[j]) = (a[j], a[i])`, `(a.x, (b, c[i])) = f()`: values for several places at once."""

from __future__ import annotations

from collections.abc import Callable

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.core import MAX_RECURSION, Parser
from qz.syntax.parser.expressions import expression
from qz.syntax.parser.patterns import pattern
from qz.syntax.template import Template

CheckPlace = Callable[[Parser, int, int], None]

_BEFORE_INDEX = frozenset({tk.IDENT, tk.SELF, tk.RPAREN, tk.RBRACKET})
_BEHIND_ITEM = frozenset({tk.COMMA, tk.RPAREN})


def places_ahead(p: Parser) -> bool:
    """Whether the parentheses at hand hold places, of which no pattern consists: fields and elements; so may
    what a macro is given, if there is a value for each."""
    if p.kinds[p.at] != tk.LPAREN:
        return False
    with_holes = _is_tuple(p, p.partner[p.at] + 2)
    openers = [p.at]
    while openers:
        for first, end in _items_ahead(p, openers.pop()):
            if _holds_several(p, first, end):
                openers.append(first)
            elif _is_part(p, first, end, with_holes=with_holes):
                return True
    return False


def assign_places(p: Parser, check_place: CheckPlace) -> int:
    """Read them, `=`, and a tuple with a value for each or anything else that gives as many.

    All places are found and all values are there before the last place is assigned, then the one before it,
    up to the first.
    """
    start = p.mark()
    node = _each_its_value(p, check_place)
    if node:
        return node
    p.back_to(start)
    return _parts_of_one(p, check_place)


def _each_its_value(p: Parser, check_place: CheckPlace) -> int:
    """A tuple with a value for each: read as `a[i] = a[j]` in which `a[j] = a[i]` happens between its value
    and itself. Nothing where there is anything else."""
    operator = p.partner[p.at] + 1
    if not _is_tuple(p, operator + 1) or not all(
        _is_name(p, first, end) or _is_place(p, first, end) for first, end in _items_ahead(p, p.at)
    ):
        return 0
    targets = _items(p)
    p.at = operator + 1
    values = _items(p)
    if len(values) != len(targets):
        return 0
    if len(targets) > MAX_RECURSION:
        return p.too_deep("assignments are")
    node = 0
    for target, value in zip(reversed(targets), reversed(values), strict=True):
        check_place(p, target, operator)
        tapped = p.add(nk.TAP, operator, value, node) if node else value
        node = p.add(nk.ASSIGN, operator, target, tapped)
    return node


def _parts_of_one(p: Parser, check_place: CheckPlace) -> int:
    """A pattern with places in it: read as `a[i] = part` in which, before its value, `b[j] = other` happens,
    and before the value of the last one the value of all is taken apart."""
    operator = p.partner[p.at] + 1
    places: list[tuple[int, int]] = []
    bound = _parts(p, places)
    p.at = operator + 1
    node = p.add(nk.DESTRUCTURE, operator, bound, expression(p))
    if len(places) > MAX_RECURSION:
        return p.too_deep("assignments are")
    for before, place in reversed(places):
        check_place(p, place, operator)
        part = p.add(nk.BEHIND, p.token_of(place), p.add(nk.PLACED, before), node)
        node = p.add(nk.ASSIGN, operator, place, part)
    return node


def _parts(p: Parser, places: list[tuple[int, int]]) -> int:
    """The pattern between parentheses. The places in it are added to the others, with the tokens that stand
    for them there: those before them."""
    opener = p.at
    parts: list[int] = []
    for first, end in _items_ahead(p, opener):
        p.at = first
        if _holds_several(p, first, end):
            parts.append(_parts(p, places))
        elif _is_place(p, first, end):
            parts.append(p.add(nk.PAT_PLACE, first - 1))
            places.append((first - 1, expression(p)))
        else:
            parts.append(pattern(p))
        if p.at != end:
            p.unexpected("`,` or `)`")
    p.at = p.partner[opener] + 1
    return parts[0] if len(parts) == 1 else p.add(nk.PAT_TUPLE, opener, p.list(parts))


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


# What lies ahead


def _is_tuple(p: Parser, at: int) -> bool:
    return p.kinds[at] == tk.LPAREN and p.kinds[p.partner[at] + 1] != tk.DOT


def _items_ahead(p: Parser, opener: int) -> list[tuple[int, int]]:
    """Where the places and patterns in parentheses begin, and the tokens behind them."""
    found: list[tuple[int, int]] = []
    first = opener + 1
    while first < p.partner[opener]:
        end = first
        while p.kinds[end] not in _BEHIND_ITEM:
            end = max(end, p.partner[end]) + 1
        found.append((first, end))
        first = end + 1
    return found


def _holds_several(p: Parser, first: int, end: int) -> bool:
    return p.kinds[first] == tk.LPAREN and p.partner[first] + 1 == end


def _is_name(p: Parser, first: int, end: int) -> bool:
    return p.kinds[first] == tk.IDENT and first + 1 == end


def _is_place(p: Parser, first: int, end: int) -> bool:
    """Whether an item is a place: a part of a value, `self`, or a variable of another module."""
    is_path = p.kinds[end - 1] == tk.IDENT and p.kinds[end - 2] == tk.COLON_COLON
    return p.kinds[first] == tk.SELF or is_path or _is_part(p, first, end, with_holes=True)


def _is_part(p: Parser, first: int, end: int, *, with_holes: bool) -> bool:
    """Whether an item is a field or an element, or has a hole in it if that counts."""
    holes = p.tokens.holes if with_holes and isinstance(p.tokens, Template) else {}
    at = first
    while at < end:
        kind = p.kinds[at]
        is_index = kind == tk.LBRACKET and p.kinds[at - 1] in _BEFORE_INDEX and p.touches(at)
        if kind == tk.DOT or is_index or at in holes:
            return True
        at = max(at, p.partner[at]) + 1
    return False
