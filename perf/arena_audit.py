"""What the trees of functions take, and whether anything of them stays.

    python perf/arena_audit.py [FILE] [--functions N]

Compiles a program in this process, to LLVM text, and prints: bytes a node of the trees; arenas in use between
functions, which is none, and the most at once; Python's memory after each eighth of the functions, and its
slope. The exit status is 1 where an arena is in use between functions.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from generate import write_program
from growth import slope
from in_process import WrongProgramError, compile_functions
from text_table import text_table

from qz.base.mem_usage import MemUsage
from qz.driver.build import Build
from qz.syntax.ast import AstArena
from qz.syntax.parser import parse_item

_N_POINTS = 8
_KB = 1 << 10


class Trees(NamedTuple):
    """All items of a program as trees, one at a time; ``size`` is in bytes."""

    n_items: int
    n_nodes: int
    largest: int
    size: int


class Audit(NamedTuple):
    """Sizes are bytes; ``points`` are pairs of functions compiled and Python's memory then."""

    n_functions: int
    trees: Trees
    n_live: int
    n_peak: int
    reserved: int
    points: list[tuple[int, int]]

    def retained(self) -> float:
        """Bytes that stay of a function, of the later half: at first, tables fill that are filled once."""
        later = self.points[len(self.points) // 2 :]
        return slope([n for n, _ in later], [size for _, size in later])


def weigh_trees(build: Build) -> Trees:
    """Parses every item of the program's own modules once more and adds up what the trees take."""
    arena = AstArena()
    n_items = n_nodes = largest = size = 0
    for module in build.program.modules.values():
        if not module.is_own:
            continue
        for item in range(len(module.items.kind)):
            parse_item(module.tokens, module.items, item, arena, build.session.sink)
            usage = MemUsage()
            usage.collect("tree", arena)
            n_items += 1
            n_nodes += arena.n
            largest = max(largest, arena.n)
            size += usage.total_used
            arena.reset()
    return Trees(n_items, n_nodes, largest, size)


def audit(path: Path) -> Audit:
    """Compiles a program twice: how many functions there are is known only at the end."""
    n_all = sum(1 for _ in compile_functions(path))
    at = {max(n_all * point // _N_POINTS, 1) for point in range(1, _N_POINTS + 1)}
    points: list[tuple[int, int]] = []
    n_live, build = 0, None
    tracemalloc.start(1)
    try:
        for n_done, build in enumerate(compile_functions(path), 1):
            n_live = max(n_live, build.arenas.n_live)
            if n_done in at:
                gc.collect()
                points.append((n_done, tracemalloc.get_traced_memory()[0]))
    finally:
        tracemalloc.stop()
    if build is None:
        raise WrongProgramError(path)
    usage = MemUsage()
    usage.collect("arenas", build.arenas)
    return Audit(n_all, weigh_trees(build), n_live, build.arenas.n_peak, usage.total_reserved, points)


def _lines(found: Audit) -> Iterator[str]:
    trees = found.trees
    yield f"trees     {trees.n_items}, of {trees.n_nodes} nodes in all, {trees.largest} in the largest"
    yield f"a node    {trees.size / max(trees.n_nodes, 1):.1f} bytes, lists of parts included"
    yield f"arenas    {found.n_live} in use between functions, {found.n_peak} at once at most"
    yield f"capacity  {found.reserved / _KB:.1f} KB, kept for the next function"
    yield f"retained  {found.retained() / _KB:.2f} KB a function, of the later half of {found.n_functions}"
    yield ""
    yield from text_table(["functions", "KB"], [[str(n), f"{size / _KB:.0f}"] for n, size in found.points])


def main(words: Sequence[str] | None = None) -> int:
    """The command; 1 where an arena is in use that should not be."""
    parser = argparse.ArgumentParser(description="Weighs the trees of functions.")
    parser.add_argument("file", type=Path, nargs="?", help="a generated program by default")
    parser.add_argument("--functions", type=int, default=240, metavar="N", help="of the generated program")
    told = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        found = audit(told.file or write_program(told.functions, 1, Path(folder)))
    for line in _lines(found):
        print(line)
    return int(found.n_live > 0)


if __name__ == "__main__":
    sys.exit(main())
