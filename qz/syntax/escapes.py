"""Escapes in strings and characters, and the text of a string up to what is not text."""

from __future__ import annotations

import re

SIMPLE_ESCAPES = {
    ord("n"): b"\n",
    ord("t"): b"\t",
    ord("r"): b"\r",
    ord("0"): b"\0",
    ord("e"): b"\x1b",
    ord("\\"): b"\\",
    ord('"'): b'"',
    ord("'"): b"'",
    ord("#"): b"#",
}

ESCAPE = re.compile(
    rb"\\(?:(?P<simple>[ntr0e\\\"'#])|x(?P<byte>[0-9A-Fa-f]{2})|u\{(?P<point>[0-9A-Fa-f]{1,6})\})"
)
ANY_ESCAPE = re.compile(rb"\\(?:u\{[0-9A-Za-z]{0,8}\}|x[0-9A-Za-z]{0,2}|[^\x00-\x7f]+|.)?", re.DOTALL)

# From behind the opening quotes, or behind the `}` of an interpolation, to the next quote, `#{` or line end.
STRING_TEXT = {
    b'"': re.compile(rb"(?:[^\"\\\n\#]++|(?:\\[^\n])++|\#(?!\{))*"),
    b'"""': re.compile(rb"(?:[^\"\\\#]++|(?:\\[\x00-\xff])++|\"(?!\"\")|\#(?!\{))*"),
}


def is_code_point(value: int) -> bool:
    """Whether a character may have this number."""
    return value < 0xD800 or 0xE000 <= value <= 0x10FFFF


def bad_escapes(body: bytes) -> list[tuple[int, int]]:
    """Start and end of each escape in `body` that means nothing."""
    found: list[tuple[int, int]] = []
    position = body.find(b"\\")
    while position >= 0:
        match = ESCAPE.match(body, position)
        if match is None or (match["point"] is not None and not is_code_point(int(match["point"], 16))):
            wrong = ANY_ESCAPE.match(body, position)
            assert wrong is not None
            found.append(wrong.span())
            match = wrong
        position = body.find(b"\\", max(match.end(), position + 2))
    return found


# Bounded, because the regex remembers every turn it took: 180 bytes each.
_WELL_FORMED = re.compile(rb"(?:[^\\]++|" + re.sub(rb"\?P<\w+>", rb"?:", ESCAPE.pattern) + rb"){1,10000}")


def has_bad_escape(body: bytes) -> bool:
    """Whether an escape in `body` means nothing."""
    position = 0
    while position < len(body):
        match = _WELL_FORMED.match(body, position)
        if match is None:
            return True
        position = match.end()
    return b"\\u" in body and bool(bad_escapes(body))


def _decode(match: re.Match[bytes]) -> bytes:
    simple, byte, point = match["simple"], match["byte"], match["point"]
    if simple is not None:
        return SIMPLE_ESCAPES[simple[0]]
    if byte is not None:
        return bytes.fromhex(byte.decode())
    value = int(point, 16)
    return chr(value).encode() if is_code_point(value) else match[0]


def unescape(body: bytes) -> bytes:
    """`body` with its escapes replaced by what they stand for; those that mean nothing stay as they are."""
    return ESCAPE.sub(_decode, body) if b"\\" in body else body
