"""Which functions need no more of their vectors than the elements and how many there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from qz.driver.build import Build
from tests.loaded import function_named, loaded

SOURCE = """\
import std/math

@value struct Point { x: F64, y: F64 }
@value struct Named { x: F64, name: String }
struct Shape { points: Vec<Point> }
global counter: Int = 0
global all: Vec<Int> = []
global origin: Point = Point { x: 0.0, y: 0.0 }

def sum(v: Vec<Int>): Int
  var found = 0
  for x in v
    found += x
  end
  return found
end
def saxpy(a: F32, x: Vec<F32>, y: Vec<F32>)
  for i in 0..y.size
    y[i] = a * x[i] + y[i]
  end
end
def bend(points: Vec<Point>, by: F64)
  var i = 0
  while i < points.size and points[i].x > 0.0
    p = points[i]
    points[i].x -= math::sqrt(p.y * by)
    points[i] = Point { x: p.y, y: p.x.abs() } if i & 1 == 0
    i += 1
  end
end
def calls(v: Vec<Int>, n: Int): Int = twice(v[n]) + sum(v)
def twice(n: Int): Int = n + odd(n)
def odd(n: Int): Int = if n == 0; 0 else even(n - 1) end
def even(n: Int): Int = if n == 0; counter else odd(n - 1) end

@weak
def weak(n: Int): Int = n
def calls_weak(v: Vec<Int>): Int = weak(v[0])
def calls_itself(v: Vec<Int>, n: Int): Int = if n == 0; v[0] else calls_itself(v, n - 1) end
def there(v: Vec<Int>, n: Int): Int = if n == 0; v[0] else back(v, n - 1) end
def back(v: Vec<Int>, n: Int): Int = there(v, n)
def writes(v: Vec<Int>)
  counter = v[0]
end
def places(v: Vec<Int>)
  origin.x = v[0] as F64
end
def calls_others(v: Vec<Int>): Int
  writes(v)
  return 1
end
def grows(v: Vec<Int>)
  v.push(1)
end
def shifts(v: Vec<Int>)
  v << 1
end
def shrinks(v: Vec<Int>): Int = v.pop() ?? 0
def keeps(v: Vec<Int>)
  all = v
end
def gives(v: Vec<Int>): Vec<Int> = v
def names(v: Vec<Int>): Int
  w = v
  return w[0]
end
def calls_what_it_gets(v: Vec<Int>, f: fn(Int) -> Int): Int = f(v[0])
def lets(v: Vec<Int>): Int
  f = x -> x + v[0]
  return f(1)
end
def slices(v: Vec<Int>): Int = v[1..].size
def shows(v: Vec<Int>): String = "#{v[0]}"
def of_strings(v: Vec<String>): Int = v[0].size
def of_named(v: Vec<Named>): F64 = v[0].x
def of_shapes(v: Vec<Shape>): Int = v[0].points.size
def by_a_struct(v: Vec<Int>, s: Shape): Int = v[s.points.size]
def of_the_module(v: Vec<Int>): Int = v[0] + all[0]
def compares(v: Vec<Int>, w: Vec<Int>): Bool = v == w
def panics(v: Vec<Int>)
  panic("empty") if v.size == 0
end
def numbers(n: Int): Int = n

def main()
end
"""


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    path: Path = tmp_path_factory.mktemp("bare") / "main.qz"
    build = loaded(path, SOURCE)
    assert build.session.sink.diagnostics == []
    return build


def positions(build: Build, name: str) -> tuple[int, ...]:
    return build.program.queries.bare_vectors.positions(function_named(build, name))


@pytest.mark.parametrize(
    ("name", "expected"), [("sum", (0,)), ("saxpy", (1, 2)), ("bend", (0,)), ("calls", (0,))]
)
def test_functions_that_compute(build: Build, name: str, expected: tuple[int, ...]) -> None:
    assert positions(build, name) == expected


@pytest.mark.parametrize(
    "name",
    [
        *("grows", "shifts", "shrinks", "keeps", "gives", "names", "writes", "calls_what_it_gets", "lets"),
        *("slices", "shows", "of_strings", "of_named", "of_shapes", "by_a_struct", "of_the_module"),
        *("compares", "panics", "numbers", "calls_others", "places"),
        *("calls_weak", "calls_itself", "there", "back"),
    ],
)
def test_others(build: Build, name: str) -> None:
    assert positions(build, name) == ()
