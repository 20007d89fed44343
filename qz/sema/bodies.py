"""Checked bodies: those of the functions whose turn has come, and those that are looked into before.

Code that is optimised is made with what is known of the functions that it calls, and that shows in their
bodies. Soon after, it is the turn of those functions, most often. So a body that was looked into waits for
that, but only as many as hold `MAX_NODES` together: those that were looked into last.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qz.sema.body import Body
from qz.sema.decls import FunctionDecl

if TYPE_CHECKING:
    from qz.sema.incremental.reads import Read
    from qz.sema.program import Program

MAX_NODES = 4096
"""Of the bodies that wait: nine in ten are there when their turn comes; half a megabyte."""


@dataclass(slots=True)
class _Checked:
    """A body, and what ends its life."""

    body: Body
    lease: ExitStack
    took: set[Read]
    """What checking it took."""
    is_silent: bool
    """Whether nothing was reported of it. Otherwise it is, again, in its turn."""


class Bodies:
    """The bodies of one program that are alive."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._waiting: dict[int, _Checked] = {}  # by the function, the one looked into last behind
        self._n_nodes = 0

    @contextmanager
    def of(self, function: FunctionDecl) -> Generator[Body]:
        """The body of a function whose turn has come; it is gone when the block ends."""
        checked = self._taken(function) or self._check(function)
        try:
            yield checked.body
        finally:
            with self._program.phase("tc_free"):
                checked.lease.close()
                del checked

    @contextmanager
    def ahead(self, function: FunctionDecl) -> Generator[Body]:
        """The body of a function that a question is asked of before its turn."""
        checked = self._taken(function) or self._check(function)
        try:
            yield checked.body
        finally:
            self._keep(function, checked)

    def give_up(self) -> None:
        """No function will have its turn any more."""
        for checked in self._waiting.values():
            checked.lease.close()
        self._waiting.clear()
        self._n_nodes = 0

    def _check(self, function: FunctionDecl) -> _Checked:
        program = self._program
        n_reports = program.sink.n_reports
        with ExitStack() as stack, program.reads.frame() as took:
            arena = stack.enter_context(program.arenas.function(function.symbol))
            with program.phase("typecheck"):
                body = program.queries.body(function, arena)
            lease = stack.pop_all()
        program.reads.repeat_all(took)
        return _Checked(body, lease, took, program.sink.n_reports == n_reports)

    def _taken(self, function: FunctionDecl) -> _Checked | None:
        """The body that waits for a function."""
        checked = self._waiting.pop(function.id, None)
        if checked is not None:
            self._n_nodes -= checked.body.arena.n
            self._program.reads.repeat_all(checked.took)
        return checked

    def _keep(self, function: FunctionDecl, checked: _Checked) -> None:
        if not checked.is_silent or function.id in self._waiting:
            checked.lease.close()
            return
        self._waiting[function.id] = checked
        self._n_nodes += checked.body.arena.n
        while self._n_nodes > MAX_NODES:
            oldest = self._waiting.pop(next(iter(self._waiting)))
            self._n_nodes -= oldest.body.arena.n
            oldest.lease.close()
