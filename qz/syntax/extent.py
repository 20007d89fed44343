"""How much source a node covers: from the first to the last token of everything below it."""

from __future__ import annotations

from qz.base.source import Span
from qz.syntax.ast import Nodes
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children
from qz.syntax.token_kinds import TokenKind
from qz.syntax.tokens import TokenTable

_BRACKETS = frozenset({TokenKind.LPAREN, TokenKind.LBRACKET, TokenKind.LBRACE})
_OPENERS = _BRACKETS | {
    *(TokenKind.IF, TokenKind.UNLESS, TokenKind.WHILE, TokenKind.UNTIL, TokenKind.FOR, TokenKind.LOOP),
    *(TokenKind.MATCH, TokenKind.SELECT, TokenKind.DO, TokenKind.FAT_ARROW),
}
"""What has a partner that closes it, be it a bracket or an `end`."""
_TYPES = frozenset(
    {
        *(NodeKind.TYPE_NAME, NodeKind.TYPE_FN, NodeKind.TYPE_UNION, NodeKind.TYPE_INTERSECTION),
        *(NodeKind.TYPE_IMPL, NodeKind.TYPE_DYN, NodeKind.TYPE_REF, NodeKind.TYPE_REF_MUT),
    }
)
"""Types that may end in a `>`, which no node is for."""


def extent(tokens: TokenTable, tree: Nodes, node: int) -> Span:
    """The span of a whole expression; its closing brackets and `end` included. Iterative: any depth.

    What a macro got from somewhere else, or gave, is left out where it stands between other text.
    """
    while tree.kind[node] == NodeKind.TAP and tokens.kind[tree.token[node]] == TokenKind.ASSIGN:
        node = tree.lhs[node]  # what else is assigned then
    first = last = tree.token[node]
    begin, end = tokens.stretch(first)
    pending = children(tree, node)
    while pending:
        child = pending.pop()
        token = tree.token[child]
        if token and begin <= token <= end:
            first = min(first, token)
            last = max(last, token)
        pending.extend(children(tree, child))
    last = _closed(tokens, first, last)
    first = _opened(tokens, first, last)
    if tree.kind[node] in _TYPES:
        last = _closed_by_signs(tokens, first, last)
    return tokens.span(first).to(tokens.span(last))


def _opened(tokens: TokenTable, first: int, last: int) -> int:
    """The outermost parenthesis before the first token that is closed within: `(a + b) / 2`."""
    while tokens.kind[first - 1] == TokenKind.LPAREN and first <= tokens.partner[first - 1] <= last:
        first -= 1
    return first


def _closed_by_signs(tokens: TokenTable, first: int, last: int) -> int:
    """The last `>` of a type, of those that belong to a `<` in it."""
    kinds = tokens.kind
    n_open = sum(
        (kinds[token] == TokenKind.LT) - (kinds[token] == TokenKind.GT) for token in range(first, last + 1)
    )
    while n_open > 0 and last + 1 < len(tokens) and kinds[last + 1] == TokenKind.GT:
        last += 1
        n_open -= 1
    return last


def _closed(tokens: TokenTable, first: int, last: int) -> int:
    """The closer of the outermost bracket or block opened between the two tokens, where that lies behind."""
    token = first
    while token <= last:
        if tokens.kind[token] in _OPENERS:
            closer = tokens.partner[token]
            if closer > last:
                return closer
            token = max(token, closer)
        token += 1
    if last + 1 < len(tokens) and tokens.kind[last + 1] in _BRACKETS:
        closer = tokens.partner[last + 1]
        between = range(last + 1, closer + 1)
        if len(between) == 2:
            return closer
    return last
