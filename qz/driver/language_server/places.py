"""Places as the protocol counts them: lines from 0, and in a line the units of the encoding agreed on."""

from urllib.parse import quote, unquote, urlsplit

from qz.base.source import SourceFile, Span
from qz.driver.language_server.transport import Json

UTF8, UTF16 = "utf-8", "utf-16"
_UNIT_BYTES = {UTF8: ("utf-8", 1), UTF16: ("utf-16-le", 2)}


class Places:
    """Turns places of sources into the protocol's, and back."""

    def __init__(self, encoding: str = UTF16) -> None:
        self._codec, self._unit = _UNIT_BYTES[encoding]

    def position(self, source: SourceFile, offset: int) -> Json:
        """The position of a byte; of one inside a character, the character's."""
        line = source.line_of(offset)
        before = source.text(source.line_start(line), offset)
        return {"line": line - 1, "character": len(before.encode(self._codec, "replace")) // self._unit}

    def range(self, source: SourceFile, span: Span) -> Json:
        """A stretch of a file."""
        return {"start": self.position(source, span.start), "end": self.position(source, span.end)}

    def offset(self, source: SourceFile, line: int, character: int) -> int:
        """The byte at a position; beyond the end of a line, or of the file, that end."""
        if line >= source.n_lines:
            return len(source.data)
        start, end = source.line_start(line + 1), source.line_end(line + 1)
        units = source.text(start, end).encode(self._codec, "replace")[: character * self._unit]
        return start + len(units.decode(self._codec, "ignore").encode())


def path_of(uri: str) -> str | None:
    """The path of a file by its URI; None for what is no file."""
    parts = urlsplit(uri)
    return unquote(parts.path) if parts.scheme == "file" else None


def uri_of(path: str) -> str:
    """The URI of an absolute path."""
    return f"file://{quote(path)}"
