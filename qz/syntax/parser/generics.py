"""Type parameters and where clauses."""

from __future__ import annotations

from qz.syntax.nodes import NodeKind as N
from qz.syntax.parser.core import Parser
from qz.syntax.parser.types import bounds, type_
from qz.syntax.token_kinds import TokenKind as K


def type_parameters(p: Parser) -> list[int]:
    """`<T, U: Show + Eq, const N: Int>`, if there are any."""
    if p.kinds[p.at] != K.LT:
        return []
    p.at += 1
    found: list[int] = []
    while True:
        param = _type_parameter(p)
        if not param:
            break
        found.append(param)
        if not p.accept(K.COMMA):
            break
    if not p.accept(K.GT):
        p.unexpected("`,` or `>`")
        _skip_to_greater(p)
    return found


def _skip_to_greater(p: Parser) -> None:
    kinds = p.kinds
    at = p.at
    while kinds[at] not in (K.GT, K.LPAREN, K.NEWLINE, K.EOF, K.END, K.ASSIGN):
        at += 1
    p.at = at + 1 if kinds[at] == K.GT else at


def _type_parameter(p: Parser) -> int:
    if p.accept(K.CONST):
        name = p.name()
        if not name or not p.expect(K.COLON, "`:` and the type of the constant"):
            return 0
        return p.add(N.CONST_PARAM, name, type_(p))
    name = p.name("the name of a type parameter")
    if not name:
        return 0
    return p.add(N.TYPE_PARAM, name, p.list(bounds(p) if p.accept(K.COLON) else []))


def where_clause(p: Parser) -> list[int]:
    """`where T: Show + Eq, U: Ord`, if there is one."""
    found: list[int] = []
    if not p.accept(K.WHERE):
        return found
    while True:
        name = p.name("the name of a type parameter")
        if not name or not p.expect(K.COLON, "`:` and a trait"):
            break
        found.append(p.add(N.WHERE_BOUND, name, p.list(bounds(p))))
        if not p.accept(K.COMMA):
            break
    return found
