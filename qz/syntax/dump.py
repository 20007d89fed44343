"""Token tables and syntax trees as text, for people and for golden tests."""

from __future__ import annotations

from collections.abc import Iterator

from qz.syntax.token_kinds import TokenKind
from qz.syntax.tokens import TokenTable

_MAX_TEXT = 60


def _shown(text: str) -> str:
    return repr(text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT] + "…")


def dump_tokens(tokens: TokenTable) -> Iterator[str]:
    """One line a token: number, place, kind, text, partner."""
    source = tokens.source
    for token in range(1, len(tokens)):
        line, column = source.line_col(tokens.start[token])
        kind = TokenKind(tokens.kind[token])
        partner = tokens.partner[token]
        text = "" if kind in (TokenKind.NEWLINE, TokenKind.EOF) else " " + _shown(tokens.text(token))
        yield f"{token} {line}:{column} {kind.name}{text}{f' ~{partner}' if partner else ''}"
