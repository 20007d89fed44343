"""`qz doc`: what modules offer, as text and as a page."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from qz.base.locations import std_root
from qz.driver.commands import doc
from qz.driver.options import Options

MODULE = """\
## Shapes of a picture.
## The second line.

import std/math

## How many there may be.
const LIMIT = 10

## A point.
##
##     Point { x: 1, y: 2 }.norm()     # => 5
@value
struct Point
  x: Int
  y: Int = 0
  _seen: Int = 0
end

enum Shape
  Dot(Point)
  Line(from: Point, to: Point)
end

struct Picture
  shapes: Vec<Shape>
end

trait Measured
  ## Its length.
  def length(self): Int
end

impl Measured for Point
  def length(self): Int = self.norm()
end

extend Point
  ## The distance from nowhere.
  def norm(self) = self.x * self.x + self.y * self.y

  def _inner(self): Int = 1
end

## Keeps a name, and looks at another; numbers are copied.
def keep(
  held: Vec<String>, seen: Vec<String>,
  n: Int = 3,
): Picture
  names = [held]
  return picture(names, seen.size + n)
end

private def picture(names: Vec<Vec<String>>, n: Int): Picture = Picture { shapes: [] }

def first_of(pair: (String, String)) = pair.0

def same(found: Option<Int>): Option<Int> = found

macro twice(x) do
  quote do
    unquote(x)
    unquote(x)
  end
end

test "nothing of tests" do
  assert(true)
end
"""

TEXT = """\
module {file}
  Shapes of a picture.
  The second line.

const LIMIT = 10
    How many there may be.

@value
struct Point
  x: Int
  y: Int = 0
end
    A point.

        Point {{ x: 1, y: 2 }}.norm()     # => 5

enum Shape
  Dot(Point)
  Line(from: Point, to: Point)
end

struct Picture
  shapes: Vec<Shape>
end

trait Measured

  def length(self): Int
      Its length.

impl Measured for Point

extend Point

  def norm(self): Int
      The distance from nowhere.

def keep(held: Vec<String>, seen: Vec<String>, n: Int = 3): Picture
    Keeps a name, and looks at another; numbers are copied.
    Takes over `held`.

def first_of(pair: (String, String)): String

def same(found: Option<Int>): Option<Int>

macro twice(x) do
"""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "shapes.qz"
    path.write_text(MODULE)
    return path


def run(*words: str, html: str | None = None) -> int:
    return doc.run_doc(Options(files=words, color="never", use_cache=False), 0.0, html)


def test_a_module_is_shown_as_it_is_written(module, capsys):
    assert run(str(module)) == 0
    assert capsys.readouterr().out == TEXT.format(file=module)


def test_a_method_comes_with_what_holds_it(module, capsys):
    assert run(f"{module}::norm") == 0
    expected = f"module {module}\n\nextend Point\n\n  def norm(self): Int\n      The distance from nowhere.\n"
    assert capsys.readouterr().out == expected


@pytest.mark.parametrize(
    ("word", "problem"),
    [
        ("std/vec::nothing", "error[QZ9007]: `std/vec` has no public `nothing`"),
        ("std/nothing", "error[QZ0601]: cannot find module `std/nothing`"),
        ("nothing.qz", "error[QZ9001]"),
    ],
)
def test_what_is_not_there_is_said(word, problem, capsys):
    assert run(word) == 1
    shown = capsys.readouterr()
    assert problem in shown.err
    assert not shown.out


def test_what_is_private_is_nothing_to_others(module, capsys):
    assert run(f"{module}::picture") == 1
    assert "has no public `picture`" in capsys.readouterr().err


def test_the_library_is_listed_without_parts_of_its_modules(capsys):
    assert run() == 0
    listed = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert listed["std/option"] == "Methods of `Option<T>`: a value that may be absent"
    assert "std/collections" in listed
    assert "std/json" in listed
    assert "std/json/parser" not in listed
    assert not any(name.startswith("std/rt") for name in listed)


class _Page(HTMLParser):
    """The links of a page, its places, and whether every element that was begun was ended."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "input"):
            self.open.append(tag)
        for name, value in attrs:
            if name == "href":
                self.links.append(str(value))
            elif name == "id":
                self.places.append(str(value))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_of_the_library_has_all_of_it(tmp_path):
    out = tmp_path / "library.html"
    assert run("std", html=str(out)) == 0
    page = _Page(out.read_text())
    assert not page.open
    assert [link.removeprefix("#") for link in page.links] == doc.library_modules()
    assert {"std/vec::push", "std/option::unwrap_or", "std/net/http::get", "std/weak"} <= set(page.places)


def test_every_module_of_the_library_says_what_it_is_for(capsys):
    assert run() == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(doc.library_modules())
    assert all(len(line.split(maxsplit=1)) == 2 for line in lines), std_root()
