"""Which functions need no more of their vectors than the elements and how many there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from qz.driver.build import Build
from qz.driver.options import Options
from qz.driver.session import Session

SOURCE = """\
import std/math

@value struct Point { x: F64, y: F64 }
@value struct Named { x: F64, name: String }
struct Shape { points: Vec<Point> }
global counter: Int = 0
global all: Vec<Int> = []

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
  counter = i
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
def calls(v: Vec<Int>): Int = sum(v)
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
    path.write_text(SOURCE)
    build = Build(Session(Options(files=(str(path),))))
    assert build.load(str(path))
    assert build.session.sink.diagnostics == []
    return build


def positions(build: Build, name: str) -> tuple[int, ...]:
    assert build.main_module is not None
    function = next(f for f in build.main_module.functions if f.name == name)
    return build.program.queries.bare_vectors.positions(function)


@pytest.mark.parametrize(("name", "expected"), [("sum", (0,)), ("saxpy", (1, 2)), ("bend", (0,))])
def test_functions_that_compute(build: Build, name: str, expected: tuple[int, ...]) -> None:
    assert positions(build, name) == expected


@pytest.mark.parametrize(
    "name",
    [
        *("grows", "shifts", "shrinks", "keeps", "gives", "names", "calls", "calls_what_it_gets", "lets"),
        *("slices", "shows", "of_strings", "of_named", "of_shapes", "by_a_struct", "of_the_module"),
        *("compares", "panics", "numbers"),
    ],
)
def test_others(build: Build, name: str) -> None:
    assert positions(build, name) == ()
