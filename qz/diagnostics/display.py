"""Source text on a terminal: tabs are four blanks, control characters are made visible, wide ones counted."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from qz.base.source import SourceFile

TAB = "    "
# A line wider than this is shown as a window around what is marked.
MAX_COLUMNS = 140
_BEFORE = 40
# No code point takes more than four bytes, so these many bytes surely hold the columns wanted.
_BYTES_BEFORE = 4 * _BEFORE
_BYTES_BEHIND = 4 * MAX_COLUMNS
# Characters that reorder what follows would make the text lie about the program.
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_WIDE = frozenset("WF")


def visible(text: str) -> str:
    """`text` with nothing in it that a terminal would obey."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible_character, text))


def _visible_character(character: str) -> str:
    if character == "\t":
        return TAB
    if character < " ":
        return chr(0x2400 + ord(character))
    if character == "\x7f":
        return "\u2421"
    # A lone surrogate comes from a file name that is not UTF-8, and cannot be written.
    if "\x80" <= character <= "\x9f" or "\ud800" <= character <= "\udfff" or character in _BIDI:
        return "\ufffd"
    return character


def width(shown: str) -> int:
    """Columns that `shown` (the result of `visible`) takes."""
    if shown.isascii():
        return len(shown)
    return sum(map(_character_width, shown))


def _character_width(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


class ShownLine(NamedTuple):
    """A source line, or the window of it that is shown: bytes `start` to `end` of the file."""

    source: SourceFile
    start: int
    end: int
    clipped_left: bool
    text: str

    def column(self, offset: int) -> int:
        """The column (from 0) at which the byte at `offset` is shown; the nearest edge if it is not."""
        inside = min(max(offset, self.start), self.end)
        return self.clipped_left + width(visible(self.source.text(self.start, inside)))


def show_line(source: SourceFile, line: int, focus: int | None = None) -> ShownLine:
    """`line` as it is to be shown; of a long one, the part around the byte at `focus`."""
    start, end = source.line_start(line), source.line_end(line)
    if end - start <= MAX_COLUMNS:
        return ShownLine(source, start, end, False, visible(source.text(start, end)))
    focus = start if focus is None else min(max(focus, start), end)
    left = _align(source, max(start, focus - _BYTES_BEFORE))
    right = _align(source, min(end, focus + _BYTES_BEHIND))
    left += _bytes_of_columns(source.text(left, focus), _BEFORE, from_end=True)
    right = focus + _bytes_of_columns(source.text(focus, right), MAX_COLUMNS - _BEFORE, from_end=False)
    right = min(right, end)
    shown = visible(source.text(left, right))
    text = ("…" if left > start else "") + shown + ("…" if right < end else "")
    return ShownLine(source, left, right, left > start, text)


def _align(source: SourceFile, offset: int) -> int:
    """The next offset at which a code point begins (a run of broken bytes is not followed for long)."""
    for step in range(3):
        if offset + step >= len(source.data) or source.data[offset + step] & 0xC0 != 0x80:
            return offset + step
    return offset


def _bytes_of_columns(text: str, columns: int, *, from_end: bool) -> int:
    """Bytes of `text` that fit into `columns`, or, from the end, the bytes in front of those that fit."""
    total = 0
    for index, character in enumerate(reversed(text) if from_end else text):
        total += width(visible(character))
        if total > columns:
            kept = text[: len(text) - index] if from_end else text[:index]
            return len(kept.encode("utf-8", "replace"))
    return 0 if from_end else len(text.encode("utf-8", "replace"))
