"""Binary layouts and packed structs."""

from __future__ import annotations

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.annotations import annotation_list
from qz.syntax.parser.core import Parser
from qz.syntax.parser.declarations import Item, end_of_member, members_end
from qz.syntax.parser.expressions import expression

_MEMBER_ENDS = (tk.NEWLINE, tk.COMMA)


def binary(p: Parser, item: Item) -> int:
    """`type Name = binary { … }`."""
    annotation_list(p, item.keyword)
    opener = item.name_token + 3
    p.at = opener + 1
    members: list[int] = []
    end = p.partner[opener]
    while p.at < end:
        if p.kinds[p.at] in _MEMBER_ENDS:
            p.at += 1
        else:
            members.append(_match(p) if p.kinds[p.at] == tk.MATCH else _field(p))
            end_of_member(p, "the end of the field")
    p.at = end + 1
    return p.add(nk.BINARY, item.name_token, 0, p.list(members))


def _field(p: Parser) -> int:
    """`name: type`, `name: type = e`."""
    at = p.at
    name = p.name("the name of a field")
    if not name or not p.expect(tk.COLON, "`:` and the layout of the field"):
        p.at = max(p.at, at + 1)
        p.skip_line()
        return p.add(nk.POISON, at)
    layout = _layout(p)
    value = expression(p) if p.accept(tk.ASSIGN) else 0
    return p.add(nk.BIN_FIELD, name, layout, value)


def _layout(p: Parser) -> int:
    """`u16be`, `bytes(n)`, `pstring(u8)`, a name, `[T; n]`."""
    at = p.at
    if p.kinds[at] == tk.LBRACKET:
        return _list(p)
    name = p.name("the layout of the field")
    if not name:
        return p.poison()
    size = 0
    opener = p.at
    if p.accept(tk.LPAREN):
        size = expression(p)
        p.close(opener, "`)`")
    return p.add(nk.BIN_TYPE, name, size)


def _list(p: Parser) -> int:
    opener = p.at
    p.at = opener + 1
    p.depth += 1
    element = _layout(p)
    p.depth -= 1
    count = expression(p) if p.accept(tk.NEWLINE) else 0  # `;` is a NEWLINE to the lexer
    p.close(opener, "`;` or `]`")
    return p.add(nk.BIN_LIST, opener, element, count)


def _match(p: Parser) -> int:
    """`match field`, with an arm `0 => { … }` for each value."""
    opener = p.at
    kinds = p.kinds
    partner = p.partner
    end = partner[opener]
    p.at = opener + 1
    discriminant = p.name("the field that decides")
    arms: list[int] = []
    while p.at < end:
        arrow = partner[p.at] if kinds[p.at] == tk.NEWLINE else 0
        if arrow:
            p.at += 1
            arms.append(_arm(p, arrow))
        elif kinds[p.at] == tk.NEWLINE:
            p.at += 1
        else:
            p.unexpected("an arm `0 => { … }` on a line of its own")
            p.at += 1
            p.skip_line()
    p.at = end + 1
    return p.add(nk.BIN_MATCH, discriminant, 0, p.list(arms))


def _arm(p: Parser, arrow: int) -> int:
    value = p.at
    if p.kinds[value] != tk.INT:
        p.unexpected("an integer")
    p.at = value + 1
    if p.at != arrow:
        p.unexpected("`=>`")
    opener = p.at = arrow + 1
    fields: list[int] = []
    if p.kinds[opener] != tk.LBRACE:
        p.unexpected("`{`")
        p.skip_line()
        return p.add(nk.BIN_ARM, value)
    end = p.partner[opener]
    p.at = opener + 1
    while p.at < end:
        if p.kinds[p.at] in _MEMBER_ENDS:
            p.at += 1
        else:
            fields.append(_match(p) if p.kinds[p.at] == tk.MATCH else _field(p))
            end_of_member(p, "the end of the field")
    p.at = end + 1
    return p.add(nk.BIN_ARM, value, p.list(fields))


def packed(p: Parser, item: Item) -> int:
    """`packed struct(u32) Name`, whose fields give their bits."""
    annotation_list(p, item.keyword)
    opener = item.keyword + 1
    p.at = opener
    backing = 0
    if p.accept(tk.LPAREN):
        backing = p.name("the integer type behind the fields")
        p.close(opener, "`)`")
    else:
        p.unexpected("`(` and the integer type behind the fields")
    p.at = item.name_token + 1
    if p.kinds[p.at] == tk.LT:
        p.unexpected("the fields")
        return p.add(nk.POISON, item.name_token)
    end = members_end(p, item.keyword)
    fields: list[int] = []
    while p.at < end:
        if p.kinds[p.at] in _MEMBER_ENDS:
            p.at += 1
            continue
        fields.append(_bits(p))
        end_of_member(p, "the end of the line")
    p.at = end + 1
    return p.add(nk.PACKED, item.name_token, backing, p.list(fields))


def _bits(p: Parser) -> int:
    at = p.at
    name = p.name("the name of a field")
    if not name or not p.expect(tk.COLON, "`:` and a number of bits"):
        p.at = max(p.at, at + 1)
        p.skip_line()
        return p.add(nk.POISON, at)
    bits = p.at
    if not p.expect(tk.INT, "a number of bits"):
        return p.add(nk.POISON, at)
    return p.add(nk.BIN_FIELD, name, p.add(nk.BIN_TYPE, bits))
