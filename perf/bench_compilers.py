"""What compiling costs beside other compilers, of the same generated program in their languages.

    python perf/bench_compilers.py [--scale S] [--rounds N] [--seed S] [--json FILE] [COMPILER…]

Every round takes each compiler once, in turning order, so that what disturbs the machine disturbs all of
them: it builds the program from nothing and, after the body of one function was edited (the same function in
every language), again. The programs must print the same. What comes out is a table in Markdown, of medians:

- lines: of the program in that language, headers included; per second of wall time, and of CPU time;
- CPU: user and system time of all processes;
- peak: the highest sum, over all processes alive at once, of the memory that is each one's share;
- rebuild: the second build.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from compilers import COMPILERS, Compiler, chosen
from contenders import ROOT, BuildError, DisagreementError
from generate import write_program
from generation.edits import EDIT_OF_EVERY_LANGUAGE, apply_edit
from generation.modules import FUNCTIONS_AT_SCALE_1
from process_usage import ProcessUsage, run_measured
from text_table import markdown_table, megabytes

_LOOK_EVERY = 0.05  # seconds
HEADER = (
    "compiler",
    "lines",
    "lines/s",
    "lines/CPU s",
    "wall s",
    "CPU s",
    "peak MB",
    "rebuild, wall s",
    "rebuild, CPU s",
)


@dataclass(slots=True)
class Record:
    """All rounds of one compiler."""

    n_lines: int
    builds: list[ProcessUsage] = field(default_factory=list[ProcessUsage])
    rebuilds: list[ProcessUsage] = field(default_factory=list[ProcessUsage])


def measure(
    sides: Sequence[Compiler], n_functions: int, seed: int, n_rounds: int, folder: Path
) -> dict[str, Record]:
    """Runs the rounds; records by name of the compiler."""
    sources = {side.spelling.name: folder / side.spelling.name for side in sides}
    for side in sides:
        write_program(n_functions, seed, sources[side.spelling.name], side.spelling)
    records = {side.name: Record(_n_lines(sources[side.spelling.name])) for side in sides}
    printed: dict[str, bytes] = {}
    for turn in range(n_rounds):
        first = turn % len(sides)
        for side in (*sides[first:], *sides[:first]):
            print(f"round {turn + 1} of {n_rounds}: {side.name}…", file=sys.stderr)
            place = folder / "build"
            shutil.copytree(sources[side.spelling.name], place)
            records[side.name].builds.append(_built(side, place))
            printed[f"{side.name}, built from nothing"] = _printed(place)
            (place / "program").unlink()
            apply_edit(EDIT_OF_EVERY_LANGUAGE, turn, place, side.spelling)
            records[side.name].rebuilds.append(_built(side, place))
            printed[f"{side.name}, built again"] = _printed(place)
            shutil.rmtree(place)
        _check_agreement(printed)
    return records


def _n_lines(folder: Path) -> int:
    return sum(path.read_bytes().count(b"\n") for path in folder.rglob("*.*"))


def _built(side: Compiler, folder: Path) -> ProcessUsage:
    usage = run_measured(side.words(folder), cwd=ROOT, watch_tree=_LOOK_EVERY)
    if usage.status != 0:
        raise BuildError(f"{side.name}: exit status {usage.status}\n{usage.errors[:4000]}")
    return usage


def _printed(folder: Path) -> bytes:
    return run_measured([str(folder / "program")]).output.strip()


def _check_agreement(printed: Mapping[str, bytes]) -> None:
    if len(set(printed.values())) != 1 or b"" in printed.values():
        raise DisagreementError("\n".join(f"{what}: {text.decode()!r}" for what, text in printed.items()))


def rows_of(records: Mapping[str, Record]) -> list[list[str]]:
    """The table: a row a compiler."""
    rows: list[list[str]] = []
    for name, record in records.items():
        wall = [run.wall_seconds for run in record.builds]
        cpu = statistics.median(run.cpu_seconds for run in record.builds)
        again = [run.wall_seconds for run in record.rebuilds]
        rows.append(
            [
                name,
                f"{record.n_lines:,}",
                f"{record.n_lines / statistics.median(wall):,.0f}",
                f"{record.n_lines / cpu:,.0f}",
                _with_spread(wall),
                f"{cpu:.1f}",
                megabytes(statistics.median(run.tree_rss for run in record.builds)),
                _with_spread(again),
                f"{statistics.median(run.cpu_seconds for run in record.rebuilds):.1f}",
            ]
        )
    return rows


def _with_spread(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})"


def as_json(records: Mapping[str, Record]) -> dict[str, object]:
    """Every figure, for machines."""

    def figures(runs: Sequence[ProcessUsage]) -> list[dict[str, object]]:
        return [{k: v for k, v in asdict(run).items() if k not in ("output", "errors")} for run in runs]

    return {
        name: {
            "lines": record.n_lines,
            "builds": figures(record.builds),
            "rebuilds": figures(record.rebuilds),
        }
        for name, record in records.items()
    }


def main(words: Sequence[str] | None = None) -> int:
    """The command; exit status 1 where a program does not compile or prints something else."""
    names = [side.name for side in COMPILERS]
    parser = argparse.ArgumentParser(description="What compiling costs beside other compilers.")
    parser.add_argument("compilers", nargs="*", metavar="COMPILER", help=", ".join(map(repr, names)))
    size = parser.add_mutually_exclusive_group()
    size.add_argument(
        "--scale", type=float, default=1.0, metavar="S", help=f"of {FUNCTIONS_AT_SCALE_1} functions"
    )
    size.add_argument("--functions", type=int, metavar="N")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE")
    told = parser.parse_args(words)
    if unknown := sorted(set(told.compilers) - set(names)):
        parser.error(f"no such compiler: {', '.join(unknown)}")
    sides, left_out = chosen(told.compilers)
    if not sides:
        parser.error(f"nothing to measure; left out: {'; '.join(left_out)}")
    n_functions = told.functions or round(told.scale * FUNCTIONS_AT_SCALE_1)
    try:
        with tempfile.TemporaryDirectory(prefix="quartz-bench-") as folder:
            records = measure(sides, n_functions, told.seed, told.rounds, Path(folder))
    except (BuildError, DisagreementError) as failure:
        print(failure, file=sys.stderr)
        return 1
    for line in markdown_table(HEADER, rows_of(records)):
        print(line)
    if left_out:
        print(f"\nLeft out, not installed: {'; '.join(left_out)}.")
    if told.json:
        told.json.write_text(json.dumps(as_json(records), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
