"""From bytes to the finished tokens of a file."""

from __future__ import annotations

from qz.base.interner import Interner
from qz.base.source import SourceFile
from qz.diagnostics.sink import DiagnosticSink
from qz.syntax.classify import TokenCodes
from qz.syntax.layout import Layout
from qz.syntax.layout_report import LayoutReport
from qz.syntax.lexer import Lexer
from qz.syntax.raw_tokens import finished_columns
from qz.syntax.tokens import TokenTable


def tokenize(
    source: SourceFile, interner: Interner, sink: DiagnosticSink, known: TokenCodes | None = None
) -> TokenTable:
    """The tokens of a file, balanced whatever the file holds; files may share what is ``known`` of words."""
    raw = Lexer(source, sink, known).run()
    nesting = Layout(raw).run()
    if nesting.problems:
        LayoutReport(source, raw, nesting, sink).run()
    tokens = TokenTable(source, interner)
    tokens.is_nested = nesting.is_nested
    tokens.seal(finished_columns(raw, nesting))
    return tokens
