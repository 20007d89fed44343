"""What one raw token is, by its text alone: computed once per distinct text and then looked up.

A code packs the kind, the token's own length and its length with the white space before it, so that the lexer
turns a list of codes into columns without looking at the texts again. A code with the `SPECIAL` bit needs a
second look at its place: an error to report, or a string that holds code.
"""

from __future__ import annotations

import re
from enum import IntEnum

from qz.syntax import token_numbers as tk
from qz.syntax.escapes import STRING_TEXT, has_bad_escape
from qz.syntax.token_kinds import KEYWORDS, SIGNS

LENGTH_BITS = 27
MAX_FILE_BYTES = (1 << LENGTH_BITS) - 1
SPECIAL = 1 << 62
OWN_SHIFT = 8
TOTAL_SHIFT = OWN_SHIFT + LENGTH_BITS
MAX_DISTINCT = 50_000


class Special(IntEnum):
    """Kinds that no finished table holds."""

    COMMENT = 200
    BLANK = 201
    INTERPOLATED = 202  # a whole string whose `#{}` hold nothing that the regex cannot see through
    QUOTE = 203  # the opening quote of any other string: the rest must be lexed with a mode stack
    UNTERMINATED = 204
    BAD_ESCAPE = 205
    BAD_CHAR = 206
    BAD_NUMBER = 207
    BAD_BYTE = 208
    HEREDOC = 209  # `<<~NAME`: if a line further down is that name, a text as Ruby writes it


BLANK = int(Special.BLANK)

FIXED: dict[bytes, int] = {
    text.encode(): int(kind) for table in (SIGNS, KEYWORDS) for text, kind in table.items()
}

WHITE = b" \t\r\f\v"
_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
_DIGITS = frozenset(b"0123456789")

SUFFIX = rb"[iu](?:8|16|32|64)"
INTEGER = re.compile(
    rb"(?:0[xX](?P<hex>[0-9A-Fa-f_]*[0-9A-Fa-f])|0[bB](?P<bin>[01_]*[01])|0[oO](?P<oct>[0-7_]*[0-7])"
    rb"|(?P<dec>[0-9](?:[0-9_]*[0-9])?))(?:_?(?P<suffix>" + SUFFIX + rb"))?"
)
FLOAT = re.compile(
    rb"(?P<digits>[0-9](?:[0-9_]*[0-9])?(?:\.[0-9](?:[0-9_]*[0-9])?)?(?:[eE][+-]?[0-9](?:[0-9_]*[0-9])?)?)"
    rb"(?:_?(?P<suffix>f32|f64))?"
)
BASES = {"dec": 10, "hex": 16, "bin": 2, "oct": 8}
MAX_INTEGER = (1 << 64) - 1
# No base writes 2**64 - 1 with more digits than binary.
_MAX_DIGITS = 64


def integer_parts(text: bytes) -> tuple[int, str] | None:
    """Value and width suffix of an integer literal; None if it is not one, or above 2**64 - 1."""
    match = INTEGER.fullmatch(text)
    if match is None:
        return None
    base = match.lastgroup if match.lastgroup != "suffix" else next(b for b in BASES if match[b] is not None)
    assert base is not None
    digits = match[base].replace(b"_", b"").lstrip(b"0") or b"0"
    if len(digits) > _MAX_DIGITS:
        return None
    value = int(digits, BASES[base])
    return None if value > MAX_INTEGER else (value, (match["suffix"] or b"").decode())


def _number(text: bytes) -> int:
    if integer_parts(text) is not None:
        return tk.INT
    if FLOAT.fullmatch(text) and INTEGER.fullmatch(text) is None:
        return tk.FLOAT
    return Special.BAD_NUMBER


def _string(text: bytes) -> int:
    quote = b'"""' if text.startswith(b'"""') else b'"'
    if len(text) == len(quote):
        return Special.QUOTE
    if len(text) < 2 * len(quote) or not text.endswith(quote):
        return Special.UNTERMINATED
    body = text[len(quote) : len(text) - len(quote)]
    if b"\\" not in body and b"#{" not in body:
        return tk.STRING
    if STRING_TEXT[quote].fullmatch(body) is None:
        # A plain string cut off by the line end may end in an escaped quote.
        return Special.INTERPOLATED if _has_interpolation(quote, body) else Special.UNTERMINATED
    return Special.BAD_ESCAPE if has_bad_escape(body) else tk.STRING


def _has_interpolation(quote: bytes, body: bytes) -> bool:
    match = STRING_TEXT[quote].match(body)
    return match is not None and body.startswith(b"#{", match.end())


def _char(text: bytes) -> int:
    body = text[1:-1]
    if len(text) < 3 or not text.endswith(b"'"):
        return Special.BAD_CHAR
    if body.startswith(b"\\"):
        return Special.BAD_CHAR if has_bad_escape(body) or _n_characters(body) != 1 else tk.CHAR
    return tk.CHAR if len(body.decode("utf-8", "replace")) == 1 else Special.BAD_CHAR


_ESCAPE = re.compile(rb"\\(?:x..|u\{[^}]*\}|.)", re.DOTALL)


def _n_characters(body: bytes) -> int:
    match = _ESCAPE.match(body)
    return 1 if match is not None and match.end() == len(body) else 2


def kind_of(text: bytes) -> int:
    """The kind of a token without the white space before it: `TokenKind`, or `Special`."""
    fixed = FIXED.get(text)
    if fixed is not None:
        return fixed
    first = text[0]
    if first in _LETTERS:
        if not text.startswith(b'r"'):
            return tk.IDENT
        return tk.STRING if len(text) > 2 and text.endswith(b'"') else Special.UNTERMINATED
    if first in _DIGITS:
        return _number(text)
    if first == 0x22:
        return _string(text)
    if first == 0x27:
        return _char(text)
    return _BY_FIRST_BYTE.get(first, Special.BAD_BYTE)


_BY_FIRST_BYTE = {
    ord("\n"): tk.NEWLINE,
    ord(";"): tk.NEWLINE,
    ord("#"): Special.COMMENT,
    ord(":"): tk.SYMBOL,
    ord("<"): Special.HEREDOC,
}


def pack(kind: int, own: int, total: int) -> int:
    """The code of a token of this kind and lengths."""
    code = total << TOTAL_SHIFT | own << OWN_SHIFT | kind
    return code | SPECIAL if kind > BLANK else code


class TokenCodes(dict[bytes, int]):
    """Codes by raw text (white space before the token included), filled as texts turn up."""

    def __missing__(self, raw: bytes) -> int:
        text = raw.lstrip(WHITE)
        code = pack(kind_of(text) if text else BLANK, len(text), len(raw))
        if len(self) >= MAX_DISTINCT:
            self.clear()
        if len(raw) <= 64:
            self[raw] = code
        return code
