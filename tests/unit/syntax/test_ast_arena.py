"""The arena of nodes: what is appended is read back, and stale references are recognised."""

from __future__ import annotations

import pytest

from qz.base.arena import ArenaPool, StaleNodeError
from qz.base.columns import ReleasedError
from qz.base.mem_usage import MemUsage
from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind
from tests.unit.syntax.reading import Read


def test_rows_and_words_are_read_back() -> None:
    arena = AstArena()
    arena.append([NodeKind.INT, 3, 0, 0, NodeKind.TUPLE, 2, 1, 0], [2, 1, 1])
    assert arena.n == 3
    assert (arena.kind[2], arena.token[2], arena.lhs[2]) == (NodeKind.TUPLE, 2, 1)
    assert arena.list(arena.lhs[2]) == [1, 1]
    assert arena.list(0) == []


def test_growing_keeps_what_is_there() -> None:
    arena = AstArena()
    for round_ in range(50):
        arena.append([NodeKind.INT, round_, 0, 0] * 100, [round_] * 100)
    assert arena.token[1 : arena.n].tolist() == [round_ for round_ in range(50) for _ in range(100)]
    assert arena.extra[1 : arena.n_words].tolist() == [round_ for round_ in range(50) for _ in range(100)]


def test_a_tree_has_what_the_arena_has_and_may_be_written_to() -> None:
    read = Read("def f(x)\n  g(x + 1, [2])\nend\n")
    read.parse()
    arena, tree = read.arena, read.arena.tree()
    assert tree.n == arena.n
    for name in ("kind", "token", "lhs", "rhs"):
        assert getattr(tree, name) == getattr(arena, name)[: arena.n].tolist()
    assert all(
        tree.list(at) == arena.list(at) for at in range(arena.n_words) if at + tree.extra[at] < arena.n_words
    )
    tree.kind[1] = NodeKind.POISON
    assert arena.kind[1] != NodeKind.POISON


def test_a_reference_dies_with_its_generation() -> None:
    pool = ArenaPool(AstArena)
    with pool.function("f") as arena:
        arena.append([NodeKind.INT, 1, 0, 0], [])
        reference = arena.ref(1)
        assert arena.deref(reference) == 1
    with pool.function("g") as again:
        assert again is arena
        with pytest.raises(StaleNodeError):
            again.deref(reference)


def test_reset_keeps_capacity_and_release_gives_it_back() -> None:
    read = Read("def f()\n" + "  x = y + 1\n" * 1000 + "end\n")
    read.parse()
    usage = MemUsage()
    usage.collect("ast", read.arena)
    before = usage.total_reserved
    assert usage.total_used == read.arena.n * 13 + read.arena.n_words * 4
    read.arena.reset()
    usage = MemUsage()
    usage.collect("ast", read.arena)
    assert (usage.total_reserved, usage.total_used) == (before, 13 + 4)
    read.arena.release()
    with pytest.raises((ReleasedError, ValueError)):
        read.arena.kind[0]


def test_a_node_costs_about_fourteen_bytes_and_a_few_words() -> None:
    read = Read("def f()\n" + "  x = g(y + 1, z)\n" * 1000 + "end\n")
    read.parse()
    assert (read.arena.n * 13 + read.arena.n_words * 4) / read.arena.n < 16
