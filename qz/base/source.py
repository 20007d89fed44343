"""Source files as bytes, and places in them as byte offsets.

Lines and columns are worked out on demand from two tables, each made once in one pass, so a position costs
the same in a file of ten thousand lines and in a file of one line of 10 MB.
"""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_right
from typing import NamedTuple

from qz.base.mem_usage import MemUsage

FileId = int

_LINE_END = re.compile(b"\n")
# Bytes 80..BF continue a code point; all others begin one (or are errors, shown as one character each).
_CONTINUATION = bytes(range(0x80, 0xC0))
_BLOCK = 1024
_OFFSET = "I"  # a file has at most 2^32 bytes


class Span(NamedTuple):
    """A half-open range of bytes in one file."""

    file: FileId
    start: int
    end: int

    @property
    def call(self) -> MacroCall | None:
        """The call that put the text there, where the place is in a macro."""
        return None

    def encloses(self, other: Span) -> bool:
        """Whether the other one lies within."""
        return self.file == other.file and self.start <= other.start and other.end <= self.end

    def to(self, other: Span) -> Span:
        """From the start of this one to the end of `other`; the other one is left out if it is in another
        file, or came there by another call."""
        if other.file != self.file or other.call is not self.call:
            return self
        return self._replace(start=min(self.start, other.start), end=max(self.end, other.end))


class MacroCall(NamedTuple):
    """A call of a macro, and where it stands, which may be in another macro."""

    name: str
    span: Span


class ExpandedSpan(Span):
    """A place in a macro, as part of what one call of it became."""

    _call: MacroCall

    @staticmethod
    def of(span: Span, call: MacroCall) -> ExpandedSpan:
        """A place in the text of a macro that ``call`` expands."""
        found = ExpandedSpan(*span)
        found._call = call
        return found

    @property
    def call(self) -> MacroCall | None:
        return self._call

    def _replace(self, **changes: int) -> ExpandedSpan:  # pyright: ignore[reportIncompatibleMethodOverride]
        return ExpandedSpan.of(super()._replace(**changes), self._call)


def count_code_points(data: bytes) -> int:
    """How many code points `data` holds; any bytes will do."""
    return len(data.translate(None, _CONTINUATION))


class SourceFile:
    """One file: its path as the user wrote it, and its bytes."""

    __slots__ = ("_line_starts", "_points_before", "data", "file_id", "path")

    def __init__(self, file_id: FileId, path: str, data: bytes) -> None:
        self.file_id = file_id
        self.path = path
        self.data = data
        self._line_starts: array[int] | None = None
        self._points_before: array[int] | None = None

    @property
    def n_lines(self) -> int:
        """Number of lines; a file that ends in a newline has an empty last one."""
        return len(self._starts())

    def line_of(self, offset: int) -> int:
        """The line (from 1) that holds the byte at `offset`."""
        return bisect_right(self._starts(), max(offset, 0))

    def line_col(self, offset: int) -> tuple[int, int]:
        """Line and column from 1; columns count code points."""
        if not 0 <= offset <= len(self.data):
            offset = min(max(offset, 0), len(self.data))
        starts = self._line_starts or self._starts()
        line = bisect_right(starts, offset)
        start = starts[line - 1]
        if self._points_before is None:
            self._points_before = self._count_blocks()
        if not self._points_before:
            return line, offset - start + 1
        return line, self._code_points_before(offset) - self._code_points_before(start) + 1

    def offset(self, line: int, col: int) -> int:
        """The byte at a line and column, as `line_col` gives them."""
        start = self._starts()[line - 1]
        return start + len(self.data[start:].decode("utf-8", "replace")[: col - 1].encode())

    def line_start(self, line: int) -> int:
        """Offset of the first byte of `line`."""
        return self._starts()[line - 1]

    def line_end(self, line: int) -> int:
        """Offset behind the last byte of `line`, its line end left out."""
        starts = self._starts()
        end = starts[line] - 1 if line < len(starts) else len(self.data)
        if end > starts[line - 1] and self.data[end - 1] == 0x0D:
            end -= 1
        return end

    def line_text(self, line: int) -> str:
        """The line without its line end; bytes that are not UTF-8 become U+FFFD."""
        return self.text(self.line_start(line), self.line_end(line))

    def text(self, start: int, end: int) -> str:
        """The bytes of a range as text; bytes that are not UTF-8 become U+FFFD."""
        return self.data[start:end].decode("utf-8", "replace")

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        """The bytes, and the two position tables where they exist."""
        usage.add(f"{label}.text", len(self.data), sys.getsizeof(self.data))
        tables = (self._line_starts, self._points_before)
        table = sum(sys.getsizeof(positions) for positions in tables if positions is not None)
        usage.add(f"{label}.lines", table, table)

    def _starts(self) -> array[int]:
        starts = self._line_starts
        if starts is None:
            starts = array(_OFFSET, [0])
            starts.extend(match.end() for match in _LINE_END.finditer(self.data))
            self._line_starts = starts
        return starts

    def _code_points_before(self, offset: int) -> int:
        before = self._points_before
        if before is None:
            before = self._points_before = self._count_blocks()
        if not before:
            return offset
        block = offset // _BLOCK
        return before[block] + count_code_points(self.data[block * _BLOCK : offset])

    def _count_blocks(self) -> array[int]:
        """Code points before each block of bytes; nothing for ASCII, where a byte is a code point."""
        data = self.data
        if data.isascii():
            return array(_OFFSET)
        before = array(_OFFSET, [0])
        for start in range(0, len(data), _BLOCK):
            before.append(before[-1] + count_code_points(data[start : start + _BLOCK]))
        return before


class SourceMap:
    """All files of a compilation, by id (from 0, in the order they were added)."""

    __slots__ = ("_files",)

    def __init__(self) -> None:
        self._files: list[SourceFile] = []

    def add(self, path: str, data: bytes) -> SourceFile:
        """Register a file under the path to show."""
        source = SourceFile(len(self._files), path, data)
        self._files.append(source)
        return source

    def get(self, file_id: FileId) -> SourceFile:
        """The file with this id."""
        return self._files[file_id]

    def __len__(self) -> int:
        return len(self._files)

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        """Every file under one label: there may be many, and none is large."""
        for source in self._files:
            source.collect_mem_usage(usage, label)
