"""The meaning of generators: bodies that suspend themselves, and the slots of those that were split.

A body that is not split yet runs in a thread of its own, which waits while the body is suspended; whoever
asks for the next value waits for the thread. So only one of them runs at any time.
"""

import threading
import weakref
from collections.abc import Callable

from xdsl.ir import Operation

from dialects.interpreters import closures
from dialects.interpreters.closures import Closure
from dialects.interpreters.machine import (
    Callee,
    ControlRule,
    Decoder,
    Evaluator,
    Frame,
    Machine,
    Step,
    Suspendable,
    ValueRule,
)
from dialects.interpreters.values import InterpreterFault, LimitReached, QuartzPanic, Value
from dialects.qz.closures import LambdaOp
from dialects.qz.generators import AGAIN, SlotGetOp, SlotSetOp, SuspendOp

STACK_BYTES = 16 << 20
"""Of the thread of a generator; calls need little of it."""


class GivenUp(BaseException):
    """Nobody will ask a suspended body for more: its thread is to end."""


class Body(Suspendable):
    """A body in a thread of its own, and what is handed over whenever one of the two waits for the other."""

    def __init__(self, run: Callable[[], Value]) -> None:
        self._run = run
        self._asked = threading.Semaphore(0)
        self._answered = threading.Semaphore(0)
        self._thread: threading.Thread | None = None
        self._given_up = False
        self._failure: BaseException | None = None
        self.ended = False
        self._value: Value = None

    def next(self) -> Value:
        """Lets the body run until it gives a value: that of a suspension, or its result, again and again."""
        if self.ended:
            return self._value
        if self._thread is None:
            around = threading.stack_size(STACK_BYTES)
            self._thread = threading.Thread(target=self._work, name="generator", daemon=True)
            self._thread.start()
            threading.stack_size(around)
        self._asked.release()
        self._answered.acquire()
        if self._failure is not None:
            raise self._failure
        return self._value

    def suspend(self, value: Value) -> None:
        """Gives a value from inside the body, and waits until the next one is asked for."""
        self._value = value
        self._answered.release()
        self._wait()

    def give_up(self) -> None:
        """Ends the thread."""
        self._given_up = True
        self._asked.release()

    def _wait(self) -> None:
        self._asked.acquire()
        if self._given_up:
            raise GivenUp

    def _work(self) -> None:
        try:
            self._wait()
            self._value = self._run()
        except GivenUp:
            return
        except BaseException as failure:  # whatever it is, it is that of whoever asked
            self._failure = failure
        self.ended = True
        self._answered.release()


class Generator(Callee):
    """A generator lambda with what it captured."""

    def __init__(self, machine: Machine, code: Callee, captured: list[Value], made: Operation) -> None:
        self._machine = machine
        self._made = made
        self._is_running = False
        self._call_stack: list[bytes] = []
        self.body = Body(lambda: code.invoke(list(captured)))
        weakref.finalize(self, _give_up, machine, self.body)

    def invoke(self, args: list[Value]) -> Value:
        machine = self._machine
        assert not args
        if self._is_running:
            raise QuartzPanic(AGAIN, self._made.location)
        self._begin()
        self._is_running = True
        around, machine.generator = machine.generator, self.body
        depth = len(machine.call_stack)
        machine.call_stack += self._call_stack
        try:
            value = self.body.next()
        finally:
            machine.generator = around
        self._call_stack = machine.call_stack[depth:]
        del machine.call_stack[depth:]
        self._is_running = False
        if self.body.ended:
            machine.waiting.discard(id(self.body))
        return value

    def _begin(self) -> None:
        waiting, limit = self._machine.waiting, self._machine.limits.n_generators
        if not self.body.ended:
            waiting.add(id(self.body))
        if len(waiting) > limit:
            raise LimitReached(f"more than {limit} generators that wait")


def _give_up(machine: Machine, body: Body) -> None:
    """Nobody refers to a generator any more."""
    machine.waiting.discard(id(body))
    body.give_up()


def lambda_(op: LambdaOp, decoder: Decoder) -> Step:
    """Makes a lambda, or a generator."""
    if op.generator is None:
        return closures.lambda_(op, decoder)
    machine = decoder.machine
    code = Decoder(machine).lambda_(op)
    captures = decoder.slots(op.captures)
    result = decoder.slot(op.result)

    def step(frame: Frame) -> None:
        frame[result] = Generator(machine, code, [frame[slot] for slot in captures], op)

    return step


def suspend(op: SuspendOp, machine: Machine) -> Evaluator:
    """Hands the value to whoever asked. What is given up is not run again."""

    is_told = op.given_up is not None

    def evaluate(value: Value) -> Value:
        if machine.generator is None:
            raise InterpreterFault("a `qz.suspend` outside a generator")
        machine.generator.suspend(value)
        return False if is_told else None

    return evaluate


def slot_get(op: SlotGetOp, machine: Machine) -> Evaluator:
    """Reads a slot."""
    index = op.index.value.data

    def evaluate(environment: Closure) -> Value:
        return environment.captured[index]

    return evaluate


def slot_set(op: SlotSetOp, machine: Machine) -> Evaluator:
    """Writes a slot; gives what was in it."""
    index = op.index.value.data

    def evaluate(environment: Closure, value: Value) -> Value:
        old, environment.captured[index] = environment.captured[index], value
        return old

    return evaluate


CONTROL_RULES: dict[type[Operation], ControlRule] = {LambdaOp: lambda_}
VALUE_RULES: dict[type[Operation], ValueRule] = {SuspendOp: suspend, SlotGetOp: slot_get, SlotSetOp: slot_set}
