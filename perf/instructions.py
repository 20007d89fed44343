"""Instructions executed, which are exact: the same program on the same input always takes as many.

A program is run under callgrind at a size that takes it some millions of instructions, loading and starting
included, compiled for the baseline of its kind of processor. `BARS` is the gate: how many of Quartz's there
may be for one of C's. What the checks of indices cost is counted beside that.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from contenders import Contender, contenders, unchecked

_COLLECTED = re.compile(r"Collected : (\d+)")
_C_COMPILERS = ("clang-22", "clang", "gcc")  # the first that is there


class Bar(NamedTuple):
    """The argument of a program when it is counted, and the largest ratio to C that passes."""

    size: int
    ratio: float


BARS = {
    "binary_trees": Bar(11, 0.47),
    "binary_trees_bump": Bar(11, 0.95),
    "bytecode_vm": Bar(60_000, 1.16),
    "closures": Bar(100_000, 1.01),
    "crc32": Bar(60_000, 1.01),
    "dot_bytes": Bar(30_000, 1.01),
    "fannkuch": Bar(8, 1.07),
    "fibonacci": Bar(27, 0.20),
    "hash_map": Bar(20_000, 0.68),
    "json_parse": Bar(1_500, 0.56),
    "levenshtein": Bar(700, 1.01),
    "linked_list": Bar(8_000, 0.34),
    "mandelbrot": Bar(90, 1.01),
    "matmul": Bar(120, 1.03),
    "matrix": Bar(110, 1.05),
    "nbody": Bar(20_000, 0.67),
    "nqueens": Bar(9, 0.86),
    "particles": Bar(500, 1.01),
    "quicksort": Bar(60_000, 1.08),
    "saxpy": Bar(240, 1.01),
    "sieve": Bar(200_000, 1.02),
    "spectral_norm": Bar(140, 1.55),
    "std_sort": Bar(50_000, 0.73),
    "string_concat": Bar(60_000, 0.20),
    "sum": Bar(1_000_000, 1.01),
    "vec_push": Bar(200_000, 1.15),
    "word_count": Bar(20_000, 0.53),
}
"""By program, with clang 22 on the other side. A bar over 1.05 is what is so far, not what is good enough."""

CHECKS_BAR = 1.02
"""The mean of a program's instructions over those of the same program without checks of indices."""

MEAN_BAR = 0.80


class CountingError(Exception):
    """A program failed under callgrind, or the sides printed different things."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One program's instructions on both sides."""

    program: str
    ours: int
    theirs: int
    unchecked: int

    @property
    def ratio(self) -> float:
        """How many of ours there are for one of theirs."""
        return self.ours / self.theirs

    @property
    def cost_of_checks(self) -> float:
        """How many there are with checks of indices for one without."""
        return self.ours / self.unchecked

    @property
    def is_over(self) -> bool:
        """Whether there are more of ours than the bar allows."""
        return self.ratio > BARS[self.program].ratio


def other_side() -> Contender | None:
    """The C compiler to compare with, if there is one."""
    found = {side.name: side for side in contenders(native=False)}
    return next((found[name] for name in _C_COMPILERS if name in found), None)


def can_count() -> bool:
    """Whether valgrind is here."""
    return shutil.which("valgrind") is not None


def count_instructions(executable: Path, size: int) -> tuple[int, str]:
    """How many instructions a run takes, and what it printed."""
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={os.devnull}", executable, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = _COLLECTED.search(done.stderr)
    if done.returncode != 0 or found is None:
        raise CountingError(
            f"{executable.name} under callgrind: exit status {done.returncode}\n{done.stderr}"
        )
    return int(found[1]), done.stdout


def count_both(program: str, ours: Contender, theirs: Contender, folder: Path) -> Counted:
    """Builds a program for both sides, and for ours without checks, and counts."""
    size = BARS[program].size
    found: list[int] = []
    outputs: set[str] = set()
    for side in (ours, theirs, unchecked()):
        n, printed = count_instructions(side.build(program, folder), size)
        found.append(n)
        outputs.add(printed)
    if len(outputs) != 1:
        raise CountingError(f"{program}: {ours.name} and {theirs.name} printed {sorted(outputs)}")
    return Counted(program, *found)


def mean_ratio(counts: Sequence[Counted]) -> float:
    """The geometric mean of the ratios."""
    return statistics.geometric_mean(counted.ratio for counted in counts)


def mean_cost_of_checks(counts: Sequence[Counted]) -> float:
    """The geometric mean of what the checks cost."""
    return statistics.geometric_mean(counted.cost_of_checks for counted in counts)


def rows_of(counts: Sequence[Counted]) -> list[list[str]]:
    """The table for people, with the mean in its last row."""
    rows: list[list[str]] = []
    for one in counts:
        bar = BARS[one.program]
        figures = [str(bar.size), str(one.ours), str(one.theirs), f"{one.ratio:.3f}", f"{bar.ratio:.2f}"]
        rows.append([one.program, *figures, f"{one.cost_of_checks:.3f}"])
    means = [f"{mean_ratio(counts):.3f}", f"{MEAN_BAR:.2f}", f"{mean_cost_of_checks(counts):.3f}"]
    return [*rows, ["geometric mean", "", "", "", *means]]
