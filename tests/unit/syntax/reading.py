"""Reading source text in tests: tokens, items and trees, with what was reported."""

from __future__ import annotations

from collections.abc import Iterator

from qz.base.interner import Interner
from qz.base.source import SourceMap
from qz.diagnostics.model import Diagnostic
from qz.diagnostics.sink import DiagnosticSink
from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item, parse_module
from qz.syntax.shapes import children
from qz.syntax.token_kinds import TokenKind


class Read:
    """A text, its tokens and items; trees are parsed when asked for."""

    def __init__(self, text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        self.sources = SourceMap()
        self.source = self.sources.add("test.qz", data)
        self.sink = DiagnosticSink()
        self.tokens, self.items = parse_module(self.source, Interner(), self.sink)
        self.arena = AstArena()

    def parse(self, item: int = 0, *, with_body: bool = True) -> int:
        """The root of an item's tree, alone in the arena."""
        self.arena.reset()
        return parse_item(self.tokens, self.items, item, self.arena, self.sink, with_body=with_body)

    def parse_all(self) -> Read:
        """Parse every item, for what is reported."""
        for item in range(len(self.items)):
            self.parse(item)
        return self

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was reported, in the order of the source."""
        return sorted(self.sink.diagnostics, key=lambda found: (found.span, found.code))

    @property
    def codes(self) -> list[str]:
        """The codes reported, in the order of the source."""
        return [found.code for found in self.diagnostics]

    @property
    def names(self) -> list[str]:
        """The names of the items."""
        return [self.tokens.interner.text(symbol) for symbol in self.items.name[: len(self.items)]]

    def kinds(self) -> list[str]:
        """The names of the kinds of all tokens, sentinel and EOF left out."""
        return [TokenKind(kind).name for kind in self.tokens.kind[1 : len(self.tokens) - 1]]

    def texts(self) -> list[str]:
        """All tokens as they stand in the source, NEWLINE as a line end."""
        return [
            "\n" if self.tokens.kind[token] == TokenKind.NEWLINE else self.tokens.text(token)
            for token in range(1, len(self.tokens) - 1)
        ]

    def shown(self, node: int) -> str:
        """A tree as an s-expression: `(ADD a (MUL 2 b))`; leaves are their texts."""
        kind = NodeKind(self.arena.kind[node]).name
        parts = [self.shown(child) for child in children(self.arena, node)]
        if parts:
            name = f" {self.tokens.text(self.arena.token[node])}" if kind in NAMED else ""
            return f"({kind}{name} {' '.join(parts)})"
        if kind in LEAVES:
            return self.tokens.text(self.arena.token[node])
        return kind

    def walk(self, root: int) -> Iterator[int]:
        """Every node of a tree, parents first."""
        pending = [root]
        while pending:
            node = pending.pop()
            yield node
            pending += reversed(children(self.arena, node))


NAMED = frozenset(
    {"FIELD", "OPT_FIELD", "PATH", "NAMED_ARG", "FIELD_INIT", "PAT_FIELD", "PAT_AT", "PARAM", "VAR", "LET"}
    | {"ASSIGN_OP", "LABELED", "TYPE_NAME", "MACRO_CALL", "TYPE_FIELD", "FIELD_DECL", "VARIANT", "CONST"}
    | {"TYPE_PARAM", "WHERE_BOUND", "ANNOTATION", "CONST_PARAM"}
)
LEAVES = frozenset(
    {"INT", "FLOAT", "CHAR", "STRING", "SYMBOL", "IDENT", "PAT_NAME", "PARAM", "TYPE_NAME", "PAT_FIELD"}
    | {"STRING_PART", "TYPE_PARAM", "VARIANT", "ANNOTATION"}
)


def expression(text: str) -> str:
    """The tree of an expression, which has to be free of errors."""
    read = Read(f"const X = {text}\n")
    root = read.parse()
    assert not read.codes, read.diagnostics
    return read.shown(read.arena.rhs[root])


def body(text: str) -> str:
    """The trees of statements, which have to be free of errors, separated by `; `."""
    read = Read(f"def f()\n{text}\nend\n")
    root = read.parse()
    assert not read.codes, read.diagnostics
    block = read.arena.rhs[root]
    return "; ".join(read.shown(node) for node in read.arena.list(read.arena.lhs[block]))


def codes(text: str | bytes) -> list[str]:
    """What is reported about a module."""
    return Read(text).parse_all().codes


def codes_in_body(text: str) -> list[str]:
    """What is reported about statements."""
    return codes(f"def f()\n{text}\nend\n")
