"""Parentheses, vectors, maps, records, comprehensions, and strings that hold code."""

from __future__ import annotations

from qz.syntax.nodes import NodeKind as N
from qz.syntax.parser.calls import field_inits, spread
from qz.syntax.parser.control import loop_patterns
from qz.syntax.parser.core import Parser
from qz.syntax.parser.expressions import expression
from qz.syntax.parser.lambdas import parameters
from qz.syntax.token_kinds import TokenKind as K

STRING_PIECES = frozenset({K.STRING_MID, K.STRING_END})


def parenthesised(p: Parser) -> int:
    """`(e)`, which leaves no node of its own, `(a, b)`, or the parameters of a lambda."""
    opener = p.at
    closer = p.partner[opener]
    kinds = p.kinds
    if kinds[closer + 1] == K.ARROW:
        return parameters(p)
    p.at = opener + 1
    first = expression(p)
    if kinds[p.at] != K.COMMA:
        p.close(opener, "`)`")
        return first
    parts = [first]
    while p.accept(K.COMMA) and p.at != closer:
        parts.append(expression(p))
    p.close(opener, "`,` or `)`")
    return p.add(N.TUPLE, opener, p.list(parts))


def vector(p: Parser) -> int:
    """`[a, b]`, `[e for x in xs if c]`."""
    opener = p.at
    closer = p.partner[opener]
    kinds = p.kinds
    p.at = opener + 1
    elements: list[int] = []
    while p.at != closer:
        elements.append(spread(p) if kinds[p.at] == K.ELLIPSIS else expression(p))
        if kinds[p.at] == K.FOR and len(elements) == 1:
            return _comprehension(p, opener, elements[0], "`for`, `if` or `]`")
        if not p.accept(K.COMMA):
            break
    p.close(opener, "`,` or `]`")
    return p.add(N.VEC_LIT, opener, p.list(elements))


def _comprehension(p: Parser, opener: int, element: int, expected: str) -> int:
    clauses: list[int] = []
    while p.kinds[p.at] in (K.FOR, K.IF):
        at = p.at
        p.at = at + 1
        if p.kinds[at] == K.IF:
            clauses.append(p.add(N.COMP_IF, at, expression(p)))
        else:
            patterns = loop_patterns(p)
            clauses.append(p.add(N.COMP_FOR, at, p.list(patterns), expression(p)))
    p.close(opener, expected)
    return p.add(N.COMPREHENSION, opener, element, p.list(clauses))


def braces(p: Parser) -> int:
    """Where an operand is due: `{}`, `{k => v}`, `{x: 1}`, a map comprehension, or a block with `it`."""
    opener = p.at
    kinds = p.kinds
    closer = p.partner[opener]
    first = opener + 1
    if first == closer:
        p.at = closer + 1
        return p.add(N.MAP_LIT, opener)
    if kinds[first] == K.IDENT and (
        kinds[first + 1] in (K.COLON, K.COMMA) or (first + 1 == closer and not p.text_is(first, b"it"))
    ):
        return p.add(N.RECORD_LIT, opener, p.list(field_inits(p)))
    p.at = first
    entry = expression(p)
    if kinds[p.at] == K.FAT_ARROW:
        return _map(p, opener, closer, entry)
    p.close(opener, "`=>` or `}`")
    return p.add(N.LAMBDA_IT, opener, 0, entry)


def _map(p: Parser, opener: int, closer: int, key: int) -> int:
    """A map literal, of which the first key was read."""
    entries: list[int] = []
    while True:
        arrow = p.at
        if not p.expect(K.FAT_ARROW, "`=>`"):
            break
        entries.append(p.add(N.MAP_ENTRY, arrow, key, expression(p)))
        if p.kinds[p.at] == K.FOR and len(entries) == 1:
            return _comprehension(p, opener, entries[0], "`for`, `if` or `}`")
        if not p.accept(K.COMMA) or p.at == closer:
            break
        key = expression(p)
    p.close(opener, "`,` or `}`")
    return p.add(N.MAP_LIT, opener, p.list(entries))


def interpolation(p: Parser) -> int:
    """A string that holds code: its pieces of text (empty ones left out) and expressions in turn."""
    start = p.at
    kinds = p.kinds
    partner = p.partner
    parts: list[int] = []
    piece = start
    while True:
        if _has_text(p, piece):
            parts.append(p.add(N.STRING_PART, piece))
        p.at = piece + 1
        following = partner[piece]
        if kinds[piece] == K.STRING_END:
            break
        parts.append(expression(p))
        if p.at != following:
            p.unexpected("`}`")
        piece = following
    return p.add(N.INTERPOLATION, start, p.list(parts))


def _has_text(p: Parser, piece: int) -> bool:
    tokens = p.tokens
    kind = p.kinds[piece]
    text = tokens.bytes(piece)
    n_opening = 1 if kind != K.STRING_START else 3 if text.startswith(b'"""') else 1
    if kind == K.STRING_END:
        return text.rstrip(b'"') not in (b"", b"}")
    return len(text) > n_opening + 2
