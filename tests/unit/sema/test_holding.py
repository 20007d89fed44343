"""Which parameters a function may hold on to."""

from __future__ import annotations

from pathlib import Path

import pytest

from qz.driver.build import Build
from qz.sema.types import INT
from tests.loaded import function_named, loaded

SOURCE = """\
import std/weak

struct Point
  x: Int
  name: String
  next: Option<Point>
end
enum Shape
  At(p: Point)
  Empty
end
struct Holder
  points: Vec<Point>
end
trait Named
  def named(self): String
end
impl Named for Point
  def named(self): String = self.name
end
impl Point
  def move(self, by: Int)
    self.x += by
  end
  def itself(self): Point = self
end
global last: Vec<Point> = []

def looks(p: Point): Int = p.x + p.name.size
def takes_part(p: Point): String = p.name
def changes(p: Point)
  p.x = 1
  p.move(2)
end
def grows(v: Vec<Point>, n: Int)
  v.push(Point { x: n, name: "", next: None })
  v << v[0]
end
def loops(v: Vec<Point>): Int
  var n = 0
  for p in v
    n += p.x
  end
  return n
end
def element(v: Vec<Point>): Point = v[0]
def apart(s: Shape): Point = match s
  At(p) => p
  _ => Point { x: 0, name: "", next: None }
end
def passes_on(p: Point, v: Vec<Point>): Int = looks(p) + loops(v)
def swaps(p: Point, q: Point, n: Int): Int = if n == 0
  p.x
else
  swaps(q, p, n - 1)
end
def there(p: Point, n: Int): Int = if n == 0; p.x else and_back(p, n) end
def and_back(p: Point, n: Int): Int = there(p, n - 1)
def lent(p: &Point): Int = p.x

def returns(p: Point): Point = p
def returns_by_a_method(p: Point): Point = p.itself()
def names(p: Point): Int
  q = p
  return q.x
end
def stores(p: Point, h: Holder)
  h.points.push(p)
end
def stores_far(p: Point)
  last.push(p)
end
def in_itself(p: Point)
  p.next = Some(p)
end
def in_a_block(p: Point): (Int, Point) = (1, p)
def by_its_name(points: Vec<Point>): Holder = Holder { points }
def captures(p: Point): Fn(): Int = -> p.x
def becomes(p: Point): Int = as_dyn(p)
def as_dyn(p: dyn Named): Int = p.named().size
def through_a_table(p: dyn Named): Int = p.named().size
def the_whole(s: Shape): Shape = match s
  At(_) => Empty
  other => other
end
def and_a_name(s: Shape): Shape = match s
  t @ At(_) => t
  _ => Empty
end
def refers(p: Point): Weak<Point> = Weak.new(p)
def sliced(v: Vec<Point>): Slice<Point> = v[0..1]
def in_a_task(p: Point)
  go looks(p)
end
def yields(p: Point): Iterator<Int>
  yield p.x
end
def hands_to_a_value(p: Point, f: Fn(Point): Int): Int = f(p)
def makes_a_default_of(p: Point, q: Point, all: Vec<Point> = [p]): Int = all.size + q.x
def stores_later(p: Point, q: Point, n: Int)
  if n == 0
    stores_far(p)
  else
    stores_later(q, p, n - 1)
  end
end
def holds_there(p: Point, n: Int)
  holds_and_back(p, n) if n > 0
end
def holds_and_back(p: Point, n: Int)
  stores_far(p) if n == 1
  holds_there(p, n - 1)
end

def main()
end
"""


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    path: Path = tmp_path_factory.mktemp("holding") / "main.qz"
    build = loaded(path, SOURCE)
    assert build.session.sink.diagnostics == []
    return build


def held(build: Build, name: str) -> set[int]:
    """The positions of parameters that may be held on to; numbers are left out."""
    function = function_named(build, name)
    params = build.program.queries.signature(function).params
    holding = build.program.queries.holding
    return {i for i, param in enumerate(params) if param.type != INT and holding.may_hold(function, i)}


@pytest.mark.parametrize(
    "name",
    [
        *("looks", "takes_part", "changes", "grows", "loops", "element", "apart", "passes_on", "swaps"),
        *("there", "and_back", "lent"),
    ],
)
def test_functions_that_hold_on_to_nothing(build: Build, name: str) -> None:
    assert held(build, name) == set()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("returns", {0}),
        ("returns_by_a_method", {0}),
        ("names", {0}),
        ("stores", {0}),
        ("stores_far", {0}),
        ("in_itself", {0}),
        ("in_a_block", {0}),
        ("by_its_name", {0}),
        ("captures", {0}),
        ("becomes", {0}),
        ("through_a_table", {0}),
        ("the_whole", {0}),
        ("and_a_name", {0}),
        ("refers", {0}),
        ("sliced", {0}),
        ("in_a_task", {0}),
        ("yields", {0}),
        ("hands_to_a_value", {0, 1}),
        ("makes_a_default_of", {0}),
        ("stores_later", {0, 1}),
        ("holds_there", {0}),
        ("holds_and_back", {0}),
    ],
)
def test_functions_that_may_hold_on_to_something(build: Build, name: str, expected: set[int]) -> None:
    assert held(build, name) == expected
