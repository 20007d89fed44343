"""Parsing, one item at a time and on demand.

`parse_module` gives the tokens and the items of a file; `parse_item` the tree of one item, in an arena;
`parse_annotations` only what stands before it.
"""

from __future__ import annotations

import sys

from qz.base.interner import Interner
from qz.base.source import SourceFile
from qz.diagnostics.sink import DiagnosticSink
from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.ast import AstArena
from qz.syntax.classify import TokenCodes
from qz.syntax.depth import cut_too_deep
from qz.syntax.items import ItemId, ItemTable
from qz.syntax.outline import outline
from qz.syntax.parser.annotations import annotation_list
from qz.syntax.parser.blocks import CHOICE, block
from qz.syntax.parser.core import Parser
from qz.syntax.parser.declarations import Item
from qz.syntax.parser.grammar import ITEMS
from qz.syntax.tokenize import tokenize
from qz.syntax.tokens import TokenTable

__all__ = ["parse_annotations", "parse_item", "parse_module", "parse_statements"]

# Rules recurse by nesting, which the layout limits to 256 levels of about a dozen calls each.
RECURSION_ROOM = 10_000
HEADERS_ONLY = (nk.IMPL, nk.TRAIT, nk.EXTEND)


def parse_module(
    source: SourceFile, interner: Interner, sink: DiagnosticSink, known: TokenCodes | None = None
) -> tuple[TokenTable, ItemTable]:
    """The tokens and the items of a file, bodies unparsed; files may share what is ``known`` of words."""
    tokens = tokenize(source, interner, sink, known)
    return tokens, outline(tokens, interner, sink)


def parse_item(
    tokens: TokenTable,
    items: ItemTable,
    item: ItemId,
    arena: AstArena,
    sink: DiagnosticSink,
    *,
    with_body: bool = True,
) -> int:
    """The tree of one item. An `impl`, `trait` or `extend` gives its header: methods are items of their own.

    Errors are reported once each, and leave `POISON` behind.
    """
    _make_room()
    first = arena.n
    p = Parser(tokens, arena, sink)
    p.at = items.first[item]
    known = Item(items.keyword[item], items.name_token[item], items.last[item], items.flags[item], with_body)
    kind = items.kind[item]
    node = ITEMS[kind](p, known)
    if p.at <= known.last and kind not in HEADERS_ONLY and (with_body or kind != nk.FN):
        is_choice = tokens.kind[p.at] in (tk.IF, tk.UNLESS) or tokens.kind[p.at - 1] == tk.QUESTION
        p.unexpected("the end of the declaration", help=CHOICE if is_choice else "")
    p.finish()
    if p.is_deep or tokens.is_nested:
        cut_too_deep(arena, first, tokens, sink)
    return node


def parse_statements(tokens: TokenTable, arena: AstArena, sink: DiagnosticSink) -> int:
    """The BLOCK of all statements of a token table."""
    _make_room()
    first = arena.n
    p = Parser(tokens, arena, sink)
    p.at = 1
    node = block(p)
    if p.kinds[p.at] != tk.EOF:
        p.unexpected("the end of the template")
    p.finish()
    if p.is_deep or tokens.is_nested:
        cut_too_deep(arena, first, tokens, sink)
    return node


def _make_room() -> None:
    if sys.getrecursionlimit() < RECURSION_ROOM:
        sys.setrecursionlimit(RECURSION_ROOM)


def parse_annotations(
    tokens: TokenTable, first: int, keyword: int, arena: AstArena, sink: DiagnosticSink
) -> list[int]:
    """The annotations between a declaration's first token and its keyword, and nothing else of it."""
    p = Parser(tokens, arena, sink)
    p.at = first
    found = annotation_list(p, keyword)
    p.finish()
    return arena.list(found)
