"""The meaning of `dyn Trait`: a value that knows its methods."""

from xdsl.ir import Operation

from dialects.interpreters.machine import ControlRule, Decoder, Frame, Step, give, invoke_from
from dialects.interpreters.values import Value
from dialects.qz import dynamic


class Dynamic:
    """A value with the symbols of the methods of a trait."""

    __slots__ = ("methods", "value")

    def __init__(self, value: Value, methods: list[str]) -> None:
        self.value = value
        self.methods = methods


def new(op: dynamic.DynNewOp, decoder: Decoder) -> Step:
    """Puts a value and its methods together. A method may do the same, so it is decoded when it is called."""
    methods = [name.root_reference.data for name in op.methods]
    value, result = decoder.slot(op.value), decoder.slot(op.result)
    fresh = decoder.machine.counts.fresh

    def step(frame: Frame) -> None:
        frame[result] = fresh(Dynamic(frame[value], methods))

    return step


def call(op: dynamic.DynCallOp, decoder: Decoder) -> Step:
    """Calls the method that the value brought along."""
    receiver = decoder.slot(op.receiver)
    operands, results = decoder.slots(op.arguments), decoder.slots(op.outputs)
    index = op.index.value.data
    callee_of, check = decoder.machine.callee, decoder.machine.counts.check

    def step(frame: Frame) -> None:
        dynamic_value = frame[receiver]
        check(dynamic_value)
        arguments = [dynamic_value.value, *[frame[slot] for slot in operands]]
        found = invoke_from(op, callee_of(dynamic_value.methods[index]), arguments)
        give(frame, results, found)

    return step


RULES: dict[type[Operation], ControlRule] = {
    dynamic.DynNewOp: new,
    dynamic.DynCallOp: call,
}
