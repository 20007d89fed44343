"""Which functions only make a block, and what becomes of calls of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from qz.driver.build import Build
from tests.loaded import loaded

SOURCE = """\
struct Point
  x: Int
  y: F64
  name: String
end
@value struct Flat { x: Int }
impl Point
  def new(x: Int, y: F64): Point = Point { x, y: y, name: "new" }
  def half(self): Point
    return Point { x: self.x, y: self.y * 0.5, name: self.name }
  end
  def moved(self): Point = Point { x: self.x + 1, y: self.y, name: self.name }
end
def large(p: Point): (String, Int, Int, Int, F64) = (p.name, p.x, p.x, p.x, p.y)
def pair(p: Point): (String, Int) = (p.name, p.x)
def record(n: Int): { n: Int } = { n: n }
def by_a_call(p: Point): Point = Point.new(p.x, 1.0)
def unit(p: Point): Point
  k = 1.0 / p.y
  n: Int = -p.x
  return Point { x: n, y: p.y * k.sqrt(), name: p.name }
end
def with_a_call(p: Point): Point = Point { x: size(p), y: p.y, name: p.name }

def size(p: Point): Int = p.x
def flat(n: Int): Flat = Flat { x: n }
def itself(p: Point): Point = p
def divides(p: Point): Point = Point { x: p.x / 2, y: p.y, name: p.name }
def shows(n: Int): Point = Point { x: n, y: 0.0, name: "#{n}" }
def chooses(p: Point): Point = Point { x: if p.x > 0; 1 else 2 end, y: 0.0, name: "" }
def element(v: Vec<Int>): (Int, Int) = (v[0], 1)
def two(p: Point): Point
  name = p.name
  return Point { x: 1, y: 0.0, name: name }
end
def changes(p: Point): Point
  var n = p.x
  n += 1
  return Point { x: n, y: 0.0, name: "" }
end
@noinline
def apart(n: Int): (Int, Int) = (n, n)
global counter: Int = 0
def counts(n: Int): (Int, Int) = (n, counter)
def clauses(0): (Int, Int) = (0, 0)
def clauses(n): (Int, Int) = (n, 1)
def converted(p: Point): (Int, Option<Point>) = (1, Some(p))
def becomes(n: Int): (Int, Int | String) = (1, n)
def list(n: Int): Vec<Int> = [n, n + 1, size(Point.new(n, 1.0))]
def rows(n: Int): Vec<Flat>
  none = Flat { x: 0 }
  return [none, flat(n), Flat { x: n }]
end
def filled(n: Int): Vec<Int> = [n for _ in 0..n]

def main()
end
"""


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    path: Path = tmp_path_factory.mktemp("makers") / "main.qz"
    build = loaded(path, SOURCE)
    assert build.session.sink.diagnostics == []
    return build


def is_maker(build: Build, name: str, *, wraps: bool = True) -> bool:
    assert build.main_module is not None
    module = build.main_module
    functions = [*module.functions, *(f for f in build.program.decls if getattr(f, "module", None) is module)]
    function = next(f for f in functions if f.name == name)
    return build.program.queries.makers.is_maker(function, wraps=wraps)


@pytest.mark.parametrize(
    "name", ["new", "half", "moved", "large", "record", "by_a_call", "with_a_call", "unit", "list", "rows"]
)
def test_makers(build: Build, name: str) -> None:
    assert is_maker(build, name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "size",
            "flat",
            "pair",
            "itself",
            "divides",
            "shows",
            "chooses",
            "element",
            "two",
            "apart",
            "counts",
        ),
        *("changes", "clauses", "converted", "becomes", "filled"),
    ],
)
def test_others(build: Build, name: str) -> None:
    assert not is_maker(build, name)


def test_where_overflow_is_told_of_it_has_a_place(build: Build) -> None:
    assert not is_maker(build, "moved", wraps=False)
    assert is_maker(build, "half", wraps=False)
