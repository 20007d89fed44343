"""Lazy dataclasses: the same classes, compiled later."""

from __future__ import annotations

import dataclasses
import inspect
import sys
from collections.abc import Callable
from typing import Any

import pytest

from qz.base.lazy_methods import lazy_dataclass_methods

# `dataclasses` writes one text a method up to 3.12; later ones are compiled as ever.
IS_LAZY_HERE = sys.version_info < (3, 13)


def make_classes() -> tuple[type[Any], type[Any]]:
    """A frozen class with every method there is, and a plain one with a base."""

    @dataclasses.dataclass(frozen=True, order=True)
    class Point:
        x: int
        y: int = 3
        tags: list[str] = dataclasses.field(default_factory=list, compare=False)

    @dataclasses.dataclass
    class Base:
        a: int

        def __post_init__(self) -> None:
            self.doubled = 2 * self.a

    @dataclasses.dataclass
    class Derived(Base):
        b: str = "b"

        def __init__(self, a: int) -> None:
            super().__init__(a)

    return Point, Derived


def behaviour(make: Callable[[], tuple[type[Any], type[Any]]]) -> list[object]:
    """What the classes do, as values that can be compared."""
    point, derived = make()
    p = point(1)
    found: list[object] = [repr(p).rpartition(".")[2], p == point(1, 3), p != point(1, 4), p < point(2)]
    found += [hash(p) == hash(point(1)), p.tags, sorted([point(2), point(1, 9)])[0].y]
    for wrong in (lambda: setattr(p, "x", 2), lambda: delattr(p, "x"), point, lambda: point(1, 2, 3, 4)):
        with pytest.raises((dataclasses.FrozenInstanceError, TypeError)) as caught:
            wrong()
        found.append((type(caught.value), str(caught.value)))
    d = derived(4)
    found += [vars(d), d == derived(4), [field.name for field in dataclasses.fields(derived)]]
    found += [dataclasses.replace(p, y=8).y, dataclasses.asdict(p)]
    return found


def make_lazily() -> tuple[type[Any], type[Any]]:
    with lazy_dataclass_methods():
        return make_classes()


def test_they_behave_as_ever() -> None:
    assert behaviour(make_lazily) == behaviour(make_classes)


@pytest.mark.skipif(not IS_LAZY_HERE, reason="the methods of a class are written in one text")
def test_a_method_is_compiled_by_its_first_call() -> None:
    point, _ = make_lazily()
    before = point.__init__
    assert "self.x" not in inspect.unwrap(before).__code__.co_names
    point(1)
    assert point.__init__ is not before
    assert point.__init__.__code__.co_varnames[:3] == ("self", "x", "y")
    assert point.__init__.__qualname__.endswith("Point.__init__")


def test_classes_made_outside_are_left_alone() -> None:
    make_lazily()
    point, _ = make_classes()
    assert point.__init__.__code__.co_varnames[:3] == ("self", "x", "y")
    assert "exec" not in vars(dataclasses)
