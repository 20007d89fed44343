"""What compiling costs, and how it grows with the program.

    python perf/bench_compile.py [--sizes 535,1070,2140,4280] [--seed S] [--json FILE] [-- QZ OPTIONS]

Compiles generated programs of each size (2,140 functions are scale 1) without a cache, and prints two tables.
Per size: the time and the memory of all processes together, microseconds per syntax node from bytes to types,
within the build and where `qz check` does nothing else, and per operation from IR to LLVM text. Per stage:
seconds and bytes, and the exponent of their growth. Seconds of stages are of the processor: the same on a
busy machine. Options after ``--`` go to the compiler.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from compiler_stats import CompilerStats, UnreadableStatsError, parse_stats
from generate import write_program
from growth import growth_exponent
from process_usage import ProcessUsage, run_measured
from text_table import megabytes, text_table

ROOT = Path(__file__).resolve().parent.parent
# In the order in which a function meets them.
_FRONT = ("lex", "parse", "resolve_pass1", "resolve_pass2", "resolve", "typecheck")
_MIDDLE = ("irgen", "lower")
_PASS = "pass "
_STAGES = ("init", *_FRONT, "tc_free", *_MIDDLE, "codegen", "link", "driver")
_LOOK_EVERY = 0.02  # seconds


@dataclass(frozen=True, slots=True)
class Sample:
    """The compilation of one program."""

    n_functions: int
    n_lines: int
    usage: ProcessUsage
    stats: CompilerStats
    checked: CompilerStats
    """What `qz check` says of the same program."""

    @property
    def operation_microseconds(self) -> float:
        """From irgen to LLVM text, for each operation of the first stage; passes are part of lowering."""
        seconds = sum(
            seconds
            for stage, seconds in self.stats.seconds.items()
            if stage in _MIDDLE or stage.startswith(_PASS)
        )
        return 1e6 * seconds / max(self.stats.n_ops, 1)


def node_microseconds(stats: CompilerStats) -> float:
    """From bytes to types, for each node."""
    seconds = sum(stats.seconds.get(stage, 0.0) for stage in _FRONT)
    return 1e6 * seconds / max(stats.n_nodes, 1)


class CompileError(Exception):
    """The compiler did not accept a generated program."""


def compile_sample(n_functions: int, seed: int, options: Sequence[str]) -> Sample:
    """Generates a program, compiles it, checks it, and reads what the compiler says."""
    with tempfile.TemporaryDirectory(prefix="quartz-bench-") as name:
        folder = Path(name)
        main = write_program(n_functions, seed, folder)
        n_lines = sum(path.read_bytes().count(b"\n") for path in folder.glob("*.qz"))
        usage = _measured("compile", str(main), "-o", str(folder / "program"), *options)
        checked = _measured("check", str(main))
    return Sample(n_functions, n_lines, usage, parse_stats(usage.errors), parse_stats(checked.errors))


def _measured(command: str, *words: str) -> ProcessUsage:
    told = [sys.executable, "-m", "qz.cli.main", command, "--no-cache", "--memory-stats", "--time-passes"]
    usage = run_measured([*told, *words], cwd=ROOT, watch_tree=_LOOK_EVERY)
    if usage.status != 0:
        raise CompileError(f"{command} {words[0]}: exit status {usage.status}\n{usage.errors[:4000]}")
    return usage


def size_rows(samples: Sequence[Sample]) -> Iterator[list[str]]:
    """A row a program."""
    for sample in samples:
        stats = sample.stats
        yield [
            str(sample.n_functions),
            str(sample.n_lines),
            str(stats.n_nodes),
            str(stats.n_ops),
            f"{sample.usage.wall_seconds:.2f}",
            f"{sample.usage.cpu_seconds:.2f}",
            megabytes(sample.usage.tree_rss),
            f"{node_microseconds(stats):.2f}",
            f"{node_microseconds(sample.checked):.2f}",
            f"{sample.operation_microseconds:.2f}",
        ]


def stage_rows(samples: Sequence[Sample]) -> Iterator[list[str]]:
    """A row a stage that took any time; the figures of the largest program, and the growth over all."""
    last = samples[-1].stats
    sizes = [sample.n_functions for sample in samples]
    for stage in [*_STAGES, *sorted(set(last.seconds) - set(_STAGES))]:
        seconds = [sample.stats.seconds.get(stage, 0.0) for sample in samples]
        if not any(seconds):
            continue
        added = last.bytes_added.get(stage, 0)
        yield [
            stage,
            f"{seconds[-1]:.3f}",
            f"{1e6 * seconds[-1] / max(last.n_nodes, 1):.2f}",
            f"{1e6 * seconds[-1] / max(last.n_ops, 1):.2f}",
            f"{growth_exponent(sizes, seconds):.2f}",
            megabytes(added),
            f"{added / max(last.n_nodes, 1):.0f}",
            f"{added / max(last.n_ops, 1):.0f}",
        ]


def as_json(samples: Sequence[Sample]) -> list[dict[str, object]]:
    """Every figure, for machines."""
    return [
        {
            "functions": sample.n_functions,
            "lines": sample.n_lines,
            "wall_seconds": sample.usage.wall_seconds,
            "cpu_seconds": sample.usage.cpu_seconds,
            "tree_peak_rss": sample.usage.tree_rss,
            **asdict(sample.stats),
            "check": asdict(sample.checked),
        }
        for sample in samples
    ]


def print_tables(samples: Sequence[Sample]) -> None:
    """Both tables, and the growth of the whole."""
    sizes = ["functions", "lines", "nodes", "ops"]
    header = [*sizes, "wall s", "cpu s", "peak MB", "us/node", "checked", "us/op"]
    for line in text_table(header, list(size_rows(samples))):
        print(line)
    print()
    header = ["stage", "s", "us/node", "us/op", "growth", "MB", "B/node", "B/op"]
    for line in text_table(header, list(stage_rows(samples))):
        print(line)
    if len(samples) > 1:
        sizes = [sample.n_functions for sample in samples]
        cpu = growth_exponent(sizes, [sample.usage.cpu_seconds for sample in samples])
        rss = growth_exponent(sizes, [sample.usage.tree_rss for sample in samples])
        print(f"\ngrowth of cpu time: {cpu:.2f}, of peak memory: {rss:.2f}")


def main(words: Sequence[str] | None = None) -> int:
    """The command; exit status 1 where a program does not compile."""
    told_words = list(sys.argv[1:] if words is None else words)
    at = told_words.index("--") if "--" in told_words else len(told_words)
    parser = argparse.ArgumentParser(description="What compiling costs, and how it grows.")
    parser.add_argument("--sizes", default="535,1070,2140,4280", metavar="N,N…", help="functions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE")
    told = parser.parse_args(told_words[:at])
    samples: list[Sample] = []
    try:
        for size in map(int, told.sizes.split(",")):
            print(f"{size} functions…", file=sys.stderr)
            samples.append(compile_sample(size, told.seed, told_words[at + 1 :]))
    except (CompileError, UnreadableStatsError) as failure:
        print(failure, file=sys.stderr)
        return 1
    print_tables(samples)
    if told.json:
        told.json.write_text(json.dumps(as_json(samples), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
