"""Columns: growth, views that die, accounting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qz.base.columns import Columns, ReleasedError
from qz.base.mem_usage import MemUsage

SPEC = {"kind": "u1", "start": "i4"}


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(-(2**31), 2**31 - 1)), max_size=300))
def test_rows_survive_growing(rows: list[tuple[int, int]]) -> None:
    columns = Columns(SPEC, capacity=1)
    for index, (kind, start) in enumerate(rows):
        columns.reserve(index + 1)
        columns.view("kind")[index] = kind
        columns.view("start")[index] = start
        columns.n = index + 1
    assert columns.array("kind").tolist() == [kind for kind, _ in rows]
    assert columns.array("start").tolist() == [start for _, start in rows]


def test_growing_at_least_doubles_so_that_appending_is_linear() -> None:
    columns = Columns(SPEC, capacity=4)
    capacities = set()
    for n in range(1, 5000):
        columns.reserve(n)
        capacities.add(columns.capacity)
    assert len(capacities) <= 12


def test_reserve_takes_the_total() -> None:
    columns = Columns(SPEC, capacity=4)
    columns.n = 4
    columns.reserve(4)
    assert columns.capacity == 4
    columns.reserve(1000)
    assert columns.capacity == 1000


def test_view_covers_the_capacity_and_shares_memory_with_the_array() -> None:
    columns = Columns(SPEC, capacity=8)
    view = columns.view("start")
    assert len(view) == 8
    assert not view.readonly
    view[2] = -7
    columns.n = 3
    array = columns.array("start")
    assert array.dtype == np.int32
    assert array.tolist() == [0, 0, -7]
    array[0] = 5
    assert view[0] == 5


def test_a_value_that_does_not_fit_is_refused() -> None:
    view = Columns(SPEC).view("kind")
    with pytest.raises(ValueError, match="invalid value"):
        view[0] = 256


def test_views_die_when_the_columns_grow() -> None:
    columns = Columns(SPEC, capacity=2)
    view = columns.view("kind")
    columns.reserve(3)
    with pytest.raises(ValueError, match="released"):
        view[0]


def test_reset_keeps_the_capacity() -> None:
    columns = Columns(SPEC, capacity=2)
    columns.reserve(100)
    columns.n = 100
    before = columns.reserved_bytes
    columns.reset()
    assert (columns.n, columns.used_bytes, columns.reserved_bytes) == (0, 0, before)


def test_release_ends_everything() -> None:
    columns = Columns(SPEC)
    view = columns.view("kind")
    columns.release()
    assert columns.reserved_bytes == 0
    with pytest.raises(ValueError, match="released"):
        view[0]
    with pytest.raises(ReleasedError):
        columns.view("kind")
    with pytest.raises(ReleasedError):
        columns.array("kind")
    with pytest.raises(ReleasedError):
        columns.reserve(1)
    with pytest.raises(ReleasedError):
        columns.reset()


def test_bytes_are_rows_times_widths() -> None:
    columns = Columns({"a": "u1", "b": "i4", "c": "f8"}, capacity=10)
    columns.n = 3
    usage = MemUsage()
    usage.collect("tokens", columns)
    assert usage.rows == [("tokens", 3 * 13, 10 * 13)]
