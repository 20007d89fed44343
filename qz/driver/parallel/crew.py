"""The processes that make functions, and what they are asked for.

Functions are handed out in batches as they become known, in whatever order the processes are free (`Shares`).
Nothing depends on that order: what is made of a function comes from the function and from names, and `Build`
takes the results in the order in which it would have made them. What a process could not make is missing, and
made by whoever misses it.
"""

from __future__ import annotations

import gc
import select
from collections.abc import Sequence
from sys import intern
from typing import TYPE_CHECKING

from qz.base.forked import ForkedProcess, ProcessDiedError
from qz.driver.caching.function_cache import Recalled
from qz.driver.faults import ForeignFault
from qz.driver.made import is_walked
from qz.driver.parallel.function_worker import FunctionWorker
from qz.driver.parallel.messages import Answer, Batch, Finished, Tally, Task
from qz.driver.parallel.ready import Ask, Ready
from qz.driver.parallel.shares import Shares
from qz.sema.incremental.function_refs import FunctionRefs, StaleError, UnnamedError

if TYPE_CHECKING:
    from qz.driver.build import Build
    from qz.driver.lowering_step import LoweringStep
    from qz.driver.objects.function_texts import FunctionTexts
    from qz.sema.decls import FunctionDecl

# Enough that the way there and back is nothing beside the work, few enough that all end at almost the same
# time.
_TASKS_PER_BATCH = 4
_BATCHES_UNDER_WAY = 2  # one to work on, and one to go on with
# What a process finds out, and what it makes its own of the memory that it shares, grows with what it is
# asked for. So it gives way to a new one, which has to find it out again: a twentieth of a second, each time.
_TASKS_PER_PROCESS = 500
# So a pipe holds all batches that are under way, and handing one out never waits for a process that waits for
# its answer to be read.
_LONGEST_REF = 2000


class _Member:
    """One of the crew: the process that it is at the moment, and how much that has to do and had."""

    __slots__ = ("n_batches", "n_tasks", "process")

    def __init__(self, process: ForkedProcess) -> None:
        self.process = process
        self.n_batches = 0
        self.n_tasks = 0


class Crew:
    """Makes the functions of one program: `make_all`, once."""

    def __init__(
        self,
        build: Build,
        step: LoweringStep,
        texts: FunctionTexts,
        others: Sequence[ForkedProcess],
        n_workers: int,
    ) -> None:
        """``others``: forked processes that there are already."""
        self._build = build
        self._program = build.program
        self._step = step
        self._texts = texts
        self._others = others
        self._n_workers = n_workers
        self._refs = FunctionRefs(build.program)
        self._seen: set[int] = set()
        self._waiting = Shares(n_workers)
        self._asked: dict[str, FunctionDecl] = {}
        self._resolved: dict[str, FunctionDecl] = {}
        self._asks: dict[Ask, Ask] = {}
        self._ready: dict[int, Ready] = {}
        self._members: list[_Member] = []

    def make_all(self, pending: list[FunctionDecl], seen: set[int]) -> dict[int, Ready]:
        """These functions and all that can be reached from them, by their ids; but nothing else that was
        ``seen``, which is there already."""
        self._seen = seen - {function.id for function in pending}
        for function in pending:
            self._ask_for(function)
        try:
            self._members += [_Member(self._forked()) for _ in range(self._n_workers)]
            self._work()
            for member in self._members:
                member.process.write(Batch(()))
            for member in self._members:
                self._build.take_over(member.process.read(Tally))
        except ProcessDiedError as death:
            raise ForeignFault(str(death), "the compilation of functions", "") from death
        finally:
            for member in self._members:
                member.process.kill()
            for member in self._members:
                member.process.wait()
        return self._ready

    def _forked(self) -> ForkedProcess:
        gc.collect(0)
        gc.freeze()  # so that no process writes to what it shares with the others, only to look at it
        worker = FunctionWorker(self._build, self._step)
        others = [*self._others, *[member.process for member in self._members]]
        return ForkedProcess("a process that compiles functions", worker.serve, others)

    def _work(self) -> None:
        """Hands out what is known of, and takes what comes back, until nothing is left of either."""
        while True:
            for _ in range(_BATCHES_UNDER_WAY):
                for number, member in enumerate(self._members):
                    if self._waiting and member.n_batches < _BATCHES_UNDER_WAY:
                        self._hand_out(number, member)
            busy = {member.process.read_pipe: member for member in self._members if member.n_batches}
            if not busy:
                return
            for pipe in select.select(busy, [], [])[0]:
                answer = busy[pipe].process.read(Answer)
                busy[pipe].n_batches -= 1
                self._take(answer)

    def _hand_out(self, number: int, member: _Member) -> None:
        """Some of what waits, but nothing more to a process that is to go; another takes its place then."""
        if member.n_tasks >= _TASKS_PER_PROCESS:
            if member.n_batches:
                return
            self._replace(member)
        tasks = self._waiting.take(number, _TASKS_PER_BATCH)
        member.process.write(Batch(tuple(tasks)))
        member.n_batches += 1
        member.n_tasks += len(tasks)

    def _replace(self, member: _Member) -> None:
        member.process.write(Batch(()))
        self._build.take_over(member.process.read(Tally))
        member.process.kill()
        member.process.wait()
        member.process = self._forked()
        member.n_tasks = 0

    def _take(self, answer: Answer) -> None:
        if answer.fault is not None:
            raise ForeignFault(*answer.fault)
        for finished in answer.finished:
            self._build.session.progress.tick(len(self._ready), finished.symbol)
            function = self._asked.pop(finished.symbol)
            with self._program.reads.frame():
                ready = self._in_our_terms(function, finished)
            if ready is not None:
                self._texts.add_image(finished.text, finished.image)
                self._ready[function.id] = ready
                if not answer.has_errors:
                    for callee in ready.recalled.callees:
                        self._ask_for(callee)
        if answer.has_errors:
            self._waiting.clear()

    def _in_our_terms(self, function: FunctionDecl, finished: Finished) -> Ready | None:
        try:
            callees = [self._resolve(task) for task in finished.callees]
            globals_ = [self._refs.variable(module, name) for module, name in finished.globals]
            reads = frozenset([self._refs.function(ref) for ref in finished.reads])
        except StaleError:
            return None
        text = finished.text
        recalled = Recalled(
            function.symbol,
            text._replace(group=intern(text.group), symbol=function.symbol),
            tuple(map(intern, finished.mentions)),
            callees,
            globals_,
            finished.n_nodes,
            finished.n_ops,
        )
        asks = [(task.depth, task.asked_at) for task in finished.callees]
        asked = tuple([self._asks.setdefault(ask, ask) for ask in asks])
        return Ready(recalled, asked, reads, finished.is_silent, finished.diagnostics, finished.record)

    def _resolve(self, task: Task) -> FunctionDecl:
        found = self._resolved.get(task.symbol)
        if found is None:
            found = self._refs.function(task.ref)
            if found.symbol != task.symbol:
                raise StaleError
            self._resolved[task.symbol] = found
        return found

    def _ask_for(self, function: FunctionDecl) -> None:
        """Puts a function on the list, unless it was seen; one that is recalled leads on to its callees."""
        pending = [function]
        while pending:
            function = pending.pop()
            if function.id in self._seen or not is_walked(function):
                continue
            self._seen.add(function.id)
            recalled = self._build.recalled(function)
            if recalled is not None:
                pending += recalled.callees
                continue
            try:
                ref = self._refs.of(function)
            except UnnamedError:
                continue
            if len(repr(ref)) <= _LONGEST_REF:
                self._asked[function.symbol] = function
                task = Task(ref, function.symbol, function.depth, function.asked_at)
                self._waiting.add(function.module.name, task)
