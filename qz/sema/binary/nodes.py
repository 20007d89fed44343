"""The nodes of a binary layout, looked at: what its readers have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qz.base.source import Span
from qz.sema.decls import BinaryDecl
from qz.syntax.ast import AstArena
from qz.syntax.extent import extent
from qz.syntax.shapes import children

if TYPE_CHECKING:
    from qz.sema.program import Program


class LayoutNodes:
    """The tree of one declaration."""

    def __init__(self, program: Program, decl: BinaryDecl, arena: AstArena) -> None:
        self.program = program
        self.sink = program.sink
        self.decl = decl
        self.arena = arena
        self.tokens = decl.module.tokens

    def below(self, node: int, wanted: Callable[[int], bool]) -> list[int]:
        """The nodes from one on downwards whose kind is wanted."""
        found: list[int] = []
        pending = [node]
        while pending:
            node = pending.pop()
            if wanted(self.arena.kind[node]):
                found.append(node)
            pending += children(self.arena, node)
        return found

    def text(self, node: int) -> str:
        """The node's main token as text."""
        return self.tokens.text(self.arena.token[node])

    def span(self, node: int) -> Span:
        """The node's main token."""
        return self.tokens.span(self.arena.token[node])

    def extent(self, node: int) -> Span:
        """Everything the node covers."""
        return extent(self.tokens, self.arena, node)

    def source(self, node: int) -> str:
        """Everything the node covers as text."""
        span = self.extent(node)
        return self.decl.module.source.text(span.start, span.end)

    def refuse(self, node: int, name: str, what: str, help_text: str = "") -> None:
        """Report a name that cannot be what it stands for."""
        self.sink.report("QZ0954", self.span(node), help=help_text, name=name, what=what)
