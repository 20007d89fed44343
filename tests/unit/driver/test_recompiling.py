"""A program that changes, step by step: what is compiled again with the help of what is known is what a clean
build gives, to the byte, and so are the reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from qz.driver.caching.cache import Cache
from qz.driver.checking import checked
from qz.driver.options import Options
from tests.unit.driver.compiling import Result, collecting, compiled

FILES = {
    "main.qz": """\
import shapes
import texts
import keeping
import numbers

global counter: Int = 3
global table: Vec<Int> = [1, 2, 4]

macro twice(x) do
  quote do
    unquote(x) + unquote(x)
  end
end

type Either = Int | String

def either(n: Int): Either
  return n if n > 2
  return "small"
end

def main(): Int
  counter += answer()
  puts("#{counter} #{table.size} #{LIMITS[1]} #{biggest()} #{$twice(counter)}")
  c = Circle { r: 2 }
  puts("#{c} #{c.area()} #{c.doubled()} #{described(c)} #{area_of(c)}")
  puts("#{mixed(3)} #{names(["b", "a"])} #{pair_of(1, "x").second} #{joined(1, "x")}")
  puts("#{either(counter)} #{kind(Square(4))} #{kind(Nothing)}")
  puts("#{applied(x -> x + counter)} #{sum_of(LIMITS)} #{7.tripled()} #{guess(5)} #{Meters(4)}")
  puts("#{with_default()} #{with_default(9)} #{Options { }.level} #{fact(5)} #{wide([1, 2].map(x -> x * 2))}")
  return 0
end
""",
    "numbers.qz": """\
def answer(): Int = 42
def base(): Int = 10
def scaled(n: Int): Int = n * base()

const LIMITS = [1, scaled(2), 3]
const MOST = scaled(3)

def biggest(): Int = MOST + 1

extend Int
  def tripled(self): Int = self * 3
end

newtype Meters = Int

def guess(n: Int) = n + 1

def with_default(n: Int = base() + 1, m: Int = n * 2): Int = n + m

def fact(0) = 1
def fact(n: Int): Int = n * fact(n - 1)
""",
    "shapes.qz": """\
trait Shape
  def area(self): Int
  def doubled(self): Int = self.area() * 2
end

struct Circle
  r: Int
  label: String = "c"
end

impl Shape for Circle
  def area(self): Int = self.r * self.r * 3
end

enum Kind
  Square(Int)
  Nothing
end

def kind(k: Kind): Int
  match k
    Square(n) => n
    _ => 0
  end
end

def area_of<T: Shape>(shape: T): Int = shape.area()
def described(shape: dyn Shape): Int = shape.area() + 1
""",
    "texts.qz": """\
struct Pair<A, B>
  first: A
  second: B
end

struct Options
  level: Int = 3
end

def pair_of<A, B>(a: A, b: B): Pair<A, B> = Pair { first: a, second: b }

def mixed(n: Int) = "n is #{n}"

def joined(a, b) = "#{a}#{b}"

def names(all: Vec<String>): String
  return all.sorted().join(",")
end

def wide(v: Vec<Int>): String = "#{v}"
""",
    "keeping.qz": """\
global kept: Vec<Fn(Int): Int> = []

def keep(f: Fn(Int): Int): Int
  return f(1)
end

def applied(f: Fn(Int): Int): Int = keep(f) + keep(x -> x * 2)

def sum_of(v: Vec<Int>): Int
  var sum = 0
  for x in v
    sum += x
  end
  return sum
end
""",
}

# Each turns something to the second way and back again.
EDITS = {
    "a body": ("numbers.qz", "def answer(): Int = 42", "def answer(): Int = 43"),
    "a line more": ("numbers.qz", "def base(", "# More.\ndef base("),
    "what constants are made with": ("numbers.qz", "Int = 10", "Int = 11"),
    "what makes constants": ("numbers.qz", "Int = n * base()", "Int = n + n * base()"),
    "a constant": ("numbers.qz", "[1, scaled(2), 3]", "[1, scaled(2), 3, 4]"),
    "a constant's kind": ("numbers.qz", "const MOST = scaled(3)", "const MOST = 3"),
    "a method of a type of the language": ("numbers.qz", "self * 3", "self * 3 + 1"),
    "a newtype": ("numbers.qz", "newtype Meters = Int", "newtype Meters = U8"),
    "a result that is not written": ("numbers.qz", "(n: Int) = n + 1", '(n: Int) = "#{n}!"'),
    "how a result is found that is not written": ("numbers.qz", "(n: Int) = n + 1", "(n: Int) = n + 2"),
    "a default": ("numbers.qz", "n: Int = base() + 1", "n: Int = base() + 2"),
    "a default that mentions a parameter": ("numbers.qz", "m: Int = n * 2", "m: Int = n * 3"),
    "a constant default": ("numbers.qz", "n: Int = base() + 1", "n: Int = 5"),
    "a clause": ("numbers.qz", "def fact(0) = 1", "def fact(0) = 1\ndef fact(1) = 1"),
    "a method with a body": ("shapes.qz", "self.area() * 2", "self.area() + 2"),
    "a method of a trait written anew": (
        "shapes.qz",
        "self.r * self.r * 3\n",
        "self.r * self.r * 3\n  def doubled(self): Int = 1\n",
    ),
    "a method more": (
        "shapes.qz",
        "  def doubled",
        "  def halved(self): Int = self.area() / 2\n  def doubled",
    ),
    "a field more": ("shapes.qz", "struct Circle\n  r: Int", "struct Circle\n  q: Int = 1\n  r: Int"),
    "the type of a field": ("shapes.qz", 'label: String = "c"', "label: Int = 1"),
    "a value struct": ("shapes.qz", "struct Circle", "@value\nstruct Circle"),
    "how it is shown": (
        "shapes.qz",
        "enum Kind",
        'impl Show for Circle\n  def show(self): String = "circle"\nend\n\nenum Kind',
    ),
    "how it goes": (
        "shapes.qz",
        "enum Kind",
        "impl Drop for Circle\n  def drop(self)\n  end\nend\n\nenum Kind",
    ),
    "a variant more": ("shapes.qz", "  Nothing\nend", "  Nothing\n  Other\nend"),
    "variants in another order": (
        "shapes.qz",
        "  Square(Int)\n  Nothing\nend",
        "  Nothing\n  Square(Int)\nend",
    ),
    "a match": ("shapes.qz", "    _ => 0", "    Nothing => 0"),
    "a generic body": ("shapes.qz", "T): Int = shape.area()", "T): Int = shape.area() + 2"),
    "a table of methods": (
        "shapes.qz",
        "  def area(self): Int\n  def doubled",
        "  def area(self): Int\n  def x(self): Int = 1\n  def doubled",
    ),
    "a union of type parameters": (
        "texts.qz",
        "Pair<A, B> = Pair {",
        'Pair<A, B>\n  x: A | B = a\n  panic("") if x is B\n  Pair { first: a, second: b }\nend\n'
        "def other<A, B>(a: A, b: B): Pair<A, B> = Pair {",
    ),
    "a generic struct": ("texts.qz", "  second: B\n", "  third: Int = 3\n  second: B\n"),
    "the default of a field": ("texts.qz", "level: Int = 3", "level: Int = 4"),
    "a text": ("texts.qz", '"n is #{n}"', '"n was #{n}"'),
    "where a function of any types stands": ("texts.qz", "def joined(", "# More.\ndef joined("),
    "a result of another type": ("texts.qz", '= "n is #{n}"', "= n"),
    "what a module sees": ("texts.qz", "struct Pair", "def puts(x: Int): Int = x\n\nstruct Pair"),
    "whether a lambda is kept": ("keeping.qz", "  return f(1)", "  kept.push(f)\n  return f(1)"),
    "whether a vector is only looked at": (
        "keeping.qz",
        "  var sum = 0\n  for",
        "  var sum = 0\n  v.push(1)\n  for",
    ),
    "what a global begins with": ("main.qz", "counter: Int = 3", "counter: Int = 4"),
    "a global that C shares": ("main.qz", "global counter", "@export global counter"),
    "a function that C calls": ("numbers.qz", "def answer(", "@weak def answer("),
    "a table": ("main.qz", "[1, 2, 4]", "[1, 3]"),
    "a macro": ("main.qz", "(x) + unquote", "(x) * unquote"),
    "a union": ("main.qz", "Int | String", "Int | Bool | String"),
    "an import": ("main.qz", "import numbers\n", "import numbers\nimport { fact, guess } from numbers\n"),
    "an unused variable": ("main.qz", "  c = Circle", "  unused = 1\n  c = Circle"),
    "a mistake": ("main.qz", "  return 0", '  return "0"'),
    "a name that hides another": ("main.qz", "def either", "def biggest(): Int = 1\n\ndef either"),
}


class Unreliable(Cache):
    """A cache on a disk that is full at times, which others clean up meanwhile."""

    rng = Random(1)

    def get(self, key: str) -> bytes | None:
        """Nothing, now and then."""
        return super().get(key) if self.rng.random() < 0.9 else None

    def touch(self, key: str) -> bool:
        """The same."""
        return super().touch(key) and self.rng.random() < 0.9

    def put(self, key: str, data: bytes) -> bool:
        """Fails now and then."""
        return self.rng.random() < 0.7 and super().put(key, data)


class Losing(Cache):
    """A cache that others clean up between a look whether something is there and reading it."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.promised: set[str] = set()

    def get(self, key: str) -> bytes | None:
        """Nothing of what was there."""
        return None if key in self.promised else super().get(key)

    def touch(self, key: str) -> bool:
        """Makes a promise that is not kept."""
        self.promised.add(key)
        return True


class World:
    """The files of the program, each edit made or not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts = dict(FILES)
        self.made: set[str] = set()
        self.write()

    @property
    def main(self) -> Path:
        """The main file."""
        return self.folder / "main.qz"

    def write(self) -> None:
        """Writes every file."""
        for name, text in self.texts.items():
            (self.folder / name).write_text(text)

    def turn(self, what: str) -> bool:
        """Makes an edit, or takes it back; False where another one is in its way."""
        name, one, other = EDITS[what]
        if what in self.made:
            one, other = other, one
        if self.texts[name].count(one) != 1:
            return False
        self.texts[name] = self.texts[name].replace(one, other)
        self.made ^= {what}
        self.write()
        return True


@pytest.fixture
def world(tmp_path: Path) -> World:
    """The program as it is above."""
    folder = tmp_path / "program"
    folder.mkdir()
    return World(folder)


def both(world: World, tmp_path: Path, cache_type: Callable[[str], Cache] = Cache) -> tuple[Result, Result]:
    """With what is known, and clean."""
    cache = cache_type(str(tmp_path / "cache"))
    again = compiled(world.main, tmp_path / "again", cache)
    return again, compiled(world.main, tmp_path / "clean", cache, recall=False)


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_and_back_again(world: World, tmp_path: Path, what: str) -> None:
    cache = Cache(str(tmp_path / "cache"))
    first = compiled(world.main, tmp_path / "again", cache)  # with nothing known
    assert first.objects
    assert world.turn(what)
    again, clean = both(world, tmp_path)
    assert (again.reports, again.objects) == (clean.reports, clean.objects)
    assert world.turn(what)
    back = compiled(world.main, tmp_path / "again", cache)
    assert (back.reports, back.objects) == (first.reports, first.objects)


@pytest.mark.parametrize("seed", range(2))
def test_edits_in_any_order(world: World, tmp_path: Path, seed: int) -> None:
    rng = Random(seed)
    for _ in range(12):
        for what in rng.sample(sorted(EDITS), rng.choice((1, 1, 2, 5))):
            world.turn(what)
        again, clean = both(world, tmp_path)
        assert again.reports == clean.reports, world.made
        assert again.objects == clean.objects, world.made


def test_a_disk_that_is_full_at_times_and_files_that_go_do_not_matter(world: World, tmp_path: Path) -> None:
    rng = Random(7)
    for _ in range(12):
        world.turn(rng.choice(sorted(EDITS.keys() - {"a mistake"})))
        again, clean = both(world, tmp_path, Unreliable)
        assert again.reports == clean.reports, world.made
        assert again.objects == clean.objects, world.made


def test_checks_are_the_same_with_what_is_known(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    rng = Random(3)

    def reports(*, use_cache: bool) -> list[tuple[str, str]]:
        options = Options(files=(str(world.main),), use_cache=use_cache)
        with collecting():
            session = checked(options, str(world.main))
        return [(f"{found.code} {found.span}", found.message) for found in session.sink.in_source_order()]

    for _ in range(25):
        world.turn(rng.choice(sorted(EDITS)))
        assert reports(use_cache=True) == reports(use_cache=False), world.made
        assert reports(use_cache=True) == reports(use_cache=False), world.made


def test_a_body_is_one_function_and_one_unit(world: World, tmp_path: Path) -> None:
    _, _ = both(world, tmp_path)
    world.turn("a body")
    again, _ = both(world, tmp_path)
    assert again.rebuilt.functions == {"numbers$answer": "its text changed"}
    assert again.rebuilt.n_recalled > 20


def test_a_mistake_makes_nothing_be_forgotten(world: World, tmp_path: Path) -> None:
    both(world, tmp_path)
    edits = ("a body", "a mistake")
    for what in edits:
        world.turn(what)
    both(world, tmp_path)
    for what in edits:
        world.turn(what)
    again, _ = both(world, tmp_path)
    assert not again.rebuilt.functions


def test_texts_that_went_are_made_again_once(world: World, tmp_path: Path) -> None:
    both(world, tmp_path)
    world.turn("a body")
    again = compiled(world.main, tmp_path / "again", Losing(str(tmp_path / "cache")))
    assert again.rebuilt.n_recalled == 0
    again, _ = both(world, tmp_path)
    assert not again.rebuilt.functions


def test_a_signature_is_its_callers(world: World, tmp_path: Path) -> None:
    both(world, tmp_path)
    world.turn("a constant default")
    again, _ = both(world, tmp_path)
    header = ["numbers$with_default", "numbers$with_default$default2"]
    assert sorted(again.rebuilt.functions) == ["main$main", *header]


def test_a_folder_that_has_moved_is_known(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(str(tmp_path / "cache"))
    monkeypatch.chdir(world.folder)
    first = compiled(Path("main.qz"), tmp_path / "work", cache)
    moved = world.folder.rename(tmp_path / "moved")
    monkeypatch.chdir(moved)
    second = compiled(Path("main.qz"), tmp_path / "work", cache)
    assert second.objects == first.objects
    assert not second.rebuilt.functions
    assert not [path for path in (tmp_path / "cache").rglob("*") if _mentions(path, tmp_path)]


def _mentions(path: Path, name: Path) -> bool:
    return path.is_file() and str(name).encode() in path.read_bytes()
