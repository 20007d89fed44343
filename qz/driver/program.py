"""Compiling a whole program, one function at a time, from its source to objects."""

from pathlib import Path

from qz.driver.backend import Backend
from qz.driver.build import Build
from qz.driver.cache import Cache
from qz.driver.lowering_step import LoweringStep
from qz.driver.memory_stats import memory_lines, time_lines
from qz.driver.options import Options
from qz.driver.program_cache import Entry, ProgramCache
from qz.driver.recall import Outcome
from qz.driver.report import show_diagnostics, write_lines
from qz.driver.runtime_unit import Runtime
from qz.driver.session import Session
from qz.driver.stages import is_before
from qz.driver.units import Units
from qz.driver.warnings_kept import keep_warnings

_LLVM_OUTPUTS = ("asm", "llvm-ir", "bc")


def compile_program(
    options: Options, backend: Backend, cache: Cache | None, programs: ProgramCache | None, started: float
) -> Outcome:
    """Compiles ``options.files[0]``; shows what was found, and keeps the result in ``programs``."""
    session = Session(options, started)
    build = Build(session)
    step = LoweringStep(session, backend.target.triple)
    session.ready()
    others = {kind: backend.path(kind) for kind in options.emit if kind in _LLVM_OUTPUTS}
    objects = _compile(session, build, step, backend, Runtime(backend, cache), others)
    show_diagnostics(session)
    if options.time_passes:
        write_lines(time_lines(session.clock))
    if options.memory_stats:
        write_lines(memory_lines(session, backend.worker_peak))
    if session.sink.n_errors:
        return Outcome(1)
    files = [path for path, _ in build.module_files()]
    if programs is not None:
        entry = Entry(tuple(objects), keep_warnings(session))
        programs.store(options.files[0], files, list(build.probed_missing()), entry)
    written = {kind: Path(path).read_bytes() for kind, path in others.items() if objects}
    return Outcome(0, tuple(objects), written, tuple(files))


def _compile(
    session: Session,
    build: Build,
    step: LoweringStep,
    backend: Backend,
    runtime: Runtime,
    others: dict[str, str],
) -> list[bytes]:
    """The objects; none where there were errors, or where --stop-after ended it earlier."""
    options = session.options
    if not build.load(options.files[0]):
        return []
    stops_early = options.stop_after is not None and is_before(options.stop_after, "llvm-opt")
    if not stops_early and not runtime.start(lambda: _runtime_text(session, build, step)):
        return []
    units = Units(backend, runtime, step.new_builder, others)
    for unit in build.functions():
        text = step.lower(unit)
        # After an error the rest is still checked, for its findings, but nothing more goes to LLVM.
        if text is not None and not session.sink.n_errors:
            with session.phase("codegen"):
                units.add(text)
        session.end_function(unit.n_nodes, unit.n_ops)
    if session.sink.n_errors or stops_early:
        return []
    with session.phase("codegen"):
        units.add(step.entry(build))
        return units.finish()


def _runtime_text(session: Session, build: Build, step: LoweringStep) -> str | None:
    builder = step.new_builder()
    for unit in build.runtime_functions():
        text = step.lower(unit)
        if text is not None:
            builder.add(text)
        session.end_function(unit.n_nodes, unit.n_ops)
    return None if session.sink.n_errors else builder.finish()
