"""Imports."""

from __future__ import annotations

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.annotations import annotation_list
from qz.syntax.parser.core import Parser
from qz.syntax.parser.declarations import Item


def import_(p: Parser, item: Item) -> int:
    """`import a/b`, `import a/b as c`, `import * from a/b`, `import { x, y } from a/b`."""
    annotation_list(p, item.keyword)
    keyword = item.keyword
    p.at = keyword + 1
    wildcard = 0
    names: list[int] = []
    if p.accept(tk.STAR):
        wildcard = 1
        _from(p)
    elif p.kinds[p.at] == tk.LBRACE:
        names = _names(p)
        _from(p)
    path = _path(p)
    alias = p.name("the name of the module here") if p.accept(tk.AS) else 0
    if p.kinds[p.at] == tk.COMMA:
        p.unexpected("the end of the line", help="each module has an `import` of its own, on its own line")
        p.skip_line()
    return p.add(nk.IMPORT, keyword, p.group(p.list(path), p.list(names), alias, wildcard))


def _from(p: Parser) -> None:
    if p.kinds[p.at] == tk.IDENT and p.text_is(p.at, b"from"):
        p.at += 1
    else:
        p.unexpected("`from`")


def _names(p: Parser) -> list[int]:
    opener = p.at
    end = p.partner[opener]
    p.at = opener + 1
    found: list[int] = []
    while p.at < end:
        name = p.name("a name to import")
        if not name:
            break
        found.append(p.add(nk.IDENT, name))
        if not p.accept(tk.COMMA):
            break
    p.close(opener, "`,` or `}`")
    return found


def _path(p: Parser) -> list[int]:
    if p.kinds[p.at] == tk.STRING:
        text = p.tokens.text(p.at).strip('"').removesuffix(".qz").removeprefix("./")
        p.unexpected("the path of a module", help=f"paths stand without quotes: `import {text}`")
        p.at += 1
        return []
    found: list[int] = []
    while True:
        name = p.name("the path of a module")
        if not name:
            return found
        found.append(p.add(nk.IDENT, name))
        if p.kinds[p.at] in (tk.DOT, tk.COLON_COLON):
            p.unexpected("`/` or the end of the line", help="the parts of a path are joined by `/`")
            p.at += 1
        elif not p.accept(tk.SLASH):
            return found
