"""Which parameters a function may hold on to a block of, or put another one in the place of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from qz.driver.build import Build
from tests.loaded import function_named, loaded

SOURCE = """\
struct Inner
  x: Int
end
extend Inner
  def step(self): Int
    self.x += 1
    self.x
  end
  def itself(self): Inner = self
end
struct Outer
  inner: Inner
  name: String
  all: Vec<Inner>
  maybe: Option<Inner>
  f: Fn(Int): Int
end
extend Outer
  def next(self): Option<Int>
    match self.inner.step()
      3 => None
      n => Some((self.f)(n))
    end
  end
end
global last: Vec<Inner> = []

def looks(o: Outer): Int = o.inner.x + o.all[0].x + o.name.size
def changes(o: Outer)
  o.inner.x = 1
  o.name = "changed"
end
def steps(o: Outer): Int = o.inner.step()
def sums(o: Outer): Int
  var sum = 0
  while o.next() is Some(n)
    sum += n
  end
  return sum
end
def text(o: Outer): String = o.name
def function(o: Outer): Fn(Int): Int = o.f
def element(o: Outer): Inner = o.all[0]
def passes_on(o: Outer): Int = sums(o) + text(o).size
def to_and_fro(o: Outer, n: Int): Int = if n == 0; o.inner.x else to_and_fro(o, n - 1) end

def part(o: Outer): Inner = o.inner
def part_of_lent(o: &Outer): Inner = o.inner
def lends(o: Outer): Inner = part_of_lent(o)
def named(o: Outer): Int
  inner = o.inner
  return inner.x
end
def by_a_method(o: Outer): Inner = o.inner.itself()
def matched(o: Outer): Int = match o.maybe
  Some(inner) => inner.x
  None => 0
end
def kept(o: Outer)
  last.push(o.inner)
end
def in_its_own_vector(o: Outer)
  o.all.push(o.inner)
end
def in_a_lambda(o: Outer): Fn(): Int = -> o.inner.x
def in_a_tuple(o: Outer): (Inner, Int) = (o.inner, 1)
def replaced(o: Outer, inner: Inner)
  o.inner = inner
end
def further(o: Outer): Int = named(o)
def the_whole(o: Outer): Outer = o

def main()
end
"""


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    path: Path = tmp_path_factory.mktemp("holding") / "main.qz"
    build = loaded(path, SOURCE)
    assert build.session.sink.diagnostics == []
    return build


def is_held(build: Build, name: str) -> bool:
    return build.program.queries.whole_holding.may_hold(function_named(build, name), 0)


@pytest.mark.parametrize(
    "name",
    ["looks", "changes", "steps", "sums", "text", "function", "element", "passes_on", "to_and_fro"],
)
def test_functions_that_leave_all_blocks_where_they_are(build: Build, name: str) -> None:
    assert not is_held(build, name)


@pytest.mark.parametrize(
    "name",
    [
        *("part", "part_of_lent", "lends", "named", "by_a_method", "matched", "kept", "in_its_own_vector"),
        *("in_a_lambda", "in_a_tuple", "replaced", "further", "the_whole"),
    ],
)
def test_functions_that_may_not(build: Build, name: str) -> None:
    assert is_held(build, name)
