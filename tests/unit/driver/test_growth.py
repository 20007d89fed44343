"""What compiling takes grows as a program does, whatever it has many of: in lines of ours that run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from qz.driver.caching.cache import Cache, open_cache
from tests.unit.driver.compiling import compiled

_OURS = tuple(f"{Path(__file__).parents[3]}/{part}/" for part in ("qz", "dialects", "lowering"))
_SIZES = (25, 50, 100)
_MOST = 2.1
"""How many times more the second step up may take than the first, which is half as long."""


def _function(lines: Callable[[int], str], n: int) -> str:
    return "\n".join(["def main(): Int", "  var t = 0", *map(lines, range(n)), "  return t", "end", ""])


def _implementations(n: int) -> str:
    parts = ["trait Weighed", "  def weight(self): Int", "end", "def of<T: Weighed>(x: T): Int = x.weight()"]
    for k in range(n):
        parts += [f"struct S{k}", "  x: Int", "end", f"impl Weighed for S{k}"]
        parts += ["  def weight(self): Int = self.x", "end"]
    return "\n".join([*parts, _function(lambda k: f"  t += of(S{k} {{ x: 1 }})", n)])


def _functions(n: int) -> str:
    return "\n".join([f"def f{k}(x: Int): Int = x + {k}" for k in range(n)] + [_calls(n)])


def _calls(n: int) -> str:
    return _function(lambda k: f"  t += f{k}(t)", n)


def _results(n: int) -> str:
    """Functions in a chain, whose results are only known from each other."""
    chain = ["def f0(x: Int) = x", *(f"def f{k}(x: Int) = f{k - 1}(x) + {k}" for k in range(1, n))]
    return "\n".join([*chain, _calls(n)])


def _variants(n: int) -> str:
    variants, arms = (f"  V{k}(x: Int)" for k in range(n)), (f"    V{k}(x) => x + {k}" for k in range(n))
    parts = ["enum E", *variants, "end", "def of(e: E): Int", "  match e", *arms, "  end", "end"]
    return "\n".join([*parts, _function(lambda k: f"  t += of(V{k}(1))", n)])


def _names(n: int) -> str:
    """Names for one another, of which the last tells what is done with the constant that the first is for."""
    names = ["const ROWS: Vec<Vec<Int>> = [[1], [2]]", "def of(): Int", "  x0 = ROWS"]
    names += [f"  x{k} = x{k - 1}" for k in range(1, n)]
    names += [f"  x{n - 1}.push([3])", f"  x{n - 1}.size", "end", "def main(): Int = of()", ""]
    return "\n".join(names)


SHAPES: dict[str, Callable[[int], str]] = {
    "branches": lambda n: _function(lambda k: f"  if t > {k}; t += 1 else t += 2 end", n),
    "loops": lambda n: _function(lambda _: "  for i in 0..3; t += i end", n),
    "scopes": lambda n: _function(lambda k: f"  defer t += {k}", n),
    "lambdas": lambda n: _function(lambda k: f"  t = ((x: Int) -> x + {k})(t)", n),
    "functions": _functions,
    "results": _results,
    "implementations": _implementations,
    "variants": _variants,
    "names": _names,
}


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """A cache that has what every program needs."""
    folder = tmp_path_factory.mktemp("growth")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        cache = open_cache(wanted=True)
    _n_lines(_function(lambda _: "  t += 1", 1), folder, cache)
    return cache


def _n_lines(source: str, folder: Path, cache: Cache) -> int:
    """The lines that run while a program is compiled to the text that LLVM would get."""
    path = folder / "main.qz"
    path.write_text(source)
    n_lines = 0

    def count(_frame: FrameType, event: str, _value: object) -> Any:
        nonlocal n_lines
        n_lines += event == "line"
        return count

    def enter(frame: FrameType, event: str, value: object) -> Any:
        return count(frame, event, value) if frame.f_code.co_filename.startswith(_OURS) else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        result = compiled(path, folder / "objects", cache, recall=False, jobs=1)
    finally:
        sys.settrace(before)
    assert result.reports == []
    return n_lines


@pytest.mark.parametrize("shape", SHAPES)
def test_growth(shape: str, runtime: Cache, tmp_path: Path) -> None:
    _n_lines(SHAPES[shape](1), tmp_path, runtime)  # what is made once in a process is made now
    few, more, most = (_n_lines(SHAPES[shape](n), tmp_path, runtime) for n in _SIZES)
    assert 0 < most - more < _MOST * (more - few)
