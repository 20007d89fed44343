"""No tree that reaches a reader is deeper than readers may recurse."""

from __future__ import annotations

import pytest

from qz.syntax.depth import MAX_HEIGHT
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children
from tests.unit.syntax.hostile_inputs import HOSTILE, in_main
from tests.unit.syntax.reading import Read

SPINES = frozenset(range(NodeKind.ADD, NodeKind.OR + 1))
# Parts of a node above the limit, such as the arm of an `if`, may stand on top of it.
SLACK = 8


def height(read: Read, root: int) -> int:
    """The height of a tree, the left spines of binary operators not counted; computed top down."""
    highest = 0
    pending = [(root, 0)]
    while pending:
        node, depth = pending.pop()
        highest = max(highest, depth)
        spine = read.arena.lhs[node] if read.arena.kind[node] in SPINES else 0
        pending += [(child, depth + (child != spine)) for child in children(read.arena, node)]
    return highest


NESTED = [name for name in HOSTILE if any(word in name for word in ("nested", "chain", "lambdas", "guards"))]
DEEP = [*NESTED, "minus signs", "nots", "coalescing", "defers", "fields", "unwraps", "types of functions"]


@pytest.mark.parametrize("name", DEEP)
def test_trees_are_bounded(name: str) -> None:
    read = Read(HOSTILE[name]())
    for item in range(len(read.items)):
        assert height(read, read.parse(item)) <= MAX_HEIGHT + SLACK


def test_long_chains_and_deep_blocks_that_are_fine() -> None:
    chain = in_main(b"x = a" + b".b(1)" * 490)
    blocks = in_main(b"if a\n" * 250 + b"x = f(y -> y.z)\n" + b"end\n" * 250)
    for text in (chain, blocks):
        assert Read(text).parse_all().codes == []
