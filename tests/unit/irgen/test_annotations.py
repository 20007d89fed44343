"""What an annotation of the source becomes in the IR."""

from __future__ import annotations

from pathlib import Path

from xdsl.dialects.func import FuncOp

from tests.loaded import loaded

SOURCE = """\
@noinline @cold
def slow(n: Int): Int = n * 3

@inline
def quick(n: Int): Int = n + 1

def main(): Int = slow(2) + quick(2)
"""


def test_annotations_about_code_become_attributes(tmp_path: Path) -> None:
    path = tmp_path / "program.qz"
    build = loaded(path, SOURCE)
    marks: dict[str, set[str]] = {}
    for unit in build.functions():
        for op in unit.module.ops:
            if isinstance(op, FuncOp) and not op.is_declaration:
                marks[unit.symbol] = set(op.attributes) & {"qz.inline", "qz.noinline", "qz.cold"}
    assert marks == {
        "program$main": set(),
        "program$slow": {"qz.noinline", "qz.cold"},
        "program$quick": {"qz.inline"},
    }


BOUNDS = """\
def checked(v: Vec<Int>): Int = v[0]

@no_bounds_check
def unchecked(v: Vec<Int>): Int
  v[1] = 2
  return v[0]
end

def main(): Int = checked([1, 2]) + unchecked([1, 2])
"""


def test_no_bounds_check_leaves_the_checks_out_of_that_function(tmp_path: Path) -> None:
    path = tmp_path / "program.qz"
    build = loaded(path, BOUNDS)
    unchecked = {
        unit.symbol: [
            "unchecked" in op.properties
            for op in unit.module.walk()
            if op.name in ("qz.vec_get", "qz.vec_set")
        ]
        for unit in build.functions()
    }
    assert unchecked["program$checked"] == [False]
    assert unchecked["program$unchecked"] == [True, True]
