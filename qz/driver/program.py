"""Compiling a whole program, one function at a time, from its source to objects."""

from collections.abc import Callable, Iterator
from pathlib import Path

from qz.driver.backend import Backend
from qz.driver.build import Build, FunctionUnit
from qz.driver.cache import Cache
from qz.driver.lowering_step import LoweringStep
from qz.driver.memory_stats import Account, show_statistics
from qz.driver.options import Options
from qz.driver.program_cache import Entry, ProgramCache
from qz.driver.recall import Outcome
from qz.driver.report import show_diagnostics
from qz.driver.runtime_text import RuntimeTexts
from qz.driver.runtime_unit import Runtime
from qz.driver.session import Session, wanted_trace
from qz.driver.stages import STAGES, Floor, is_before
from qz.driver.testing.spec import SPEC_SUFFIX
from qz.driver.units import Units
from qz.driver.warnings_kept import keep_warnings

_LLVM_OUTPUTS = ("asm", "llvm-ir", "bc")
_UNIT_OUTPUTS = frozenset(("obj", *_LLVM_OUTPUTS))


def compile_program(
    options: Options, backend: Backend, cache: Cache | None, programs: ProgramCache | None, started: float
) -> Outcome:
    """Compiles ``options.files[0]``; shows what was found, and keeps the result in ``programs``."""
    compilation = Compilation(options, backend, cache, started)
    session, build = compilation.session, compilation.build
    kinds = {*options.emit, "llvm-ir"} if options.explain_bounds else options.emit
    others = {kind: backend.path(kind) for kind in kinds if kind in _LLVM_OUTPUTS}
    objects = compilation.objects(others)
    if objects and compilation.step.bounds is not None:
        sources = [module.source for module in build.program.modules.values() if module.is_own]
        compilation.step.bounds.report(session.sink, sources, Path(others["llvm-ir"]).read_text())
    backend.dismiss()
    show_diagnostics(session)
    if session.sink.n_errors:
        show_statistics(session, backend.results)
        return Outcome(1)
    files = [path for path, _ in build.module_files()]
    if programs is not None:
        entry = Entry(tuple(objects), keep_warnings(session), build.listed_tests())
        programs.store(options.files[0], files, build.probed_missing(), entry)
    written = {kind: Path(path).read_bytes() for kind, path in others.items() if objects}
    account = Account(session, tuple(backend.results)) if options.watches_phases else None
    return Outcome(0, tuple(objects), written, tuple(files), build.listed_tests(), account)


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
        self.observe: Callable[[FunctionUnit], None] | None = None  # sees every function as `qz`
        texts = RuntimeTexts(self.session, self.build, self.step)
        self._runtime = Runtime(backend, cache, texts.unit)
        stop_after = options.stop_after
        self._stops_in_front = stop_after is not None and STAGES[stop_after].floor is Floor.FRONT
        self._stops_early = stop_after is not None and is_before(stop_after, "llvm-opt")
        self.session.ready()

    def objects(self, others: dict[str, str]) -> list[bytes]:
        """The objects; none where there were errors, or where --stop-after ended it earlier.

        ``others`` maps the other kinds of file wanted from LLVM to their paths.
        """
        session, step = self.session, self.step
        if not self.build.load(session.options.files[0]):
            return []
        if self._stops_in_front:
            self.build.check_all()
            return []
        one_file = bool(others or _UNIT_OUTPUTS & set(session.options.emit))
        units = Units(self._backend, self._runtime, step.new_builder, others, one_file=one_file)
        for unit in self._functions():
            if self.observe is not None:
                self.observe(unit)
            text = step.lower(unit)
            # After an error the rest is still checked, for its findings, but nothing more goes to LLVM.
            if text is not None and not session.sink.n_errors:
                with session.phase("codegen"):
                    units.add(text)
            session.end_function(unit.n_nodes, unit.n_ops)
            del unit, text  # they must be gone before the next function begins
        if session.sink.n_errors or self._stops_early or not self.build.has_start:
            return []
        for text in step.entry(self.build):
            units.add(text)
        with session.phase("codegen"):
            return units.finish()

    def _functions(self) -> Iterator[FunctionUnit]:
        options = self.session.options
        if options.test_filter is None:
            return self.build.functions()
        return self.build.test_functions(options.test_filter, is_spec=options.files[0].endswith(SPEC_SUFFIX))
