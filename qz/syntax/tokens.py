"""The tokens of one file, in columns; made by the lexer and the layout, read by everybody above."""

from __future__ import annotations

import re
import sys

import numpy as np
import numpy.typing as npt

from qz.base.columns import Columns
from qz.base.interner import Interner
from qz.base.mem_usage import MemUsage
from qz.base.source import SourceFile, Span
from qz.syntax import token_numbers as tk

# Rules look a few tokens ahead without asking whether there are any.
N_AHEAD = 8
AHEAD = bytes([tk.EOF]) * N_AHEAD

WORD = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")
"""What may be a name, be it only in a comment."""


class _Symbols(dict[bytes, int]):
    """The symbols of the names in a file, filled as they are asked for."""

    __slots__ = ("_interner",)

    def __init__(self, interner: Interner) -> None:
        super().__init__()
        self._interner = interner

    def __missing__(self, text: bytes) -> int:
        symbol = self[text] = self._interner.intern(text.decode("utf-8", "replace"))
        return symbol


def token_columns(
    kinds: npt.ArrayLike, starts: npt.ArrayLike, lengths: npt.ArrayLike, partners: npt.ArrayLike
) -> Columns:
    """The columns of a finished table, each as narrow as what it holds: half of what any file might need."""
    given = {"kind": kinds, "start": starts, "len": lengths, "partner": partners}
    arrays = {name: np.asarray(column, dtype=np.int64) for name, column in given.items()}
    spec = {name: np.min_scalar_type(array.max(initial=0)).str for name, array in arrays.items()}
    columns = Columns(spec, len(arrays["kind"]) + N_AHEAD)
    columns.n = len(arrays["kind"])
    for name, array in arrays.items():
        columns.array(name)[:] = array
    return columns


_NO_TOKENS = token_columns((), (), (), ())
"""What a table is before it is sealed."""


class TokenTable:
    """Token 0 is a sentinel, the last one is EOF. ``partner`` joins what belongs together (0: nothing):

    bracket or block opener ↔ its closer · the pieces of an interpolated string in a ring · ``=>`` of a
    match arm that is a block ↔ its own ``end`` · NEWLINE before a match arm → the ``=>`` of that arm."""

    __slots__ = (
        "_kinds",
        "_symbols",
        "columns",
        "data",
        "interner",
        "is_nested",
        "kind",
        "len",
        "partner",
        "source",
        "start",
        "triple_indents",
        "word_image",
    )

    def __init__(self, source: SourceFile, interner: Interner) -> None:
        self.source = source
        self.interner = interner
        self.data = source.data
        self.triple_indents: dict[int, int] = {}  # first token of a triple-quoted string -> its indentation
        self.is_nested = False  # deeper than a tree can safely be without being measured
        self._kinds: bytes | None = None
        self._symbols = _Symbols(interner)
        self.word_image: bytes | None = None  # every word once, if that is known from the last time
        self.seal(_NO_TOKENS)

    def __len__(self) -> int:
        return self.columns.n

    def seal(self, columns: Columns) -> None:
        """Take the columns, for reading: nothing is added any more."""
        self.columns = columns
        view = columns.view
        self.kind: memoryview = view("kind")  # `TokenKind` of each token
        self.start: memoryview = view("start")  # byte offset of each token
        self.len: memoryview = view("len")  # length of each token in bytes
        self.partner: memoryview = view("partner")  # the token each one belongs to, or 0

    @property
    def kinds(self) -> bytes:
        """The ``kind`` column of a finished table as bytes, which Python reads faster than a view."""
        if self._kinds is None:
            self._kinds = self.columns.array("kind").tobytes() + AHEAD
        return self._kinds

    @property
    def words(self) -> frozenset[bytes]:
        """Every word of the file, wherever it stands, in a comment too."""
        if self.word_image is not None:
            return frozenset(self.word_image.split())
        return frozenset(WORD.findall(self.data))

    def bytes(self, token: int) -> bytes:
        """The token as it stands in the source."""
        start = self.start[token]
        return self.data[start : start + self.len[token]]

    def text(self, token: int) -> str:
        """The token as text; bytes that are not UTF-8 become U+FFFD."""
        return self.bytes(token).decode("utf-8", "replace")

    def symbol(self, token: int) -> int:
        """The interned text of the token."""
        start = self.start[token]
        return self._symbols[self.data[start : start + self.len[token]]]

    def span(self, token: int) -> Span:
        """Where the token stands. A NEWLINE is shown as the line end alone, without what follows it."""
        start = self.start[token]
        length = self.len[token]
        if self.kind[token] == tk.NEWLINE:
            length = min(length, 1)
        return Span(self.source.file_id, start, start + length)

    def stretch(self, token: int) -> tuple[int, int]:
        """The first and the last token of the text that the token is part of."""
        return 0, self.columns.n - 1

    def mark(self, token: int) -> int:
        """The mark of the symbol that a name at the token has."""
        return 0

    def written(self, token: int) -> int:
        """The token of the file that stands for this one: the call, for what a macro gave."""
        return token

    def is_written(self, token: int) -> bool:
        """Whether it stands in the file itself, and not in a macro, which is made for other calls too."""
        return self.written(token) == token

    def span_of(self, first: int, last: int) -> Span:
        """From the start of one token to the end of another."""
        return self.span(first).to(self.span(last))

    def text_of(self, first: int, last: int) -> str:
        """The source from the start of one token to the end of another."""
        span = self.span_of(first, last)
        return self.source.text(span.start, span.end)

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        """The columns, the copy of the kinds, the table of names."""
        self.columns.collect_mem_usage(usage, f"{label}.columns")
        names = sum(map(sys.getsizeof, self._symbols)) + sys.getsizeof(self._symbols)
        usage.add(f"{label}.symbols", names, names)
        copied = len(self._kinds) if self._kinds is not None else 0
        usage.add(f"{label}.kinds", copied, copied)
        if self.word_image is not None:
            usage.add(f"{label}.words", len(self.word_image), len(self.word_image))
