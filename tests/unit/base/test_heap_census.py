"""Every byte is charged once, to the class that leads to it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Generator

import numpy as np
import pytest

from qz.base.heap_census import NOBODYS, Kind, heap_census


class Holder:
    """Something with data of its own."""

    def __init__(self, *parts: object) -> None:
        self.parts = parts


@pytest.fixture(autouse=True)
def older_objects_do_not_count() -> Generator[None]:
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def census() -> dict[str, Kind]:
    return {kind.name: kind for kind in heap_census()}


def holders() -> Kind:
    return census()[f"{__name__}.Holder"]


def test_an_object_is_charged_with_its_plain_data() -> None:
    text, table = "x" * 5000, np.zeros(1000, dtype=np.int32)
    things = [Holder([text], {1: table})]
    kind = holders()
    assert kind.n_objects == len(things)
    assert kind.size >= sys.getsizeof(text) + sys.getsizeof(table)
    assert kind.size < sys.getsizeof(text) + sys.getsizeof(table) + 2000


def test_what_two_share_counts_once() -> None:
    shared = ["y" * 100_000]
    things = [Holder(shared), Holder(shared)]
    kind = holders()
    assert kind.n_objects == len(things)
    assert 100_000 < kind.size < 105_000


def test_an_object_is_not_charged_with_other_objects() -> None:
    things = Holder(Holder("z" * 100_000), Holder())
    kind = holders()
    assert kind.n_objects == 1 + len(things.parts)
    assert 100_000 < kind.size < 105_000


def test_data_without_an_owner_is_listed_too() -> None:
    before = census().get(NOBODYS, Kind(NOBODYS, 0, 0))
    table = [["v" * 100_000]]
    assert census()[NOBODYS].size - before.size >= sys.getsizeof(table[0][0])
