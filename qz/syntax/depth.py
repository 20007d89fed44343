"""No tree is deeper than readers can recurse into.

The parser limits each kind of nesting, and flags the rare items in which limits could add up. Only those
are measured here, and cut where they are too deep. Left spines of binary operators do not count: readers
walk them in a loop. What follows a `defer` is one level deeper than it stands.
"""

from __future__ import annotations

from qz.diagnostics.sink import DiagnosticSink
from qz.syntax import node_numbers as nk
from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children
from qz.syntax.tokens import TokenTable

MAX_HEIGHT = 1100

_PARTS = frozenset(
    {
        nk.NAMED_ARG,
        nk.SPREAD,
        nk.MAP_ENTRY,
        nk.FIELD_INIT,
        nk.IF_ARM,
        nk.ARM,
        nk.SELECT_ARM,
        nk.BLOCK,
    }
)
# What POISON may stand for.
_CUTTABLE = frozenset(kind for kind in NodeKind if nk.INT <= kind < nk.BLOCK and kind not in _PARTS) | {
    nk.WHILE,
    nk.LOOP,
    nk.FOR,
}
_LEFT_LEANING = frozenset(kind for kind in NodeKind if nk.ADD <= kind <= nk.OR)


def cut_below(arena: AstArena, root: int, tokens: TokenTable, sink: DiagnosticSink) -> None:
    """As `cut_too_deep`, for a tree whose nodes stand in any order: from the root downwards."""
    kinds = arena.kind
    pending = [(root, 0)]
    while pending:
        node, depth = pending.pop()
        if depth > MAX_HEIGHT and kinds[node] in _CUTTABLE:
            what = "expressions and blocks are"
            sink.report("QZ0014", tokens.span(arena.token[node]), what=what, limit=MAX_HEIGHT)
            kinds[node] = nk.POISON
            arena.lhs[node] = arena.rhs[node] = 0
            continue
        spine = arena.lhs[node] if kinds[node] in _LEFT_LEANING else 0
        pending += [(child, depth + (child != spine)) for child in children(arena, node)]


def cut_too_deep(arena: AstArena, first: int, tokens: TokenTable, sink: DiagnosticSink) -> None:
    """Make POISON of what is too deep among the nodes from `first` on; children stand before their
    parents."""
    heights = [0] * arena.n
    kinds = arena.kind
    reported = False
    for node in range(first, arena.n):
        height = 0
        spine = arena.lhs[node] if kinds[node] in _LEFT_LEANING else 0
        n_defers = 0
        for child in children(arena, node):
            height = max(height, heights[child] + (child != spine) + n_defers)
            n_defers += kinds[child] == nk.DEFER
        if height > MAX_HEIGHT and kinds[node] in _CUTTABLE:
            if not reported:
                what = "expressions and blocks are"
                sink.report("QZ0014", tokens.span(arena.token[node]), what=what, limit=MAX_HEIGHT)
            reported = True
            kinds[node] = nk.POISON
            arena.lhs[node] = arena.rhs[node] = 0
            height = 0
        heights[node] = height
