"""Which instances of generic functions a program needs, and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loaded import loaded

TYPES = """
struct Point
  x: Int
end

struct Line
  from: Point
end
"""


def instances(tmp_path: Path, text: str) -> tuple[list[str], list[str]]:
    """The symbols of the instances that are generated, sorted, and the codes found."""
    path = tmp_path / "main.qz"
    made = loaded(path, TYPES + text)
    symbols = sorted(unit.symbol for unit in made.functions() if "$main" not in unit.symbol)
    return symbols, [finding.code for finding in made.session.sink.diagnostics]


def test_what_no_bound_asks_anything_of_is_shared_by_shape(tmp_path: Path) -> None:
    text = """
def first<T>(items: Vec<T>): T = items[0]

def main()
  p = Point { x: 1 }
  first(["a"])
  first([p])
  first([Line { from: p }])
  first([[1]])
  first([1])
  first([1u8])
  first([1.5])
end
"""
    symbols, codes = instances(tmp_path, text)
    assert symbols == ["main$first$F64", "main$first$Int", "main$first$U8", "main$first$ref"]
    assert codes == []


def test_specialised_functions_have_an_instance_a_type_and_shared_code_has_the_shared_one(
    tmp_path: Path,
) -> None:
    text = """
@specialize
def first<T>(items: Vec<T>): T = items[0]

def through<T>(items: Vec<T>): T = first(items)

def main()
  first(["a"])
  first([Point { x: 1 }])
  first([1])
  through(["a"])
  through([Point { x: 1 }])
end
"""
    symbols, codes = instances(tmp_path, text)
    specialised = ["main$first$Int", "main$first$Point", "main$first$String"]
    assert symbols == [*specialised, "main$first$ref", "main$through$ref"]
    assert codes == []


def test_what_may_have_to_do_with_a_union_of_type_parameters_has_an_instance_a_type(tmp_path: Path) -> None:
    text = """
struct Holds<T>
  x: T | String
end

def held<T>(x: T): Bool
  h = Holds { x: x }
  h.x is T
end

def through<T>(x: T): Bool = held(x)
def either<A, B>(a: A, b: B): Bool
  x: A | B = a
  x is B
end
def same<T>(x: T): T = x

def main()
  through([1])
  through(Point { x: 1 })
  either("a", [1])
  same("a")
  same([1])
end
"""
    symbols, codes = instances(tmp_path, text)
    assert symbols == [
        "main$either$String$Vec<Int>",
        "main$held$Point",
        "main$held$Vec<Int>",
        "main$same$ref",
        "main$through$Point",
        "main$through$Vec<Int>",
    ]
    assert codes == []


def test_a_bound_is_met_by_each_type_in_its_own_way(tmp_path: Path) -> None:
    text = """
def same<T: Eq>(a: T, b: T): Bool = a == b

def main()
  same("a", "b")
  same([1], [2])
  same(1, 2)
end
"""
    symbols, _ = instances(tmp_path, text)
    assert [s for s in symbols if s.startswith("main$same")] == [
        "main$same$Int",
        "main$same$String",
        "main$same$Vec<Int>",
    ]


def test_parameters_without_a_type_give_an_instance_a_type(tmp_path: Path) -> None:
    text = """
def double(x) = x + x

def main()
  double(1)
  double(2)
  double("a")
end
"""
    assert instances(tmp_path, text) == (["main$double$Int", "main$double$String"], [])


def test_a_method_of_a_trait_goes_by_the_type_it_is_for(tmp_path: Path) -> None:
    text = """
trait Named
  def name(self): String
  def greeting(self): String = "hello " + self.name()
end

impl Named for Point
  def name(self): String = "point"
end

def main()
  Point { x: 1 }.greeting()
end
"""
    assert instances(tmp_path, text) == (["Point$greeting", "Point$name"], [])


def test_types_of_one_name_have_methods_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "other.qz").write_text(
        "struct Point\n  y: Int\nend\n\nimpl Point\n  def size(self): Int = 2\nend\n"
    )
    text = """
import other

impl Point
  def size(self): Int = 1
end

def main()
  Point { x: 1 }.size()
  made().size()
end

def made(): other::Point = other::Point { y: 1 }
"""
    symbols, codes = instances(tmp_path, text)
    assert sorted(s for s in symbols if "size" in s) == ["Point$size", "Point$size.v2"]
    assert codes == []


def test_a_generic_definition_is_checked_though_nobody_calls_it(tmp_path: Path) -> None:
    text = """
def broken<T>(x: T): Bool = x < x

def main()
  puts("x")
end
"""
    assert instances(tmp_path, text)[1] == ["QZ0402"]


@pytest.mark.parametrize("larger", ["Some(x)", "(x, x)"])
def test_instances_without_end_are_an_error(tmp_path: Path, larger: str) -> None:
    text = f"""
def grow<T: Show>(x: T, n: Int): Int
  return n if n == 0
  return grow({larger}, n - 1)
end

def main()
  grow(1, 3)
end
"""
    assert instances(tmp_path, text)[1] == ["QZ0314"]


def test_a_function_that_only_moves_values_about_needs_no_end_of_instances(tmp_path: Path) -> None:
    text = """
def nest<T>(x: T, n: Int): Int
  return n if n == 0
  return nest([x], n - 1)
end

def main()
  nest(1, 3)
end
"""
    assert instances(tmp_path, text) == (["main$nest$Int", "main$nest$ref"], [])
