"""How fast compiled Quartz programs run beside the same algorithms in C.

    python perf/bench_run.py [--pairs N] [--native] [--json FILE] [PROGRAM…]
    python perf/bench_run.py --instructions [PROGRAM…]

Every round runs each contender once, in turning order, so that what disturbs the machine disturbs all of
them; what is compared is processor time within a round. That of the system on behalf of the program is part
of it, as fresh memory is paid for there. Printed are the median of each side and the median ratio of Quartz
to it, with the lowest and the highest ratio seen. The programs' outputs must agree.

With `--instructions` nothing is timed: the instructions of one run at a small size are counted instead, which
is exact on a busy machine too. What comes out is held to the bars in `instructions.py`; the last column says
what the checks of indices cost.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import instructions
from contenders import BuildError, Contender, DisagreementError, contenders, program_names
from process_usage import ProcessUsage, run_measured
from text_table import megabytes, text_table

_LOOK_EVERY = 0.005  # seconds


@dataclass(frozen=True, slots=True)
class Measurement:
    """All rounds of one program, by contender."""

    program: str
    rounds: dict[str, list[ProcessUsage]]
    peak_rss: dict[str, int]  # by contender, from a run of its own

    def median_seconds(self, name: str) -> float:
        """The median processor time of one contender."""
        return statistics.median(run.cpu_seconds for run in self.rounds[name])

    def ratios(self, name: str) -> list[float]:
        """Quartz's processor time over a contender's, round by round, in ascending order."""
        pairs = zip(self.rounds["qz"], self.rounds[name], strict=True)
        return sorted(ours.cpu_seconds / max(theirs.cpu_seconds, 1e-3) for ours, theirs in pairs)


def measure(
    program: str, sides: Sequence[Contender], folder: Path, *, n_pairs: int, size: str | None
) -> Measurement:
    """Builds a program for every side and runs the rounds."""
    commands = {side.name: [str(side.build(program, folder)), *([size] if size else [])] for side in sides}
    rounds: dict[str, list[ProcessUsage]] = {name: [] for name in commands}
    names = list(commands)
    for turn in range(n_pairs):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            rounds[name].append(run_measured(commands[name]))
        _check_agreement(program, {name: runs[-1] for name, runs in rounds.items()})
    # The kernel's own figure for a process includes what its parent had before it, so memory is looked at.
    peaks = {name: run_measured(words, watch_tree=_LOOK_EVERY).tree_rss for name, words in commands.items()}
    return Measurement(program, rounds, peaks)


def _check_agreement(program: str, runs: dict[str, ProcessUsage]) -> None:
    expected = next(run.output for name, run in runs.items() if name != "qz")
    for name, run in runs.items():
        if run.status != 0 or run.output != expected:
            raise DisagreementError(
                f"{program}: {name} ended with {run.status} and printed {run.output[:80]!r} instead of"
                f" {expected[:80]!r}\n{run.errors}"
            )


def rows_of(measurements: Sequence[Measurement], others: Sequence[str]) -> list[list[str]]:
    """The table: a row a program, and the geometric means."""
    rows: list[list[str]] = []
    for found in measurements:
        row = [found.program, f"{found.median_seconds('qz'):.3f}"]
        for name in others:
            ratios = found.ratios(name)
            row += [
                f"{found.median_seconds(name):.3f}",
                f"{statistics.median(ratios):.2f}",
                f"{ratios[0]:.2f}-{ratios[-1]:.2f}",
            ]
        rows.append([*row, megabytes(found.peak_rss["qz"]), megabytes(found.peak_rss[others[0]])])
    means = ["geometric mean", ""]
    for name in others:
        mean = statistics.geometric_mean(statistics.median(found.ratios(name)) for found in measurements)
        means += ["", f"{mean:.2f}", ""]
    return [*rows, [*means, "", ""]]


def header_of(others: Sequence[str]) -> list[str]:
    """The names of the columns."""
    columns = ["program", "qz s"]
    for name in others:
        columns += [f"{name} s", f"qz/{name}", "spread"]
    return [*columns, "qz MB", f"{others[0]} MB"]


def as_json(measurements: Sequence[Measurement], others: Sequence[str], *, native: bool) -> dict[str, object]:
    """Every figure, for machines."""
    programs = {
        found.program: {
            "cpu_seconds": {name: [run.cpu_seconds for run in runs] for name, runs in found.rounds.items()},
            "peak_rss": found.peak_rss,
            "median_ratio": {name: statistics.median(found.ratios(name)) for name in others},
        }
        for found in measurements
    }
    return {"native": native, "programs": programs}


def count(programs: Sequence[str]) -> int:
    """Counts instructions and prints the table; exit status 1 where a program is over its bar."""
    ours, theirs = contenders(native=False)[0], instructions.other_side()
    if theirs is None or not instructions.can_count():
        print("counting takes valgrind, and gcc or clang to compare with", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="quartz-bench-") as folder:
        counts = [instructions.count_both(name, ours, theirs, Path(folder)) for name in programs]
    header = ["program", "argument", "qz", theirs.name, "ratio", "bar", "checks"]
    for line in text_table(header, instructions.rows_of(counts)):
        print(line)
    return int(any(one.is_over for one in counts))


def main(words: Sequence[str] | None = None) -> int:
    """The command; exit status 1 where a program does not compile or computes something else."""
    parser = argparse.ArgumentParser(description="Run times of Quartz programs beside C.")
    parser.add_argument("programs", nargs="*", metavar="PROGRAM", help=", ".join(program_names()))
    parser.add_argument("--pairs", type=int, default=5, metavar="N", help="how many rounds")
    parser.add_argument("--native", action="store_true", help="Quartz for this machine, C for it and for any")
    parser.add_argument("--size", metavar="N", help="the argument of every program")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--instructions", action="store_true", help="count instructions instead of timing")
    told = parser.parse_args(words)
    if told.instructions:
        return count(told.programs or program_names())
    sides = contenders(native=told.native)
    others = [side.name for side in sides if side.name != "qz"]
    if not others:
        parser.error("neither gcc nor clang is here to compare with")
    measurements: list[Measurement] = []
    try:
        with tempfile.TemporaryDirectory(prefix="quartz-bench-") as folder:
            for program in told.programs or program_names():
                print(f"{program}: {told.pairs} rounds…", file=sys.stderr)
                found = measure(program, sides, Path(folder), n_pairs=told.pairs, size=told.size)
                measurements.append(found)
    except (BuildError, DisagreementError) as failure:
        print(failure, file=sys.stderr)
        return 1
    for line in text_table(header_of(others), rows_of(measurements, others)):
        print(line)
    if told.json:
        told.json.write_text(json.dumps(as_json(measurements, others, native=told.native), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
