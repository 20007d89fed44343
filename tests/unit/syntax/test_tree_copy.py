"""A copy of a tree is that tree again, whatever kinds of node it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind
from qz.syntax.tree_copy import Renaming, TreeCopy, below
from tests.unit.syntax.reading import Read

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.qz"))


def rows(arena: AstArena, root: int) -> list[tuple[int, int]]:
    """Kinds and tokens of a tree, parents first."""
    return [(arena.kind[node], arena.token[node]) for node in below(arena, root)]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_clone_has_the_same_nodes_and_shares_none(path: Path) -> None:
    read = Read(path.read_text())
    seen: set[int] = set()
    for item in range(len(read.items)):
        root = read.parse(item)
        original = read.shown(root)
        nodes = set(below(read.arena, root))
        copies = TreeCopy(read.arena)
        clone = copies.clone(root)
        copies.finish()
        assert read.shown(root) == original
        assert read.shown(clone) == original
        assert rows(read.arena, clone) == rows(read.arena, root)
        assert not nodes & set(below(read.arena, clone))
        seen |= {read.arena.kind[node] for node in nodes}
    assert len(seen) > 15


def test_the_samples_have_most_kinds() -> None:
    seen: set[int] = set()
    for path in SAMPLES:
        read = Read(path.read_text())
        for item in range(len(read.items)):
            root = read.parse(item)
            seen |= {read.arena.kind[node] for node in below(read.arena, root)}
    assert len(seen) > 0.9 * len(NodeKind)


def test_a_copy_into_another_arena_takes_tokens_and_lists_as_told() -> None:
    read = Read("def f(a) = g(a, 1).h\n")
    root = read.parse()
    target = AstArena()
    target.append((NodeKind.TRUE, 7, 0, 0), ())
    copies = TreeCopy(target)
    new: dict[int, int] = {}
    doubled = Renaming(
        new.__getitem__,
        lambda nodes: [new[node] for node in nodes for _ in range(2)],
        lambda token: token + 100,
        lambda token: token + 200,
    )
    for node in reversed(below(read.arena, root)):
        new[node] = copies.copy(read.arena, node, doubled)
    copies.finish()
    field = target.rhs[new[root]]
    assert (target.kind[field], target.token[field]) == (
        NodeKind.FIELD,
        read.arena.token[read.arena.rhs[root]] + 200,
    )
    call = target.lhs[field]
    assert [NodeKind(target.kind[arg]) for arg in target.list(target.rhs[call])] == [
        NodeKind.IDENT,
        NodeKind.IDENT,
        NodeKind.INT,
        NodeKind.INT,
    ]
    assert (
        target.token[target.list(target.rhs[call])[2]]
        == read.arena.token[read.arena.list(read.arena.rhs[read.arena.lhs[read.arena.rhs[root]]])[1]] + 100
    )


def test_a_long_chain_is_no_deep_recursion() -> None:
    read = Read("def f(a) = " + " + ".join(["a"] * 20_000) + "\n")
    root = read.parse()
    copies = TreeCopy(read.arena)
    clone = copies.clone(root)
    copies.finish()
    assert len(below(read.arena, clone)) == len(below(read.arena, root))
