"""Token tables and syntax trees as text, for people and for golden tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from qz.syntax.ast import Nodes
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children
from qz.syntax.token_kinds import TokenKind
from qz.syntax.tokens import TokenTable

_MAX_TEXT = 60


def _shown(text: str) -> str:
    return repr(text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT] + "…")


def dump_tokens(tokens: TokenTable, wanted: range | None = None) -> Iterator[str]:
    """One line a token, of all of them or those wanted: number, place, kind, text, partner."""
    source = tokens.source
    for token in range(1, len(tokens)) if wanted is None else wanted:
        line, column = source.line_col(tokens.start[token])
        kind = TokenKind(tokens.kind[token])
        partner = tokens.partner[token]
        text = "" if kind in (TokenKind.NEWLINE, TokenKind.EOF) else " " + _shown(tokens.text(token))
        yield f"{token} {line}:{column} {kind.name}{text}{f' ~{partner}' if partner else ''}"


def dump_ast(
    tokens: TokenTable, arena: Nodes, node: int, note: Callable[[int], str] | None = None
) -> Iterator[str]:
    """One line a node, indented by depth: kind, number and text of the token, and what `note` says of
    the node."""
    pending = [(node, 0)]
    while pending:
        node, depth = pending.pop()
        token = arena.token[node]
        text = f" @{token} {_shown(tokens.text(token))}" if token else ""
        remark = note(node) if note is not None else ""
        yield f"{'  ' * depth}{NodeKind(arena.kind[node]).name}{text}{' ' + remark if remark else ''}"
        pending += [(child, depth + 1) for child in reversed(children(arena, node))]
