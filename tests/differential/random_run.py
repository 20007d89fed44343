"""Runs random programs in every way, and names those about which there are two opinions::

    python -m tests.differential.random_run --first 0 --programs 2000

prints the numbers of programs as it goes, and at the end how many there were; the exit status is 1 where
something was found. `--keep FOLDER` keeps the text of each such program. Programs are compiled some to a
file; sums trap in one file and wrap in the next, since some passes are only for one of them. A program that
does not end is left out.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.differential.cases import with_main
from tests.differential.every_way import Laboratory, Verdict
from tests.differential.random_programs import RandomProgram, source_of

OVERFLOWS = ("trap", "wrap")
_THOROUGH_EACH = 5
_TUNABLES, _NO_THREAD_CACHE = "GLIBC_TUNABLES", "glibc.malloc.tcache_count=0"
"""Blocks in the cache of a thread count as allocated, and are not filled when they are given back."""


class RandomRun:
    """Programs by their seeds, some to a file. What is found is in ``found``, a text each."""

    def __init__(self, laboratory: Laboratory, folder: Path) -> None:
        self._laboratory = laboratory
        self._folder = folder
        self.n_endless = 0
        self.found: list[str] = []

    def run(self, seeds: Sequence[int], overflow: str, *, is_thorough: bool = True) -> None:
        """One file of programs."""
        if not seeds:
            return
        verdict = self._examined(seeds, overflow, is_thorough=is_thorough)
        if verdict.endless:
            endless = {_seed_of(case) for case in verdict.endless}
            self.n_endless += len(endless)
            self.run([seed for seed in seeds if seed not in endless], overflow, is_thorough=is_thorough)
        elif verdict.differences and len(seeds) > 1:
            n_before = len(self.found)
            named = {seed for seed in seeds if any(f"case{seed}_" in d for d in verdict.differences)}
            for seed in sorted(named) or seeds:
                self.run([seed], overflow)
            if len(self.found) == n_before:
                self._note(f"programs {seeds[0]} to {seeds[-1]} together", overflow, verdict)
        else:
            self._note(f"program {seeds[0]}", overflow, verdict)

    def _note(self, what: str, overflow: str, verdict: Verdict) -> None:
        self.found += [f"{what} (--overflow={overflow}), {difference}" for difference in verdict.differences]

    def _examined(self, seeds: Sequence[int], overflow: str, *, is_thorough: bool) -> Verdict:
        programs = [RandomProgram(seed) for seed in seeds]
        cases = [case for program in programs for case in program.cases]
        source = self._folder / f"random{seeds[0]}_{len(seeds)}.qz"
        source.write_text(with_main(source_of(programs), cases))
        seeing_drops = {case for program in programs if program.sees_drops for case in program.cases}
        verdict = self._laboratory.examine(
            source, cases, seeing_drops, overflow=overflow, is_thorough=is_thorough
        )
        if not verdict.differences:
            source.unlink()
        return verdict


def _seed_of(case: str) -> int:
    return int(case.removeprefix("case").partition("_")[0])


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="random_run", description="compares random programs in every way")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first program")
    parser.add_argument("--programs", type=int, default=100, help="how many")
    parser.add_argument("--per-file", type=int, default=80, help="how many are compiled together")
    parser.add_argument("--keep", type=Path, help="a folder for programs about which something was found")
    words = parser.parse_args()
    if os.environ.get(_TUNABLES) != _NO_THREAD_CACHE:
        os.environ[_TUNABLES] = _NO_THREAD_CACHE  # which is read as a process begins
        os.execv(sys.executable, [sys.executable, "-m", "tests.differential.random_run", *sys.argv[1:]])
    end = words.first + words.programs
    with Laboratory() as laboratory, tempfile.TemporaryDirectory() as folder:
        if words.keep is not None:
            words.keep.mkdir(parents=True, exist_ok=True)
        run = RandomRun(laboratory, words.keep or Path(folder))
        gc.collect()
        gc.freeze()  # forks need not copy what they only look at
        for number, first in enumerate(range(words.first, end, words.per_file)):
            n_before = len(run.found)
            last = min(first + words.per_file, end)
            run.run(range(first, last), OVERFLOWS[number % 2], is_thorough=number % _THOROUGH_EACH == 0)
            print(f"{last - words.first} programs", flush=True)
            print("".join(f"{text}\n" for text in run.found[n_before:]), end="", flush=True)
    print(f"{words.programs} programs, {run.n_endless} of them without an end, {len(run.found)} differences")
    return 1 if run.found else 0


if __name__ == "__main__":
    sys.exit(main())
