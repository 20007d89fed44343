"""Compiling a whole program, one function at a time, from its source to objects."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qz.driver.build import Build
from qz.driver.caching.cache import Cache
from qz.driver.caching.function_cache import FunctionCache, Recalled, open_function_cache
from qz.driver.caching.outline_cache import OutlineCache
from qz.driver.caching.program_cache import Entry, ProgramCache
from qz.driver.caching.rebuilt import Rebuilt
from qz.driver.lowering_step import LoweringStep
from qz.driver.made import FunctionUnit
from qz.driver.memory_stats import Account, show_statistics
from qz.driver.objects.backend import Backend
from qz.driver.objects.function_texts import FunctionTexts, LostTextError
from qz.driver.objects.runtime_text import RuntimeTexts
from qz.driver.objects.runtime_unit import Runtime
from qz.driver.objects.units import ENTRY_GROUP, Units
from qz.driver.options import Options
from qz.driver.outcome import Outcome
from qz.driver.report import show_diagnostics
from qz.driver.session import Session, wanted_trace
from qz.driver.stages import STAGES, Floor, is_before
from qz.driver.testing.spec import SPEC_SUFFIX
from qz.driver.warnings_kept import keep_warnings

if TYPE_CHECKING:
    from qz.driver.parallel.ready import Ready
    from qz.sema.decls import FunctionDecl

_LLVM_OUTPUTS = ("asm", "llvm-ir", "bc")
_UNIT_OUTPUTS = frozenset(("obj", *_LLVM_OUTPUTS))


def compile_program(
    options: Options, backend: Backend, cache: Cache | None, programs: ProgramCache | None, started: float
) -> Outcome:
    """Compiles ``options.files[0]``; shows what was found, and keeps the result in ``programs``."""
    kinds = {*options.emit, "llvm-ir"} if options.explain_bounds else options.emit
    others = {kind: backend.path(kind) for kind in kinds if kind in _LLVM_OUTPUTS}
    compilation = Compilation(options, backend, cache, started)
    try:
        objects = compilation.objects(others)
    except LostTextError:  # somebody cleaned up the cache meanwhile
        backend.finish()
        compilation = Compilation(options, backend, cache, started)
        compilation.makes_anew = True
        objects = compilation.objects(others)
    session, build = compilation.session, compilation.build
    if objects and compilation.step.bounds is not None:
        sources = [module.source for module in build.program.modules.values() if module.is_own]
        compilation.step.bounds.report(session.sink, sources, Path(others["llvm-ir"]).read_text())
    backend.dismiss()
    show_diagnostics(session)
    if options.why:
        compilation.rebuilt.show()
    if session.sink.n_errors:
        show_statistics(session, backend.results)
        return Outcome(1)
    files = [path for path, _ in build.module_files()]
    listed = b"" if options.test_filter is None else build.entry.listed_tests()
    if programs is not None:
        entry = Entry(tuple(objects), keep_warnings(session), listed)
        programs.store(options.files[0], files, build.probed_missing(), entry)
    written = {kind: Path(path).read_bytes() for kind, path in others.items() if objects}
    account = Account(session, tuple(backend.results)) if options.watches_phases else None
    return Outcome(0, tuple(objects), written, tuple(files), listed, account)


class Compilation:
    """One program on its way through every phase."""

    def __init__(self, options: Options, backend: Backend, cache: Cache | None, started: float) -> None:
        self.session = Session(options, started, wanted_trace(options))
        self.build = Build(self.session)
        self._backend = backend
        self.step = LoweringStep(self.session, backend)
        if options.explain_bounds:
            from qz.driver.bounds import BoundsWatch

            self.step.bounds = BoundsWatch()
        _ = self.build.ir  # now, so that what importing it takes is not put down to a function
        self.observe: Callable[[FunctionUnit], None] | None = None  # sees every function as `qz`
        texts = RuntimeTexts(self.session, self.build, self.step)
        self._runtime = Runtime(backend, cache, texts.unit)
        self.rebuilt = Rebuilt()
        self.makes_anew = False  # whatever is known of its functions
        self._cache = cache if options.use_cache and not options.observes_functions else None
        if self._cache is not None:
            self.build.program.loader.outlines = OutlineCache(self._cache)
        stop_after = options.stop_after
        self._stops_in_front = stop_after is not None and STAGES[stop_after].floor is Floor.FRONT
        self._stops_early = stop_after is not None and is_before(stop_after, "llvm-opt")
        self.session.ready()

    def objects(self, others: dict[str, str]) -> list[bytes]:
        """The objects; none where there were errors, or where --stop-after ended it earlier.

        ``others`` maps the other kinds of file wanted from LLVM to their paths.
        """
        session, step, options = self.session, self.step, self.session.options
        if not self.build.load(session.options.files[0]):
            return []
        if self._stops_in_front:
            self.build.check_all()
            return []
        if self.step.is_direct and self.observe is None:
            self.build.ir.leave_out_declarations()
        recall = self._open_recall()
        units = self._units(recall, others)
        if options.n_workers > 1 and self._may_part:
            self.build.make_elsewhere = self._make_elsewhere
        for unit in self._functions():
            if isinstance(unit, Recalled):
                units.recall(unit.text, unit.mentions)
                session.end_function(unit.n_nodes, unit.n_ops)
                continue
            if self.observe is not None:
                self.observe(unit)
            text = step.lower(unit)
            # After an error the rest is still checked, for its findings, but nothing more goes to LLVM.
            if text is not None and not session.sink.n_errors:
                with session.phase("codegen"):
                    key = units.add(unit.group, text)
                if recall is not None and unit.made is not None:
                    record = recall.record(unit.made, key, text.declarations, unit.n_nodes, unit.n_ops)
                    recall.keep(unit.symbol, record)
            session.end_function(unit.n_nodes, unit.n_ops)
            del unit, text  # they must be gone before the next function begins
        objects: list[bytes] = []
        is_whole = not (session.sink.n_errors or self._stops_early or not self.build.entry.functions)
        if is_whole:
            for text in step.entry(self.build):
                units.add(ENTRY_GROUP, text)
            with session.phase("codegen"):
                objects = units.finish(self.build.exported_symbols())
        if recall is not None:
            recall.store(self._texts.keep(units.keys) if is_whole else {}, is_whole=is_whole)
        return objects

    @property
    def _may_part(self) -> bool:
        """Whether functions may be made in other processes: nobody wants to see them on their way, and the
        system can fork."""
        return not self.session.options.observes_functions and self.observe is None and hasattr(os, "fork")

    def _make_elsewhere(self, pending: "list[FunctionDecl]", seen: set[int]) -> "dict[int, Ready]":
        from qz.driver.parallel.crew import Crew  # which most programs are too small for

        others, n_workers = self._backend.processes, self.session.options.n_workers
        return Crew(self.build, self.step, self._texts, others, n_workers).make_all(pending, seen)

    def _open_recall(self) -> FunctionCache | None:
        """What is known of the program's functions, now that it is loaded."""
        if self._cache is None or self.observe is not None:
            return None
        self.session.recall = open_function_cache(
            self._cache,
            self.build.program,
            self.session.options,
            self.step.flags,
            self.rebuilt,
            anew=self.makes_anew,
        )
        return self.session.recall

    def _units(self, recall: FunctionCache | None, others: dict[str, str]) -> Units:
        kept = recall.texts if recall is not None else {}
        self._texts = FunctionTexts(self._backend.path, self._cache, kept)
        one_file = bool(others or _UNIT_OUTPUTS & set(self.session.options.emit))
        return Units(
            self._backend,
            self._runtime,
            self.step.new_builder,
            self._texts,
            self._cache,
            self.rebuilt,
            others,
            one_file=one_file,
        )

    def _functions(self) -> Iterator[FunctionUnit | Recalled]:
        options = self.session.options
        if options.test_filter is None:
            return self.build.functions_or_recalled()
        return self.build.test_functions(options.test_filter, is_spec=options.files[0].endswith(SPEC_SUFFIX))
