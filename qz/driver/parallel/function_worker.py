"""A process that makes functions: forked from the compiler when all is declared, so it knows what that knew.

It works on one function at a time, as the compiler itself does, and finds out for itself what it needs to
know besides. At the first error it stops: the compiler then goes on alone, and reports it.
"""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from qz.base.forked import read_message, write_message
from qz.base.process_memory import peak_rss
from qz.diagnostics.model import Diagnostic
from qz.driver.faults import problem_of
from qz.driver.made import is_walked
from qz.driver.measuring.progress import Progress
from qz.driver.objects.function_texts import packed
from qz.driver.parallel.messages import (
    Answer,
    Batch,
    Fault,
    Finished,
    ImportUse,
    ModuleUse,
    Tally,
    Task,
)
from qz.sema.incremental.fingerprints import named
from qz.sema.incremental.function_refs import FunctionRef, FunctionRefs, StaleError, UnnamedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qz.base.source import Span
    from qz.driver.build import Build
    from qz.driver.lowering_step import LoweringStep
    from qz.driver.made import FunctionUnit
    from qz.sema.decls import FunctionDecl
    from qz.sema.modules import ModuleEnv


class FunctionWorker:
    """The life of such a process: `serve` it."""

    def __init__(self, build: Build, step: LoweringStep) -> None:
        self._build = build
        self._program = build.program
        self._session = build.session
        self._step = step
        self._refs = FunctionRefs(build.program)
        self._n_files = len(build.session.sources)

    def serve(self, read_pipe: int, write_pipe: int) -> int:
        """Makes what is asked for until nothing more is; the exit status."""
        session = self._session
        session.clock.begin_anew()
        if session.trace is not None:
            session.trace.begin_lane("function worker")
        session.progress = Progress(wanted=False)
        while (batch := read_message(read_pipe, Batch)) is not None:
            write_message(write_pipe, self._answer(batch) if batch.tasks else self._tally())
        return 0

    def _answer(self, batch: Batch) -> Answer:
        sink = self._session.sink
        finished: list[Finished] = []
        try:
            for task in batch.tasks:
                if sink.n_errors:
                    break
                made = self._make(task)
                if made is not None:
                    finished.append(made)
        except Exception as error:  # the compiler reports it
            return Answer((), fault=_fault(error))
        return Answer(tuple(finished), bool(sink.n_errors))

    def _make(self, task: Task) -> Finished | None:
        """The function; None if it has errors, or something of it has no name."""
        sink = self._session.sink
        with self._program.reads.frame():
            try:
                function = self._refs.function(task.ref)
            except StaleError:
                return None
        if function.symbol != task.symbol:
            return None
        function.depth, function.asked_at = task.depth, task.asked_at
        with sink.apart() as found:
            unit = self._build.generate(function)
        if unit is None or not self._are_known(found):
            return None
        try:
            return self._finish(unit, found)
        except UnnamedError:
            return None

    def _finish(self, unit: FunctionUnit, found: list[Diagnostic]) -> Finished | None:
        text = self._step.lower(unit)
        self._session.clock.function = ""
        if text is None:
            return None
        key, image = packed(unit.group, text)
        mentions = tuple(text.declarations)
        made, recall = unit.made, self._session.recall
        record = reads = None
        if recall is not None and made is not None:
            record = recall.record(made, key, mentions, unit.n_nodes, unit.n_ops)
            reads = self._named_reads(f for f in made.reads if f.module is not made.function.module)
        callees = tuple([self._task(callee) for callee in unit.callees if is_walked(callee)])
        return Finished(
            unit.symbol,
            key,
            image,
            mentions,
            callees,
            () if made is None else tuple([(decl.module.name, decl.name) for decl in made.globals]),
            reads or (),
            made is None or made.is_silent,
            tuple(found),
            record,
            unit.n_nodes,
            unit.n_ops,
        )

    def _task(self, function: FunctionDecl) -> Task:
        asked_at = function.asked_at
        if asked_at is not None and not self._is_known(asked_at):
            asked_at = None
        return Task(self._refs.of(function), function.symbol, function.depth, asked_at)

    def _named_reads(self, functions: Iterable[FunctionDecl]) -> tuple[FunctionRef, ...]:
        found = named(self._refs, (function for function in functions if function.module.is_own))
        if found is None:
            raise UnnamedError
        return tuple([ref for ref, _ in found])

    # Places

    def _is_known(self, span: Span) -> bool:
        """Whether a file was there when the processes parted, so that its number means the same in both."""
        return span.file < self._n_files

    def _are_known(self, found: list[Diagnostic]) -> bool:
        spans = [diagnostic.span for diagnostic in found]
        spans += [note.span for diagnostic in found for note in diagnostic.notes]
        return all(span is None or self._is_known(span) for span in spans)

    # In the end

    def _tally(self) -> Tally:
        session, program = self._session, self._program
        own = [module for module in program.modules.values() if module.is_own]
        try:
            everywhere = self._named_reads(program.reads.functions(program.reads.everywhere))
        except UnnamedError:
            everywhere = None
        return Tally(
            {module.name: _use_of(module) for module in own},
            everywhere,
            session.clock.spent(),
            () if session.trace is None else session.trace.events(),
            peak_rss(),
        )


def _use_of(module: ModuleEnv) -> ModuleUse:
    return ModuleUse(
        frozenset(module.checked),
        frozenset(called.name for called in module.called),
        tuple([ImportUse(i.used, frozenset(i.used_names)) for i in module.imports]),
    )


def _fault(error: Exception) -> Fault:
    notes = getattr(error, "__notes__", None)
    phase = notes[0] if notes else "the driver"
    return Fault(problem_of(error), phase, "".join(traceback.format_exception(error)))
