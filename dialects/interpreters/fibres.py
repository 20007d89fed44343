"""Fibres: what runs on a stack of its own and hands over to others, as `rt/fibre` has them.

Each is a thread, but for the one that runs `main`, and waits while another runs; so only one of them does at
any time. Whatever ends one of them ends the run: `main` is handed it.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from dialects.interpreters.values import QuartzPanic, Uncaught, Value

if TYPE_CHECKING:
    from dialects.interpreters.machine import Callee, Machine, Model, Suspendable

STACK_BYTES = 16 << 20
"""Of the thread of a fibre; calls need little of it."""

MAIN = 1
"""The number of the fibre that runs `main`."""


class GivenUp(BaseException):
    """The run is over: the thread is to end."""


class Fibre:
    """One of them, and what the machine has of it while another runs."""

    def __init__(self, body: Callee | None) -> None:
        self.body = body
        self.turn = threading.Semaphore(0)
        self.thread: threading.Thread | None = None
        self.call_stack: list[bytes] = []
        self.generator: Suspendable | None = None


class Fibres:
    """All fibres of a run."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._all: dict[int, Fibre] = {MAIN: Fibre(None)}
        self._last = MAIN
        self._failure: BaseException | None = None
        self._is_over = False
        self.current = MAIN

    def create(self, body: Callee) -> int:
        """Makes a fibre; gives its number."""
        self._machine.counts.dup(body)
        self._last += 1
        self._all[self._last] = Fibre(body)
        return self._last

    def switch_to(self, number: int) -> None:
        """Lets another one run, and waits until one of them hands over to this one."""
        if number == self.current:
            return
        machine, here = self._machine, self.current
        fibre = self._all[here]
        fibre.call_stack, fibre.generator = machine.call_stack, machine.generator
        self._enter(number)
        self._wait(fibre)
        if here == MAIN and self._failure is not None:
            raise self._failure
        self.current = here
        machine.call_stack, machine.generator = fibre.call_stack, fibre.generator

    def end(self) -> None:
        """Ends what waits when the run is over."""
        self._is_over = True
        for fibre in list(self._all.values()):
            fibre.turn.release()

    def _enter(self, number: int) -> None:
        fibre = self._all[number]
        if fibre.body is not None and fibre.thread is None:
            around = threading.stack_size(STACK_BYTES)
            fibre.thread = threading.Thread(target=self._work, args=(number,), name="fibre", daemon=True)
            fibre.thread.start()
            threading.stack_size(around)
        fibre.turn.release()

    def _wait(self, fibre: Fibre) -> None:
        fibre.turn.acquire()
        if self._is_over:
            raise GivenUp

    def _work(self, number: int) -> None:
        fibre, machine = self._all[number], self._machine
        assert fibre.body is not None
        try:
            self._wait(fibre)
            self.current = number
            machine.call_stack, machine.generator = fibre.call_stack, None
            following = fibre.body.invoke([])
            machine.counts.drop(fibre.body)
        except GivenUp:
            return
        except BaseException as failure:  # whatever it is, `main` raises it
            self._failure = Uncaught(failure) if isinstance(failure, QuartzPanic) else failure
            following = MAIN
        del self._all[number]
        self._enter(following)


def create(machine: Machine, body: Callee) -> int:
    return machine.fibres.create(body)


def switch_to(machine: Machine, fibre: int) -> None:
    machine.fibres.switch_to(fibre)


def current(machine: Machine) -> Value:
    return machine.fibres.current


MODELS: dict[str, Model] = {
    "rt.fibre$create": create,
    "rt.fibre$switch_to": switch_to,
    "rt.fibre$current": current,
}
