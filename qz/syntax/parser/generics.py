"""Type parameters and where clauses."""

from __future__ import annotations

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.core import Parser
from qz.syntax.parser.types import bounds, report_brackets, type_


def type_parameters(p: Parser) -> list[int]:
    """`<T, U: Show + Eq, const N: Int>`, if there are any."""
    opener = p.at
    is_foreign = p.kinds[opener] == tk.LBRACKET
    if p.kinds[opener] != tk.LT and not is_foreign:
        return []
    if is_foreign:
        report_brackets(p, opener)
    p.at += 1
    found: list[int] = []
    while True:
        param = _type_parameter(p)
        if not param:
            break
        found.append(param)
        if not p.accept(tk.COMMA):
            break
    if is_foreign:
        p.at = p.partner[opener] + 1
    elif not p.accept(tk.GT):
        p.unexpected("`,` or `>`")
        _skip_to_greater(p)
    return found


def _skip_to_greater(p: Parser) -> None:
    kinds = p.kinds
    at = p.at
    while kinds[at] not in (tk.GT, tk.LPAREN, tk.NEWLINE, tk.EOF, tk.END, tk.ASSIGN):
        at += 1
    p.at = at + 1 if kinds[at] == tk.GT else at


def _type_parameter(p: Parser) -> int:
    if p.accept(tk.CONST):
        name = p.name()
        if not name or not p.expect(tk.COLON, "`:` and the type of the constant"):
            return 0
        return p.add(nk.CONST_PARAM, name, type_(p))
    name = p.name("the name of a type parameter")
    if not name:
        return 0
    return p.add(nk.TYPE_PARAM, name, p.list(bounds(p) if p.accept(tk.COLON) else []))


def where_clause(p: Parser) -> list[int]:
    """`where T: Show + Eq, U: Ord`, if there is one."""
    found: list[int] = []
    if not p.accept(tk.WHERE):
        return found
    while True:
        name = p.name("the name of a type parameter")
        if not name or not p.expect(tk.COLON, "`:` and a trait"):
            break
        found.append(p.add(nk.WHERE_BOUND, name, p.list(bounds(p))))
        if not p.accept(tk.COMMA):
            break
    return found
