"""Models of the runtime's functions that panic at a given place, and that go on after a panic."""

from dialects.interpreters.machine import Callee, Machine, Model
from dialects.interpreters.values import QuartzPanic, message_and_place


def panic_at(machine: Machine, message: bytes, place: bytes) -> None:
    raise QuartzPanic(message, place=place)


def attempt(machine: Machine, function: Callee) -> bytes:
    n_frames = len(machine.call_stack)
    try:
        function.invoke([])
    except QuartzPanic as panic:
        del machine.call_stack[n_frames:]
        return message_and_place(panic)
    return b""


MODELS: dict[str, Model] = {
    "rt.panic$message_at": panic_at,
    "rt.attempt$attempt": attempt,
}
