"""``qz mem-report``: compiles a program and says where the memory went.

The peak of the process is put down to a few parts:

    start         Python, LLVM, numpy, xDSL and the compiler, step by step, before any source was read
    objects       what exists when all is done and did not before: sources, tokens, declarations, tables
    functions     what was there at the peak and is not when all is done: trees, types and IR of functions
    kept          what the allocators hold for the next who asks, fragments included
    libraries     pages of files (shared libraries, most of all) that were touched on the way
    unexplained   what stays resident besides, in nobody's books

The workers that run LLVM are processes of their own; the largest is listed beside the peak.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from qz.base.allocators import allocator_books
from qz.base.heap_census import Kind, heap_census
from qz.base.mem_usage import MemRow, MemUsage
from qz.base.process_memory import current_rss, file_rss, peak_rss
from qz.driver.objects.backend import Backend, target_of
from qz.driver.options import Options

if TYPE_CHECKING:
    from qz.driver.made import FunctionUnit
    from qz.driver.measuring.generic_code import GenericCode
    from qz.driver.measuring.ir_census import OpKind

_KB, _MB = 1 << 10, 1 << 20


class FunctionCost(NamedTuple):
    """What a function took: nodes of its arena, operations of its IR and their bytes."""

    name: str
    n_nodes: int
    n_ops: int
    ir_bytes: int


class Growth(NamedTuple):
    """By how many bytes the process grew while something was done."""

    name: str
    size: int


class MemoryReport(NamedTuple):
    """All figures are bytes, unless they begin with ``n_``."""

    peak: int
    start: tuple[Growth, ...]
    objects: tuple[Kind, ...]
    in_the_end: int  # resident when all is done and garbage is collected
    kept: int
    libraries: int
    stores: tuple[MemRow, ...]
    phases: tuple[Growth, ...]
    operations: tuple[OpKind, ...]
    functions: tuple[FunctionCost, ...]
    generics: tuple[GenericCode, ...]
    largest_worker: int

    def parts(self) -> dict[str, int]:
        """The peak, taken apart; the parts add up to it, or to more where something was counted twice."""
        parts = {
            "start": sum(step.size for step in self.start),
            "objects": sum(kind.size for kind in self.objects),
            "functions": max(self.peak - self.in_the_end, 0),
            "kept": self.kept,
            "libraries": self.libraries,
        }
        parts["unexplained"] = max(self.peak - sum(parts.values()), 0)
        return parts

    @property
    def explained(self) -> float:
        """The share of the peak that is in somebody's books."""
        return 1 - self.parts()["unexplained"] / self.peak


def run_mem_report(
    options: Options, started: float, *, as_json: bool, top: int, fail_over: int | None
) -> int:
    """Prints the report; 1 where the program is wrong or the peak is above ``fail_over``."""
    steps = _Steps()
    with Backend(options, target_of(options, here=False)) as backend:
        steps.end("LLVM")
        report = _measure(options, backend, started, steps)
    if report is None:
        return 1
    lines = _json_lines(report) if as_json else _text_lines(report, top)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    if fail_over is not None and report.peak > fail_over:
        sys.stderr.write(f"peak of {report.peak / _MB:.1f} MB is above {fail_over / _MB:.1f} MB\n")
        return 1
    return 0


class _Steps:
    """How the process came to the size it has when compiling begins."""

    def __init__(self) -> None:
        self._rss = current_rss()
        self.made = [Growth("Python", self._rss)]

    def end(self, name: str) -> None:
        """Puts down to ``name`` what came since the step before."""
        rss = current_rss()
        self.made.append(Growth(name, rss - self._rss))
        self._rss = rss


def _measure(options: Options, backend: Backend, started: float, steps: _Steps) -> MemoryReport | None:
    import_module("numpy")
    steps.end("numpy")
    from qz.driver.memory_stats import largest_worker
    from qz.driver.quick_imports import quick_imports
    from qz.driver.report import show_diagnostics

    with quick_imports():
        import_module("xdsl.dialects.builtin")
        steps.end("xDSL")
        from qz.driver.measuring.generic_code import generic_code
        from qz.driver.measuring.ir_census import IrCensus
        from qz.driver.program import Compilation

    # Nothing is recalled from the cache, the runtime included: a report is about compiling.
    compilation = Compilation(options._replace(memory_stats=True), backend, None, started)
    session = compilation.session
    costs: list[FunctionCost] = []
    census = IrCensus()

    def observe(unit: FunctionUnit) -> None:
        costs.append(FunctionCost(unit.symbol, unit.n_nodes, unit.n_ops, census.add(unit.module)))

    compilation.observe = observe
    steps.end("compiler")
    books_before, files_before = allocator_books(), file_rss()
    objects = compilation.objects({})
    show_diagnostics(session)
    if session.sink.n_errors:
        return None
    peak = peak_rss()
    gc.collect()
    in_the_end, books, files = current_rss(), allocator_books(), file_rss()
    usage = MemUsage()
    usage.collect("session", session)
    usage.collect("front", compilation.build)
    return MemoryReport(
        peak=peak,
        start=tuple(steps.made),
        objects=tuple(heap_census()),
        in_the_end=in_the_end,
        kept=max(books.kept - books_before.kept, 0),
        libraries=max(files - files_before, 0),
        stores=tuple(usage.grouped(3)),
        phases=tuple(Growth(phase.name, phase.bytes_added) for phase in session.clock.phases.values()),
        operations=tuple(census.kinds()),
        functions=tuple(sorted(costs, key=lambda cost: (-cost.ir_bytes, -cost.n_nodes, cost.name))),
        generics=tuple(generic_code(compilation.build.program.decls, objects)),
        largest_worker=largest_worker(backend.results),
    )


def _text_lines(report: MemoryReport, top: int) -> Iterator[str]:
    peak = report.peak
    yield f"peak {peak / _MB:10.1f} MB   largest LLVM worker {report.largest_worker / _MB:.1f} MB"
    for name, size in report.parts().items():
        yield f"  {name:<12}{size / _MB:8.1f} MB  {size / peak:6.1%}"
    yield f"explained: {report.explained:.1%}"
    yield "start"
    for name, size in report.start:
        yield f"  {name:<32}{size / _MB:10.1f} MB"
    yield "objects (how many, with what only they refer to)"
    for name, count, size in report.objects[:top]:
        yield f"  {name:<48}{count:8} {size / _KB:10.1f} KB"
    yield "stores (used, reserved)"
    for label, used, reserved in report.stores:
        yield f"  {label:<32}{used / _KB:10.1f} KB {reserved / _KB:10.1f} KB"
    yield "phases (growth)"
    for name, size in report.phases:
        yield f"  {name:<32}{size / _KB:+10.1f} KB"
    n_ops = sum(kind.n_ops for kind in report.operations)
    yield f"operations (how many of {n_ops} in all, of all functions one after the other)"
    for name, count, size in report.operations[:top]:
        yield f"  {name:<48}{count:8} {size / _KB:10.1f} KB"
    n_shown = min(top, len(report.functions))
    yield f"functions (the largest {n_shown} of {len(report.functions)}: operations, their bytes, nodes)"
    for cost in report.functions[:top]:
        yield f"  {cost.name:<48}{cost.n_ops:8} {cost.ir_bytes / _KB:10.1f} KB {cost.n_nodes:8}"
    yield "generic code (shared instances, their bytes of machine code, instances of one type, theirs)"
    for name, n_shared, shared, n_own, own in report.generics[:top]:
        yield f"  {name:<48}{n_shared:8}{shared:8}{n_own:8}{own:8}"


def _json_lines(report: MemoryReport) -> Iterator[str]:
    yield json.dumps(
        {
            "peak": report.peak,
            "explained": round(report.explained, 4),
            "largest_worker": report.largest_worker,
            "parts": report.parts(),
            "start": dict(report.start),
            "objects": [kind._asdict() for kind in report.objects],
            "stores": [row._asdict() for row in report.stores],
            "phases": dict(report.phases),
            "operations": [kind._asdict() for kind in report.operations],
            "functions": [cost._asdict() for cost in report.functions],
            "generics": [row._asdict() for row in report.generics],
        }
    )
