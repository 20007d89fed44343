"""Finds what keeps memory of functions that are compiled.

    python perf/leak_bisect.py [FILE] [--functions N] [--budget BYTES] [--top K]

Compiles a program in this process, to LLVM text, and looks at every container after less than half of the
functions and after all of them. What grew in between is listed by the bytes that it keeps for each function:
its name and line, and the lines that made what it keeps. The exit status is 1 where more than the budget is
kept, by any container or in all.

Answers to questions about declarations (a signature, a constant) are kept by design, 2 KB a function.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import tracemalloc
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from generate import write_program
from growing import FirstLook, Growing
from in_process import compile_functions

BUDGET = 8192
_LEAST_GROWTH = 1 / 8  # entries a function: less is not worth a look
_KB = 1 << 10


class _Look(NamedTuple):
    at: FirstLook
    n_done: int
    traced: int


class Finding(NamedTuple):
    """The containers that grew while so many functions were compiled; what is retained for each, in bytes."""

    n_functions: int
    retained: float
    containers: list[Growing]


def look_for_leaks(path: Path) -> Finding:
    """Compiles a program once and says what grew."""
    tracemalloc.start(1)
    try:
        # How many there will be is not known: the last power of two but one is in the second quarter.
        looks = deque([_Look(FirstLook(), 0, 0)], maxlen=2)
        n_done, kept = 0, None  # the build has to be there still when all is done
        for build in compile_functions(path):
            kept = build
            n_done += 1
            if n_done & (n_done - 1) == 0:
                looks.append(_Look(FirstLook(), n_done, tracemalloc.get_traced_memory()[0]))
        at, n_before, traced = looks.popleft()
        looks.clear()
        gc.collect()
        n_functions = max(n_done - n_before, 1)
        retained = (tracemalloc.get_traced_memory()[0] - traced) / n_functions
        containers = at.growing(max(1, round(n_functions * _LEAST_GROWTH)))
        del kept
        return Finding(n_functions, retained, containers)
    finally:
        tracemalloc.stop()


def _lines(finding: Finding, budget: int, top: int) -> Iterator[str]:
    n = finding.n_functions
    kept, allowed = finding.retained / _KB, budget / _KB
    yield f"{kept:.1f} KB kept for each of {n} functions; the budget is {allowed:.1f} KB"
    for each in finding.containers[:top]:
        yield f"{each.size / n / _KB:8.1f} KB {each.n_entries / n:8.1f} entries  {each.place} ({each.kind})"
        for line in each.sites:
            yield f"{'':30}made at {line}"


def is_leak(finding: Finding, budget: int) -> bool:
    """Whether more is kept for a function than there should be."""
    heaviest = max((each.size for each in finding.containers), default=0)
    return max(finding.retained, heaviest / max(finding.n_functions, 1)) > budget


def main(words: Sequence[str] | None = None) -> int:
    """The command; 1 where something leaks."""
    parser = argparse.ArgumentParser(description="Finds what keeps memory of functions that are compiled.")
    parser.add_argument("file", type=Path, nargs="?", help="a generated program by default")
    parser.add_argument("--functions", type=int, default=120, metavar="N", help="of the generated program")
    parser.add_argument(
        "--budget", type=int, default=BUDGET, metavar="BYTES", help="that a function may keep"
    )
    parser.add_argument("--top", type=int, default=10, metavar="K", help="how many containers to list")
    told = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        path = told.file or write_program(told.functions, 1, Path(folder))
        finding = look_for_leaks(path)
    for line in _lines(finding, told.budget, told.top):
        print(line)
    return int(is_leak(finding, told.budget))


if __name__ == "__main__":
    sys.exit(main())
