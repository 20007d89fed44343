"""The values of literal tokens. The lexer has reported what is wrong in them; here nothing fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qz.syntax import token_numbers as tk
from qz.syntax.escapes import ESCAPE, unescape
from qz.syntax.tokens import TokenTable

_NUMBER = re.compile(rb"(0[xX][0-9A-Fa-f_]+|0[bB][01_]+|0[oO][0-7_]+|[0-9][0-9_]*)([iuf][0-9]+)?")
_FLOAT = re.compile(rb"([0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9][0-9_]*)?)([iuf][0-9]+)?")
_LINE_START = re.compile(rb"\n([ \t]*)([^ \t\n]?)")
TRIPLE = b'"""'
MANY_DIGITS = 20
_MAX_REMEMBERED = 1024  # the checker asks for a value, and irgen again


@lru_cache(_MAX_REMEMBERED)
def int_value(text: bytes) -> tuple[int, str]:
    """Value and suffix (`""` without one) of an INT token."""
    if text.isdigit() and len(text) < MANY_DIGITS:
        return int(text), ""
    match = _NUMBER.match(text)
    if match is None:
        return 0, ""
    digits = match[1].replace(b"_", b"").lower()
    base = {b"0x": 16, b"0b": 2, b"0o": 8}.get(digits[:2])
    value = int(digits[2:] or b"0", base) if base else _decimal(digits)
    return value, (match[2] or b"").decode()


def _decimal(digits: bytes) -> int:
    """No integer type holds more than 20 digits; what does not fit stays too large, at no cost."""
    digits = digits.lstrip(b"0")
    return int(digits or b"0") if len(digits) <= MANY_DIGITS else 10**MANY_DIGITS


@lru_cache(_MAX_REMEMBERED)
def float_value(text: bytes) -> tuple[float, str]:
    """Value and suffix of a FLOAT token, or of an INT token with a float's suffix."""
    match = _FLOAT.match(text)
    if match is None:
        return 0.0, ""
    return float(match[1].replace(b"_", b"")), (match[2] or b"").decode()


def char_value(text: bytes) -> int:
    """The code point of a CHAR token."""
    body = unescape(text[1:-1]).decode("utf-8", "replace")
    return ord(body[0]) if body else 0


def symbol_value(tokens: TokenTable, token: int) -> bytes:
    """The name behind the `:` of a symbol."""
    return tokens.bytes(token)[1:]


def string_value(tokens: TokenTable, token: int, first: int = 0) -> bytes:
    """The bytes of a STRING token, or of a piece of an interpolated one that begins with token ``first``."""
    text = tokens.bytes(token)
    kind = tokens.kind[token]
    if kind == tk.STRING and text[:1] == b"r":
        return text[2:-1]
    opening = tokens.bytes(first or token)
    quotes = TRIPLE if opening.startswith(TRIPLE) and len(opening) >= len(TRIPLE) else b'"'
    starts = kind in (tk.STRING, tk.STRING_START)
    ends = kind in (tk.STRING, tk.STRING_END)
    body = text[len(quotes) if starts else 1 : len(text) - (len(quotes) if ends else 2)]
    if quotes == TRIPLE:
        body = _dedented(body, _indent(tokens, first or token), starts=starts, ends=ends)
    return unescape(body)


def _indent(tokens: TokenTable, first: int) -> int:
    """The indentation common to the non-blank lines of a triple-quoted string, over all its pieces."""
    known = tokens.triple_indents.get(first)
    if known is not None:
        return known
    least: int | None = None
    token = first
    while True:
        text = tokens.bytes(token)
        for match in _LINE_START.finditer(text):
            closes = match[2] == b'"' and match.start(2) >= len(text) - len(TRIPLE)
            if match[2] and not closes:
                least = len(match[1]) if least is None else min(least, len(match[1]))
        token = tokens.partner[token]
        if token in (0, first):
            break
    found = tokens.triple_indents[first] = least or 0
    return found


def _dedented(body: bytes, indent: int, *, starts: bool, ends: bool) -> bytes:
    lines = body.split(b"\n")
    lines[1:] = [line[indent:] for line in lines[1:]]  # a blank line may be shorter
    if ends and len(lines) > 1 and not lines[-1].strip(b" \t"):
        lines[-1] = b""
    if starts and len(lines) > 1 and not lines[0].strip(b" \t\r"):
        del lines[0]
    return b"\n".join(lines)


def string_pieces(tokens: TokenTable, token: int) -> Iterator[tuple[bytes, int, int]]:
    """The value of a STRING token piece by piece, each with where it stands in the file. A piece as long as
    its place is text as it is; any other is an escape."""
    text = tokens.bytes(token)
    start = tokens.start[token]
    if text[:1] == b"r":
        yield text[2:-1], start + 2, start + len(text) - 1
        return
    quotes = TRIPLE if text.startswith(TRIPLE) and len(text) >= 2 * len(TRIPLE) else b'"'
    body = text[len(quotes) : len(text) - len(quotes)]
    start += len(quotes)
    if quotes != TRIPLE:
        yield from _unescaped(body, start)
        return
    indent = _indent(tokens, token)
    lines = body.split(b"\n")
    for number, line in enumerate(lines):
        behind = start + len(line)
        if number == 0 and len(lines) > 1 and not line.strip(b" \t\r"):
            start = behind + 1
            continue
        if number == len(lines) - 1 and number and not line.strip(b" \t"):
            return
        cut = min(indent, len(line)) if number else 0
        yield from _unescaped(line[cut:], start + cut)
        if number < len(lines) - 1:
            yield b"\n", behind, behind + 1
        start = behind + 1


def _unescaped(body: bytes, start: int) -> Iterator[tuple[bytes, int, int]]:
    at = 0
    for match in ESCAPE.finditer(body):
        first, last = match.span()
        if first > at:
            yield body[at:first], start + at, start + first
        yield unescape(match[0]), start + first, start + last
        at = last
    if at < len(body):
        yield body[at:], start + at, start + len(body)
