"""A row of characters with styles, and the one place that knows escape codes."""

from __future__ import annotations

from enum import Enum


class Style(Enum):
    """What a piece of the output is; the value is its ANSI attribute list."""

    PLAIN = ""
    ERROR = "1;31"
    WARNING = "1;33"
    NOTE = "1;32"
    HELP = "1;36"
    FRAME = "1;34"
    TITLE = "1"
    ADDED = "32"
    REMOVED = "31"


class Painter:
    """Puts styles on text, or leaves it alone."""

    __slots__ = ("color",)

    def __init__(self, color: bool) -> None:
        self.color = color

    def paint(self, style: Style, text: str) -> str:
        """`text` in `style`."""
        if not self.color or not text or style is Style.PLAIN:
            return text
        return f"\x1b[{style.value}m{text}\x1b[0m"


class Row:
    """One line of marks, written at columns in any order; later writing covers earlier."""

    __slots__ = ("_characters", "_styles")

    def __init__(self) -> None:
        self._characters: list[str] = []
        self._styles: list[Style] = []

    def put(self, column: int, text: str, style: Style) -> None:
        """Write `text` from `column` (from 0) on."""
        missing = column + len(text) - len(self._characters)
        if missing > 0:
            self._characters.extend(" " * missing)
            self._styles.extend([Style.PLAIN] * missing)
        self._characters[column : column + len(text)] = text
        self._styles[column : column + len(text)] = [style] * len(text)

    def __len__(self) -> int:
        return len(self._characters)

    def render(self, painter: Painter) -> str:
        """The row as text, each run of one style painted once."""
        text = "".join(self._characters)
        if not painter.color:
            return text.rstrip()
        pieces: list[str] = []
        begin = 0
        for index in range(1, len(text) + 1):
            if index == len(text) or self._styles[index] is not self._styles[begin]:
                pieces.append(painter.paint(self._styles[begin], text[begin:index]))
                begin = index
        return "".join(pieces)
