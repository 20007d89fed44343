"""Tokens in the words of a message."""

from __future__ import annotations

from qz.syntax.token_kinds import TokenKind, is_keyword
from qz.syntax.tokens import TokenTable

_NAMED = {
    TokenKind.EOF: "the end of the file",
    TokenKind.STRING: "a string",
    TokenKind.STRING_START: "a string",
    TokenKind.STRING_MID: "the rest of a string",
    TokenKind.STRING_END: "the rest of a string",
    TokenKind.CHAR: "a character",
}
_MAX_SHOWN = 40


def describe(tokens: TokenTable, token: int) -> str:
    """What stands there: "the end of the line", "a string", "`end`", "the name `foo`"."""
    kind = TokenKind(tokens.kind[token])
    if kind == TokenKind.NEWLINE:
        return "`;`" if tokens.bytes(token)[:1] == b";" else "the end of the line"
    named = _NAMED.get(kind)
    if named is not None:
        return named
    start = tokens.start[token]
    length = tokens.len[token]
    if not length:
        return "the end of the line"
    text = tokens.data[start : start + min(length, _MAX_SHOWN)].decode("utf-8", "replace")
    if length > _MAX_SHOWN:
        text += "…"
    if kind == TokenKind.IDENT:
        return f"the name `{text}`"
    return f"`{text}`" if is_keyword(kind) or kind != TokenKind.ERROR else "what cannot be read"
