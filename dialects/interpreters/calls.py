"""The meaning of calls, panics and declarations."""

from xdsl.dialects.builtin import SymbolRefAttr
from xdsl.dialects.func import CallOp
from xdsl.ir import Operation

from dialects.interpreters.machine import (
    ControlRule,
    Decoder,
    Evaluator,
    Frame,
    Machine,
    Step,
    ValueRule,
    give,
)
from dialects.interpreters.values import InterpreterFault, QuartzPanic, Stop, Value
from dialects.qz.calls import CallExternOp, CEntryOp, ExternOp
from dialects.qz.matches import ApartOp, UnknownOp
from dialects.qz.panics import DebugBindOp, PanicOp


def call(op: CallOp | CallExternOp, decoder: Decoder) -> Step:
    """Calls what the symbol names. The arguments go in one list, so that deep recursion costs no C stack."""
    callee_of = decoder.machine.callee
    callee = op.properties["callee"]
    assert isinstance(callee, SymbolRefAttr)
    symbol = callee.root_reference.data
    operands = decoder.slots(op.operands)
    results = decoder.slots(op.results)

    def step(frame: Frame) -> None:
        try:
            value = callee_of(symbol).invoke([frame[slot] for slot in operands])
        except Stop as stop:
            stop.calls.append(op.location)
            raise
        give(frame, results, value)

    return step


def declare(op: ExternOp | CEntryOp, machine: Machine) -> Evaluator:
    """A declaration stands in a module, never in a function."""
    raise InterpreterFault(f"a `{op.name}` inside a function")


def panic(op: PanicOp, machine: Machine) -> Evaluator:
    """Ends the program."""

    def evaluate(message: bytes) -> Value:
        raise QuartzPanic(message, op.location)

    return evaluate


def debug_bind(op: DebugBindOp, machine: Machine) -> Evaluator:
    """Means nothing to the program."""

    def evaluate(value: Value) -> None:
        del value

    return evaluate


def apart(op: ApartOp, machine: Machine) -> Evaluator:
    """Means nothing to the program either."""

    def evaluate() -> None:
        pass

    return evaluate


def unknown(op: UnknownOp, machine: Machine) -> Evaluator:
    """Is the number that it is given."""

    def evaluate(value: Value) -> Value:
        return value

    return evaluate


CONTROL_RULES: dict[type[Operation], ControlRule] = {CallOp: call, CallExternOp: call}
VALUE_RULES: dict[type[Operation], ValueRule] = {
    ExternOp: declare,
    CEntryOp: declare,
    PanicOp: panic,
    DebugBindOp: debug_bind,
    ApartOp: apart,
    UnknownOp: unknown,
}
