"""The meaning of functions as values: lambdas, closures, and calls of either."""

from typing import cast

from xdsl.ir import Operation

from dialects.interpreters.machine import (
    Callee,
    ControlRule,
    Decoder,
    Evaluator,
    Frame,
    Machine,
    Step,
    ValueRule,
    give,
    invoke_from,
)
from dialects.interpreters.scalars import plain
from dialects.interpreters.value_structs import flattener, part_reader
from dialects.interpreters.values import Value
from dialects.qz import closures


class Lambda(Callee):
    """A lambda with what it captured, and with itself if it is recursive."""

    def __init__(self, code: Callee, captured: list[Value], *, recursive: bool) -> None:
        self._code = code
        self._further = [*captured, self] if recursive else captured

    def invoke(self, args: list[Value]) -> Value:
        return self._code.invoke(args + self._further)


class Closure(Callee):
    """A function whose last parameter is the closure itself, as its environment.

    What it captured is followed by its slots, if it is a generator.
    """

    def __init__(self, code: Callee, captured: list[Value], *, on_stack: bool, drop: str = "") -> None:
        self._code = code
        self.captured = captured
        self.on_stack = on_stack
        self.drop = drop

    def invoke(self, args: list[Value]) -> Value:
        return self._code.invoke([*args, self])


def lambda_(op: closures.LambdaOp, decoder: Decoder) -> Step:
    """Makes a lambda; its body is decoded here, once."""
    code = Decoder(decoder.machine).lambda_(op)
    captures = decoder.slots(op.captures)
    result = decoder.slot(op.result)
    recursive = op.recursive is not None

    def step(frame: Frame) -> None:
        frame[result] = Lambda(code, [frame[slot] for slot in captures], recursive=recursive)

    return step


def call(op: closures.CallFnOp | closures.CallCodeOp, decoder: Decoder) -> Step:
    """Calls whatever function the value is."""
    function = decoder.slot(op.callee)
    operands = decoder.slots(op.arguments)
    results = decoder.slots(op.outputs)

    def step(frame: Frame) -> None:
        value = invoke_from(op, cast("Callee", frame[function]), [frame[slot] for slot in operands])
        give(frame, results, value)

    return step


def fn_ref(op: closures.FnRefOp, machine: Machine) -> Evaluator:
    """Gives the function, decoded if it was not yet."""
    symbol = op.callee.root_reference.data
    return lambda: machine.callee(symbol)


def closure(op: closures.ClosureOp, machine: Machine) -> Evaluator:
    """Makes a closure; what it captures has a word for each leaf."""
    symbol = op.callee.root_reference.data
    on_stack = op.on_stack is not None
    flatten = flattener(op.captures.types)
    slots: list[Value] = [0] * (0 if op.slots is None else len(op.slots))
    drop = op.drop.root_reference.data if op.drop is not None else ""

    def evaluate(*captured: Value) -> Closure:
        return Closure(machine.callee(symbol), [*flatten(captured), *slots], on_stack=on_stack, drop=drop)

    return evaluate


def captured(op: closures.CapturedOp, machine: Machine) -> Evaluator:
    """Reads a captured value."""
    read = part_reader(op.index.value.data, op.result.type)

    def evaluate(environment: Closure) -> Value:
        return read(environment.captured)

    return evaluate


def same(function: Value) -> Value:
    """Gives the function, which is its own code, and its own environment."""
    return function


CONTROL_RULES: dict[type[Operation], ControlRule] = {
    closures.CallFnOp: call,
    closures.CallCodeOp: call,
}
VALUE_RULES: dict[type[Operation], ValueRule] = {
    closures.FnRefOp: fn_ref,
    closures.ClosureOp: closure,
    closures.CapturedOp: captured,
    closures.CodeOfOp: plain(same),
    closures.EnvironmentOp: plain(same),
    closures.ClosureOfOp: plain(same),
}
