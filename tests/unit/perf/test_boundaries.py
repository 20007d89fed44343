"""Values cross functions as words; in the hot loops of the benchmarks none does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from contenders import PROGRAMS, program_names
from llvm_loops import functions, innermost_loops

from tests.program_files import execute, qz

CROSSING = re.compile(r" = bitcast (?:i64|i32|double|float) ")
"""A float on its way to a word, or back; integers and addresses are words already."""

BY_WORDS = """
@noinline
def half(x: F64): F64 = x / 2.0

def main(args: Vec<String>): Int
  var x = args.size as F64
  while x > 0.001
    x = half(x)
  end
  return x as Int
end
"""

GRAPH = """
define void @"two loops"(i64 %0) {
b0:
  br label %b1
b1:
  %2 = phi i64 [ 0, %b0 ], [ %2, %b3 ]
  br i1 %a, label %b2, label %b4
b2:
  switch i64 %2, label %b3 [
    i64 0, label %b2
    i64 1, label %b4
  ]
b3:
  br label %b1
b4:
  ret void
}
"""


def in_hot_loops(source: Path, folder: Path) -> list[str]:
    """The instructions of the innermost loops of a program, the runtime left out."""
    target = folder / "program.ll"
    flags = ("-O2", "--profile", "release", "--emit", "llvm-ir", "-o", target)
    done = execute(qz("compile", *flags, source))
    assert done.status == 0, done.errors
    return [
        line
        for name, blocks in functions(target.read_text())
        if not name.startswith("rt.")
        for loop in innermost_loops(blocks)
        for label in loop
        for line in blocks[label]
    ]


def test_the_innermost_loop_is_found() -> None:
    ((name, blocks),) = functions(GRAPH)
    assert name == "two loops"
    assert innermost_loops(blocks) == [{"b2"}]


def test_a_call_that_stays_is_such_a_place(tmp_path: Path) -> None:
    source = tmp_path / "words.qz"
    source.write_text(BY_WORDS)
    assert any(CROSSING.search(line) for line in in_hot_loops(source, tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("program", program_names())
def test_no_hot_loop_of_a_benchmark_has_one(tmp_path: Path, program: str) -> None:
    lines = in_hot_loops(PROGRAMS / f"{program}.qz", tmp_path)
    assert lines
    assert [line for line in lines if CROSSING.search(line)] == []
