"""Rows, totals and groups."""

from __future__ import annotations

from qz.base.mem_usage import MemUsage


def test_totals_and_groups() -> None:
    usage = MemUsage()
    usage.add("module.tokens", 10, 20)
    usage.add("module.names.texts", 5, 5)
    usage.add("module.names.index", 1, 2)
    usage.add("cache", 100, 100)
    assert usage.total_used == 116
    assert usage.total_reserved == 127
    assert usage.grouped(1) == [("cache", 100, 100), ("module", 16, 27)]
    assert usage.grouped(2) == [("cache", 100, 100), ("module.tokens", 10, 20), ("module.names", 6, 7)]


def test_nothing_collected_is_nothing() -> None:
    assert (MemUsage().total_used, MemUsage().grouped(1)) == (0, [])
