"""The parts of the benchmarks: running and weighing processes, growth, tables, the compiler's statistics."""

from __future__ import annotations

import math
import sys

import pytest
from compiler_stats import UnreadableStatsError, parse_stats
from growth import growth_exponent
from process_usage import run_measured
from text_table import megabytes, text_table

STATS = """\
[mem] init: 38 MB (+38) (120ms)
[mem] typecheck: 61 MB (-2) (1521ms)
[mem] peak: 88 MB (largest worker: 47 MB)
[mem] functions: 250, arena nodes: 90123, operations: 51000
[time] typecheck: 1520.6ms of 1540.2ms (77.0%, processor 1310.5ms, entered 250x)
[time]   parse: 19.6ms of 19.6ms (1.0%, processor 19.0ms, entered 250x)
[time] lower: 10.0ms of 90.0ms (4.5%, processor 9.0ms, entered 250x)
[time]   pass to_rt and to_llvm, joined: 80.0ms of 80.0ms (4.0%, processor 79.0ms, entered 250x)
[time] parse: 1.0ms of 1.0ms (0.1%, processor 1.0ms, entered 2x)
[time] total: 2000.9ms
"""


def python(code: str) -> list[str]:
    """A command that runs some Python."""
    return [sys.executable, "-c", code]


def test_growth_of_powers_is_their_exponent() -> None:
    sizes = [100, 500, 1000, 4000]
    assert growth_exponent(sizes, [3 * size for size in sizes]) == pytest.approx(1)
    assert growth_exponent(sizes, [size**1.5 for size in sizes]) == pytest.approx(1.5)
    assert growth_exponent(sizes, [7] * 4) == pytest.approx(0)
    assert math.isnan(growth_exponent(sizes, [0, 0, 0, 4]))


def test_a_table_lines_up() -> None:
    lines = list(text_table(["name", "s"], [["a", "1.25"], ["longer", "10"]]))
    assert lines == ["name       s", "------  ----", "a       1.25", "longer    10"]
    assert megabytes(1572864) == "1.5"


def test_the_compilers_statistics_are_read() -> None:
    stats = parse_stats("warning: unused\n" + STATS)
    assert (stats.n_functions, stats.n_nodes, stats.n_ops) == (250, 90123, 51000)
    assert (stats.peak_rss, stats.worker_peak_rss) == (88 << 20, 47 << 20)
    joined = "pass to_rt and to_llvm, joined"
    assert stats.seconds == pytest.approx({"typecheck": 1.3105, "parse": 0.02, "lower": 0.009, joined: 0.079})
    assert stats.bytes_added == {"init": 38 << 20, "typecheck": -(2 << 20)}


def test_other_output_is_no_statistics() -> None:
    with pytest.raises(UnreadableStatsError, match="no such file"):
        parse_stats("error: no such file\n")


def test_a_run_is_measured() -> None:
    usage = run_measured(
        python("import sys; print('out' * 50000); print('err', file=sys.stderr); sys.exit(3)")
    )
    assert usage.status == 3
    assert usage.output == b"out" * 50000 + b"\n"
    assert usage.errors == "err\n"
    assert usage.largest_rss > 1 << 20


def test_user_time_is_not_waiting_time() -> None:
    busy = run_measured(python("sum(range(3_000_000))"))
    idle = run_measured(python("import time; time.sleep(0.3)"))
    assert busy.user_seconds > idle.user_seconds
    assert idle.wall_seconds > 0.3 > idle.cpu_seconds


def test_the_memory_of_children_is_added() -> None:
    child = python("x = b'x' * (40 << 20); import time; time.sleep(0.4)")
    code = f"import subprocess\nfor p in [subprocess.Popen({child!r}) for _ in 'ab']: p.wait()"
    usage = run_measured(python(code), watch_tree=0.02)
    assert usage.tree_rss > 80 << 20  # no single one has that much of its own; what it inherits varies
