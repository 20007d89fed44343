"""Which parameters a function only looks at, and which mentions of constants need no new value."""

from __future__ import annotations

from pathlib import Path

import pytest

from qz.driver.build import Build
from qz.sema.types import INT
from tests.loaded import function_named, loaded

SOURCE = """\
struct Point
  x: Int
  name: String
  parts: Vec<Int>
end

impl Point
  def shown(self): String = "#{self.name} at #{self.x}"
  def move(self, by: Int)
    self.x += by
  end
end

def element(v: Vec<Int>, i: Int): Int = v[i]
def size(v: Vec<Int>): Int = v.size() + v.size
def loops(v: Vec<String>): String
  var all = ""
  for s in v
    all = all + s
  end
  return all
end
def deep(p: Point): Int = p.parts[0] + p.parts.size
def passes_on(v: Vec<Int>, w: Vec<Int>): Int = element(v, size(w))
def recursive(v: Vec<Int>, i: Int): Int = if i == 0
  0
else
  v[i] + recursive(v, i - 1)
end
def swaps(v: Vec<Int>, w: Vec<Int>, i: Int): Int = if i == 0
  v[0]
else
  swaps(w, v, i - 1)
end
def copies(v: Vec<Int>): Int = v.clone().size + v.slice(0, 1)[0]

def returns(v: Vec<Int>): Vec<Int> = v
def gives_part(p: Point): Vec<Int> = p.parts
def pushes(v: Vec<Int>)
  v.push(1)
end
def shovels(v: Vec<Int>)
  v << 1
end
def assigns(v: Vec<Int>)
  v[0] = 1
end
def assigns_field(p: Point)
  p.parts[0] += 1
end
def moves(p: Point)
  p.move(1)
end
def stores(v: Vec<Vec<Int>>, w: Vec<Int>)
  v.push(w)
end
def binds(v: Vec<Int>): Int
  w = v
  return w.size
end
def binds_and_changes(v: Vec<Int>): Int
  w = v
  w.push(1)
  return w.size
end
def binds_and_keeps(v: Vec<Int>): Vec<Int>
  var w = v
  w = [1] if w.empty?
  return w
end
def rows(v: Vec<Vec<Int>>): Int
  var sum = 0
  for row in v
    for x in row
      sum += x
    end
  end
  return sum
end
def row_goes(v: Vec<Vec<Int>>): Vec<Int>
  for row in v
    return row
  end
  return []
end
def row_changes(v: Vec<Vec<Int>>)
  for _, row in v
    row.clear()
  end
end
def row_is_remembered(v: Vec<Vec<Int>>): Int
  var last: Vec<Int> = []
  for row in v
    last = row
  end
  last.push(1)
  return last.size
end
def matches(v: Vec<Vec<Int>>): Int
  return first[0] if v is [first]
  match v
    [_, second, ..rest] if rest.empty? => second[0]
    _ => 0
  end
end
def match_gives(v: Vec<Vec<Int>>): Vec<Int>
  match v
    [first, ..] => first
    _ => []
  end
end
def takes_apart(v: Vec<Vec<Int>>): Int
  [first, ..] = v
  return first.size
end
def takes_apart_and_gives(p: Point): Vec<Int>
  Point { parts } = p
  return parts
end
def narrows(v: Vec<Int> | Point): Vec<Int>
  return v if v is Vec<Int>
  return []
end
def within(v: Vec<String>, m: Map<String, Int>): Bool = "a" in v and "a" in m
def entries(m: Map<String, Vec<Int>>): Int
  var sum = m["a"].size
  for key, value in m
    sum += key.size + value.size
  end
  return sum
end
def entry_size(m: Map<String, Vec<Int>>): Int = m["a"].size + (m.get("b") ?? []).size
def entry_is_bound(m: Map<String, Vec<Int>>): Int
  row = m["a"]
  return row[0] + row.size
end
def entry_is_matched(m: Map<String, Vec<Int>>): Int
  return row.size if m.get("a") is Some(row)
  return 0
end
def entry_changes(m: Map<String, Vec<Int>>)
  m["a"].push(1)
end
def entry_is_remembered(m: Map<String, Vec<Int>>): Vec<Int>
  row = m["a"]
  return row
end
def entry_or_other(m: Map<String, Vec<Int>>): Vec<Int> = m.get("a") ?? []
def entry_put_elsewhere(m: Map<String, Vec<Int>>, all: Vec<Vec<Int>>): Int
  return put(m, all).size
end
def put<T>(m: Map<String, T>, all: Vec<T>): Vec<String>
  all.push(m["a"])
  return m.keys()
end
def entry_goes(m: Map<String, Vec<Int>>): Option<Vec<Int>> = m.get("a")
def any_text(v: Vec<String>): Bool = v.any?(text -> text.empty?)
def any_row(v: Vec<Vec<Int>>): Bool = v.any?(row -> row.empty?)
def any_row_changes(v: Vec<Vec<Int>>): Bool = v.any?(row -> pushes_too(row))
def pushes_too(row: Vec<Int>): Bool
  row.push(1)
  true
end
def any_row_goes(v: Vec<Vec<Int>>): Vec<Vec<Int>> = v.map(row -> row)
def any_row_by_a_value(v: Vec<Vec<Int>>, test: Fn(Vec<Int>): Bool): Bool = v.any?(test)
def any_row_taken_apart(v: Vec<(Int, Vec<Int>)>): Vec<Vec<Int>> = v.map((_, row) -> row)
def any_row_by_promise(v: Vec<Vec<Int>>, test: Fn(&Vec<Int>): Bool): Bool = v.any?(test)
def in_a_task(v: Vec<Int>)
  go element(v, 0)
end
def made_where_missing(m: Map<String, Vec<Int>>): Int = m.get_or_set("a", -> []).size
def texts(v: Vec<String>, m: Map<String, String>): Int = v.map(text -> text.size).size + m["a"].size
def any<T>(v: Vec<T>, test: Fn(T): Bool): Bool = v.any?(test)
def any_shared(v: Vec<String>, w: Vec<Vec<Int>>): Bool = any(v, x -> x.empty?) and any(w, x -> x.empty?)
@value struct Cell { row: Int, name: String }
def cell_name(v: Vec<Cell>): String
  cell = v[0]
  return cell.name + v.get_unchecked(1).name
end
def element_of_elements(v: Vec<Vec<Int>>): Vec<Int> = v[0]
def copies_of_elements(v: Vec<Vec<Int>>): Int = v.clone().size
def pushes_later(v: Vec<Int>, w: Vec<Int>, i: Int): Int = if i == 0
  pushes(v)
  0
else
  pushes_later(w, v, i - 1)
end
def there(v: Vec<Int>, i: Int): Int = if i == 0
  v[0]
else
  and_back(v, i)
end
def and_back(v: Vec<Int>, i: Int): Int = there(v, i - 1)

const NUMBERS = [1, 2, 3]
def uses(): Int
  a = NUMBERS[0] + NUMBERS.size
  b = element(NUMBERS, 1)
  c = returns(NUMBERS)
  d = NUMBERS
  e = NUMBERS
  e.push(1)
  return a + b + c[0] + d[0]
end

def main()
end
"""


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    path: Path = tmp_path_factory.mktemp("reading") / "main.qz"
    build = loaded(path, SOURCE)
    assert build.session.sink.diagnostics == []
    return build


def looked_at(build: Build, name: str) -> set[int]:
    """The positions of parameters that are only looked at; numbers are left out."""
    function = function_named(build, name)
    params = build.program.queries.signature(function).params
    found = build.program.queries.reading.looked_at(function)
    return {position for position in found if params[position].type != INT}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("element", {0}),
        ("size", {0}),
        ("loops", {0}),
        ("deep", {0}),
        ("passes_on", {0, 1}),
        ("recursive", {0}),
        ("swaps", {0, 1}),
        ("shown", {0}),
        ("copies", {0}),
        ("returns", set()),
        ("gives_part", set()),
        ("pushes", set()),
        ("shovels", set()),
        ("assigns", set()),
        ("assigns_field", set()),
        ("moves", set()),
        ("stores", set()),
        ("binds", {0}),
        ("binds_and_changes", set()),
        ("binds_and_keeps", set()),
        ("rows", {0}),
        ("row_goes", set()),
        ("row_changes", set()),
        ("row_is_remembered", set()),
        ("matches", {0}),
        ("match_gives", set()),
        ("takes_apart", {0}),
        ("takes_apart_and_gives", set()),
        ("narrows", set()),
        ("within", {0, 1}),
        ("entries", {0}),
        ("entry_goes", set()),
        ("entry_size", {0}),
        ("entry_is_bound", {0}),
        ("entry_is_matched", {0}),
        ("entry_changes", set()),
        ("entry_is_remembered", set()),
        ("entry_or_other", set()),
        ("entry_put_elsewhere", set()),
        ("any_text", {0}),
        ("any_row", {0}),
        ("any_row_changes", set()),
        ("any_row_goes", set()),
        ("any_row_by_a_value", set()),
        ("any_row_taken_apart", set()),
        ("any_row_by_promise", {0, 1}),
        ("made_where_missing", set()),
        ("in_a_task", {0}),
        ("texts", {0, 1}),
        ("any_shared", {0, 1}),
        ("cell_name", {0}),
        ("element_of_elements", set()),
        ("copies_of_elements", set()),
    ],
)
def test_parameters_that_are_only_looked_at(build: Build, name: str, expected: set[int]) -> None:
    assert looked_at(build, name) == expected


def test_what_happens_in_some_later_turn_counts(build: Build) -> None:
    assert looked_at(build, "pushes_later") == set()


def test_functions_that_call_each_other_come_to_an_end(build: Build) -> None:
    # Nothing is lost but a copy where the circle is not seen through.
    assert looked_at(build, "there") <= {0}
    assert looked_at(build, "and_back") <= {0}


def test_mentions_that_look_are_marked(build: Build) -> None:
    function = function_named(build, "uses")
    with build.arenas.function("uses") as arena:
        body = build.program.queries.body(function, arena)
        tokens = body.module.tokens
        lines = sorted(tokens.source.line_of(tokens.start[arena.token[node]]) for node in body.looks)
    first = SOURCE[: SOURCE.index("  a = NUMBERS")].count("\n") + 1
    assert lines == [first, first, first + 1, first + 3]
