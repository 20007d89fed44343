"""Parentheses, vectors, maps, records, comprehensions, and strings that hold code."""

from __future__ import annotations

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.blocks import inline_block
from qz.syntax.parser.calls import field_inits, spread
from qz.syntax.parser.control import loop_patterns
from qz.syntax.parser.core import Parser
from qz.syntax.parser.expressions import expression
from qz.syntax.parser.lambdas import parameters

MAX_CLAUSES = 4
"""A comprehension with more of them makes the tree so deep that it is measured."""


def parenthesised(p: Parser) -> int:
    """`(e)`, which leaves no node of its own, `(a, b)`, or the parameters of a lambda."""
    opener = p.at
    closer = p.partner[opener]
    kinds = p.kinds
    if kinds[closer + 1] == tk.ARROW:
        return parameters(p)
    p.at = opener + 1
    first = expression(p)
    if kinds[p.at] != tk.COMMA:
        p.close(opener, "`)`")
        return first
    parts = [first]
    while p.accept(tk.COMMA) and p.at != closer:
        parts.append(expression(p))
    p.close(opener, "`,` or `)`")
    return p.add(nk.TUPLE, opener, p.list(parts))


def vector(p: Parser) -> int:
    """`[a, b]`, `[e for x in xs if c]`."""
    opener = p.at
    closer = p.partner[opener]
    kinds = p.kinds
    p.at = opener + 1
    elements: list[int] = []
    while p.at != closer:
        elements.append(spread(p) if kinds[p.at] == tk.ELLIPSIS else expression(p))
        if kinds[p.at] == tk.FOR and len(elements) == 1:
            return _comprehension(p, opener, elements[0], of_map=False)
        if not p.accept(tk.COMMA):
            break
    p.close(opener, "`,` or `]`")
    return p.add(nk.VEC_LIT, opener, p.list(elements))


def _comprehension(p: Parser, opener: int, element: int, *, of_map: bool) -> int:
    """The loops and conditions behind an element, as statements with the element innermost."""
    clauses: list[tuple[int, list[int], int]] = []  # the keyword, what a loop binds, what follows
    while p.kinds[p.at] in (tk.FOR, tk.IF):
        at = p.at
        p.at = at + 1
        patterns = loop_patterns(p) if p.kinds[at] == tk.FOR else []
        clauses.append((at, patterns, expression(p)))
    p.close(opener, "`for`, `if` or `}`" if of_map else "`for`, `if` or `]`")
    p.is_deep |= len(clauses) > MAX_CLAUSES
    node = p.add(nk.COLLECT, opener, element)
    for at, patterns, subject in reversed(clauses):
        body = inline_block(p, node)
        if patterns:
            node = p.add(nk.FOR, at, p.list(patterns), p.group(subject, body))
        else:
            node = p.add(nk.IF, at, p.list([p.add(nk.IF_ARM, at, subject, body)]))
    return p.add(nk.COMPREHENSION, opener, node, int(of_map))


def braces(p: Parser) -> int:
    """Where an operand is due: `{}`, `{k => v}`, `{x: 1}`, a map comprehension, or a block with `it`."""
    opener = p.at
    kinds = p.kinds
    closer = p.partner[opener]
    first = opener + 1
    if first == closer:
        p.at = closer + 1
        return p.add(nk.MAP_LIT, opener)
    if kinds[first] == tk.IDENT and (
        kinds[first + 1] in (tk.COLON, tk.COMMA) or (first + 1 == closer and not p.text_is(first, b"it"))
    ):
        return p.add(nk.RECORD_LIT, opener, p.list(field_inits(p)))
    p.at = first
    entry = expression(p)
    if kinds[p.at] == tk.FAT_ARROW:
        return _map(p, opener, closer, entry)
    if p.at == closer:
        p.at = closer + 1
        return p.add(nk.LAMBDA_IT, opener, 0, entry)
    if kinds[p.at] == tk.COMMA:
        p.unexpected("`=>` or `}`", help="a set is made by `Set.of([…])`")
    p.close(opener, "`=>` or `}`")  # of `{"a": 1}`, say, which was to be a map
    return p.add(nk.POISON, opener)


def _map(p: Parser, opener: int, closer: int, key: int) -> int:
    """A map literal, of which the first key was read."""
    entries: list[int] = []
    while True:
        arrow = p.at
        if not p.expect(tk.FAT_ARROW, "`=>`"):
            break
        entries.append(p.add(nk.MAP_ENTRY, arrow, key, expression(p)))
        if p.kinds[p.at] == tk.FOR and len(entries) == 1:
            return _comprehension(p, opener, entries[0], of_map=True)
        if not p.accept(tk.COMMA) or p.at == closer:
            break
        key = expression(p)
    p.close(opener, "`,` or `}`")
    return p.add(nk.MAP_LIT, opener, p.list(entries))


def interpolation(p: Parser) -> int:
    """A string that holds code: its pieces of text (empty ones left out) and expressions in turn."""
    start = p.at
    kinds = p.kinds
    partner = p.partner
    parts: list[int] = []
    piece = start
    while True:
        if _has_text(p, piece):
            parts.append(p.add(nk.STRING_PART, piece))
        p.at = piece + 1
        following = partner[piece]
        if kinds[piece] == tk.STRING_END:
            break
        parts.append(expression(p))
        if p.at != following:
            p.unexpected("`}`")
        piece = following
    return p.add(nk.INTERPOLATION, start, p.list(parts))


def _has_text(p: Parser, piece: int) -> bool:
    tokens = p.tokens
    kind = p.kinds[piece]
    text = tokens.bytes(piece)
    n_opening = 1 if kind != tk.STRING_START else 3 if text.startswith(b'"""') else 1
    if kind == tk.STRING_END:
        return text.rstrip(b'"') not in (b"", b"}")
    return len(text) > n_opening + 2
