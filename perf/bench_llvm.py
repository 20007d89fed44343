"""What a build costs over what LLVM alone takes for the text that it is given.

    python perf/bench_llvm.py [--scale S] [--rounds N] [--seed S] [FILE]

Builds a program, a generated one if none is named, without a cache, under each profile. Every round takes a
build as users start it, and then LLVM alone: one process hands it the very texts, one after another, that the
compiler had for it, those of the runtime too. It is the same library with the same passes. Printed is the
processor time of both, user's and system's, medians with their spread, and the one over the other.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from contenders import BuildError
from generate import write_program
from generation.modules import FUNCTIONS_AT_SCALE_1
from in_process import ROOT
from process_usage import run_measured
from text_table import markdown_table

from qz.codegen.machine import host_triple
from qz.codegen.target import baseline
from qz.codegen.unit import UnitJob, compile_unit
from qz.driver.objects.backend import Backend
from qz.driver.options import PROFILES, Options
from qz.driver.program import Compilation

HEADER = ("profile", "build, CPU s", "LLVM alone, CPU s", "ratio", "MB of text")


class _Recorder(Backend):
    """Keeps what it is given to compile."""

    def __init__(self, options: Options) -> None:
        super().__init__(options, baseline(host_triple()))
        self.jobs: list[UnitJob] = []

    def __enter__(self) -> _Recorder:
        return self

    def submit(self, job: UnitJob) -> None:
        self.jobs.append(job)
        super().submit(job)


def measure(path: Path, profile: str, n_rounds: int) -> list[str]:
    """The row of the table for a program under a profile."""
    level, overflow = PROFILES[profile]
    options = Options(files=(str(path),), level=level, overflow=overflow, use_cache=False)
    builds: list[float] = []
    alone: list[float] = []
    with _Recorder(options) as backend:
        Compilation(options, backend, None, time.perf_counter()).objects({})
        backend.finish()
        for turn in range(n_rounds):
            print(f"{profile}, round {turn + 1} of {n_rounds}…", file=sys.stderr)
            builds.append(_build(path, profile))
            alone.append(_llvm_alone(backend.jobs))
        size = sum(len(job.text) for job in backend.jobs) / 1e6
    ratios = [one / other for one, other in zip(builds, alone, strict=True)]
    return [profile, *map(_with_spread, (builds, alone, ratios)), f"{size:.1f}"]


def _build(path: Path, profile: str) -> float:
    words = ["-m", "qz.cli.main", "compile", "--no-cache", "--profile", profile, str(path)]
    usage = run_measured([sys.executable, *words, "-o", str(path.parent / "program")], cwd=ROOT)
    if usage.status:
        raise BuildError(f"exit status {usage.status}\n{usage.errors[:4000]}")
    return usage.cpu_seconds


def _llvm_alone(jobs: Sequence[UnitJob]) -> float:
    process = os.fork()
    if not process:
        _compile_all(jobs)
    _, status, usage = os.wait4(process, 0)
    if status:
        raise BuildError(f"LLVM alone: exit status {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime


def _compile_all(jobs: Sequence[UnitJob]) -> NoReturn:
    status = 1
    try:
        status = int(any(compile_unit(job).error for job in jobs))
    finally:
        os._exit(status)


def _with_spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def main(words: Sequence[str] | None = None) -> int:
    """The command; exit status 1 where the program does not compile."""
    parser = argparse.ArgumentParser(description="What a build costs over what LLVM alone takes.")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
    parser.add_argument(
        "--scale", type=float, default=1.0, metavar="S", help=f"of {FUNCTIONS_AT_SCALE_1} functions"
    )
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="quartz-bench-") as folder:
        n_functions = round(told.scale * FUNCTIONS_AT_SCALE_1)
        path = told.file or write_program(n_functions, told.seed, Path(folder))
        try:
            rows = [measure(path, profile, told.rounds) for profile in PROFILES]
        except BuildError as failure:
            print(failure, file=sys.stderr)
            return 1
    for line in markdown_table(HEADER, rows):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
