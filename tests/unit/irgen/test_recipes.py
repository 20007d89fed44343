"""What is made by a recipe is what the body of the function would have emitted."""

from __future__ import annotations

import pytest

from qz.driver.build import Build
from qz.driver.made import FunctionUnit
from qz.driver.options import Options
from qz.driver.session import Session
from qz.irgen.calls import recipes
from qz.irgen.calls.recipes import Recipe

PROGRAM = b"""\
struct Point
  x: Int
  y: Int
  tags: Vec<Int>
end
def looks(tags: Vec<Int>): Int = tags.size
def point(x: Int, tags: Vec<Int>): Point = Point { x: x + 1, y: looks(tags), tags: [x, 2] }
def twice(x: Int): (Point, Point) = (point(x, [3]), point(x, [4]))
def same(a: Int, b: Int): (Int, Int) = (a, b - a)
def deep(n: Int): (Point, (Int, Int)) = (point(n, [5]), same(n, n))
def uses(p: Point): Int = p.x + p.tags.size

def main(args: Vec<String>): Int
  n = args.size
  tags = [1, 2]
  var total = uses(point(n, tags)) + uses(point(n + 1, tags)) + uses(point(n, [n])) + uses(point(1, [2, 3]))
  total += twice(n).0.x + twice(n * 2).1.y + same(n, n).1 + same(n, 2).0 + same(2, n).1
  return total + deep(n).1.0 + deep(7).0.x
end
"""


def places(unit: FunctionUnit) -> list[str]:
    return [str(op.location) for op in unit.module.walk()]


def text_of_main() -> str:
    options = Options(files=("main.qz",), level="O2", overflow="wrap")
    build = Build(Session(options))
    assert build.load("main.qz", PROGRAM)
    (text,) = [
        "\n".join(
            [str(unit.n_ops), str(unit.module), *[callee.symbol for callee in unit.callees], *places(unit)]
        )
        for unit in build.functions()
        if unit.symbol == "main$main"
    ]
    return text


def test_recipes_make_what_bodies_emit(monkeypatch: pytest.MonkeyPatch) -> None:
    n_followed = 0
    follow = Recipe.follow

    def counted(*words: object) -> object:
        nonlocal n_followed
        n_followed += 1
        return follow(*words)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(Recipe, "follow", counted)
    found = text_of_main()
    assert n_followed >= 5
    monkeypatch.setattr(recipes, "MAX_STEPS", 0)
    n_followed = 0
    assert text_of_main() == found
    assert not n_followed


def test_recipes_are_forgotten_and_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    found = text_of_main()
    monkeypatch.setattr(recipes, "MAX_RECIPES", 1)
    assert text_of_main() == found
