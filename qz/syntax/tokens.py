"""The tokens of one file, in columns; made by the lexer and the layout, read by everybody above."""

from __future__ import annotations

from qz.base.columns import Columns
from qz.base.interner import Interner
from qz.base.mem_usage import MemUsage
from qz.base.source import SourceFile, Span
from qz.syntax import token_numbers as tk


class TokenTable:
    """Token 0 is a sentinel, the last one is EOF. ``partner`` joins what belongs together (0: nothing):

    bracket or block opener ↔ its closer · the pieces of an interpolated string in a ring · ``=>`` of a
    match arm that is a block ↔ its own ``end`` · NEWLINE before a match arm → the ``=>`` of that arm."""

    __slots__ = ("_kinds", "columns", "data", "interner", "is_nested", "source", "triple_indents")

    def __init__(self, source: SourceFile, interner: Interner) -> None:
        self.source = source
        self.interner = interner
        self.data = source.data
        self.columns = Columns({"kind": "u1", "start": "i4", "len": "i4", "partner": "i4"})
        self.triple_indents: dict[int, int] = {}  # first token of a triple-quoted string -> its indentation
        self.is_nested = False  # deeper than a tree can safely be without being measured
        self._kinds: bytes | None = None

    def __len__(self) -> int:
        return self.columns.n

    @property
    def kind(self) -> memoryview:
        """`TokenKind` of each token."""
        return self.columns.view("kind")

    @property
    def start(self) -> memoryview:
        """Byte offset of each token."""
        return self.columns.view("start")

    @property
    def len(self) -> memoryview:
        """Length of each token in bytes."""
        return self.columns.view("len")

    @property
    def partner(self) -> memoryview:
        """The token each one belongs to, or 0."""
        return self.columns.view("partner")

    @property
    def kinds(self) -> bytes:
        """The ``kind`` column of a finished table as bytes, which Python reads faster than a view."""
        if self._kinds is None:
            self._kinds = self.columns.array("kind").tobytes()
        return self._kinds

    def bytes(self, token: int) -> bytes:
        """The token as it stands in the source."""
        start = self.start[token]
        return self.data[start : start + self.len[token]]

    def text(self, token: int) -> str:
        """The token as text; bytes that are not UTF-8 become U+FFFD."""
        return self.bytes(token).decode("utf-8", "replace")

    def symbol(self, token: int) -> int:
        """The interned text of the token."""
        return self.interner.intern(self.text(token))

    def span(self, token: int) -> Span:
        """Where the token stands. A NEWLINE is shown as the line end alone, without what follows it."""
        start = self.start[token]
        length = self.len[token]
        if self.kind[token] == tk.NEWLINE:
            length = min(length, 1)
        return Span(self.source.file_id, start, start + length)

    def span_of(self, first: int, last: int) -> Span:
        """From the start of one token to the end of another."""
        return self.span(first).to(self.span(last))

    def column_of(self, token: int) -> int:
        """How many bytes stand before the token on its line."""
        start = self.start[token]
        return start - (self.data.rfind(b"\n", 0, start) + 1)

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        """The columns, and the copy of the kinds."""
        self.columns.collect_mem_usage(usage, f"{label}.columns")
        copied = len(self._kinds) if self._kinds is not None else 0
        usage.add(f"{label}.kinds", copied, copied)
