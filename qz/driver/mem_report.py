"""``qz mem-report``: compiles a program and says where the memory went.

The peak of the process is put down to a few parts:

    interpreter   Python with the compiler and its libraries, before any source was read
    stores        what the session's and the front end's stores say they hold when all is done
    functions     what was there at the peak and is not when all is done: the IR and the text of functions
    unexplained   what stays resident besides, in nobody's books

The workers that run LLVM are processes of their own; the largest is listed beside the peak.
"""

import gc
import json
import sys
from collections.abc import Iterator
from typing import NamedTuple

from qz.base.mem_usage import MemRow, MemUsage
from qz.base.process_memory import current_rss, peak_rss
from qz.driver.backend import Backend, target_of
from qz.driver.options import Options
from qz.driver.session import FunctionCost

_KB, _MB = 1 << 10, 1 << 20


class MemoryReport(NamedTuple):
    """All figures are bytes."""

    peak: int
    interpreter: int
    in_the_end: int  # resident when all is done and garbage is collected
    stores: tuple[MemRow, ...]
    phases: tuple[tuple[str, int], ...]
    functions: tuple[FunctionCost, ...]
    largest_worker: int

    def parts(self) -> dict[str, int]:
        """The peak, taken apart; the parts add up to it."""
        in_stores = sum(row.reserved for row in self.stores)
        transient = max(self.peak - self.in_the_end, 0)
        explained = self.interpreter + in_stores + transient
        return {
            "interpreter": self.interpreter,
            "stores": in_stores,
            "functions": transient,
            "unexplained": max(self.peak - explained, 0),
        }


def run_mem_report(
    options: Options, started: float, *, as_json: bool, top: int, fail_over: int | None
) -> int:
    """Prints the report; 1 where the program is wrong or the peak is above ``fail_over``."""
    with Backend(options, target_of(options, here=False)) as backend:
        report = _measure(options, backend, started)
    if report is None:
        return 1
    lines = _json_lines(report) if as_json else _text_lines(report, top)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    if fail_over is not None and report.peak > fail_over:
        sys.stderr.write(f"peak of {report.peak / _MB:.1f} MB is above {fail_over / _MB:.1f} MB\n")
        return 1
    return 0


def _measure(options: Options, backend: Backend, started: float) -> MemoryReport | None:
    from qz.driver.quick_imports import quick_imports
    from qz.driver.report import show_diagnostics

    with quick_imports():
        from qz.driver.program import Compilation

    # Nothing is recalled from the cache, the runtime included: a report is about compiling.
    compilation = Compilation(options._replace(memory_stats=True), backend, None, started)
    session = compilation.session
    interpreter = current_rss()
    costs: list[FunctionCost] = []
    session.on_function = costs.append
    compilation.objects({})
    show_diagnostics(session)
    if session.sink.n_errors:
        return None
    peak = peak_rss()
    gc.collect()
    usage = MemUsage()
    usage.collect("session", session)
    usage.collect("front", compilation.build)
    return MemoryReport(
        peak=peak,
        interpreter=interpreter,
        in_the_end=current_rss(),
        stores=tuple(usage.grouped(3)),
        phases=tuple((phase.name, phase.bytes_added) for phase in session.clock.phases.values()),
        functions=tuple(sorted(costs, key=lambda cost: (-cost.n_ops, -cost.n_nodes, cost.name))),
        largest_worker=backend.worker_peak,
    )


def _text_lines(report: MemoryReport, top: int) -> Iterator[str]:
    yield f"peak {report.peak / _MB:10.1f} MB   largest LLVM worker {report.largest_worker / _MB:.1f} MB"
    parts = report.parts()
    for name, size in parts.items():
        yield f"  {name:<12}{size / _MB:8.1f} MB  {size / report.peak:6.1%}"
    yield "stores (used, reserved)"
    for row in report.stores:
        yield f"  {row.label:<32}{row.used / _KB:10.1f} KB {row.reserved / _KB:10.1f} KB"
    yield "phases (growth)"
    for name, size in report.phases:
        yield f"  {name:<32}{size / _KB:+10.1f} KB"
    n_shown = min(top, len(report.functions))
    yield f"functions (the largest {n_shown} of {len(report.functions)}: operations, nodes)"
    for cost in report.functions[:top]:
        yield f"  {cost.name:<48}{cost.n_ops:8} {cost.n_nodes:8}"


def _json_lines(report: MemoryReport) -> Iterator[str]:
    yield json.dumps(
        {
            "peak": report.peak,
            "largest_worker": report.largest_worker,
            "parts": report.parts(),
            "stores": [row._asdict() for row in report.stores],
            "phases": dict(report.phases),
            "functions": [cost._asdict() for cost in report.functions],
        }
    )
