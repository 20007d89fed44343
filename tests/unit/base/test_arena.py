"""The pool: one arena a function, reset on exit, reused, counted."""

from __future__ import annotations

import pytest

from qz.base.arena import ArenaPool
from qz.base.columns import Columns
from qz.base.mem_usage import MemUsage


class ColumnArena:
    """The least that the pool asks for."""

    def __init__(self) -> None:
        self.generation = 0
        self.columns = Columns({"node": "i4"}, capacity=4)

    def reset(self) -> None:
        self.columns.reset()

    def release(self) -> None:
        self.columns.release()

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        self.columns.collect_mem_usage(usage, label)


def test_consecutive_functions_share_one_arena_and_its_capacity() -> None:
    pool = ArenaPool(ColumnArena)
    with pool.function("f") as first:
        first.columns.reserve(1000)
        first.columns.n = 1000
    with pool.function("g") as second:
        assert second is first
        assert second.columns.n == 0
        assert second.columns.capacity == 1000
        assert second.generation == 1
    assert (pool.n_live, pool.n_peak, pool.n_functions) == (0, 1, 2)


def test_nested_functions_get_arenas_of_their_own() -> None:
    pool = ArenaPool(ColumnArena)
    with pool.function("outer") as outer, pool.function("inner") as inner:
        assert inner is not outer
        assert pool.live_names == ("outer", "inner")
        assert pool.n_live == 2
    assert (pool.n_live, pool.n_peak) == (0, 2)


def test_an_error_inside_resets_too() -> None:
    pool = ArenaPool(ColumnArena)
    seen: list[ColumnArena] = []

    def compile_badly() -> None:
        with pool.function("f") as arena:
            seen.append(arena)
            arena.columns.n = 3
            raise KeyError

    with pytest.raises(KeyError):
        compile_badly()
    assert pool.n_live == 0
    assert seen[0].columns.n == 0
    assert seen[0].generation == 1


def test_usage_names_the_live_functions() -> None:
    pool = ArenaPool(ColumnArena)
    with pool.function("m.f") as arena, pool.function("g"):
        arena.columns.n = 2
    with pool.function("m.f") as arena:
        arena.columns.n = 3
        usage = MemUsage()
        usage.collect("arenas", pool)
    assert sorted(usage.rows) == [("arenas.free", 0, 16), ("arenas.live.m/f", 12, 16)]


def test_release_frees_the_resting_arenas() -> None:
    pool = ArenaPool(ColumnArena)
    with pool.function("f") as arena:
        pass
    pool.release()
    assert arena.columns.reserved_bytes == 0
    with pool.function("g") as fresh:
        assert fresh is not arena
