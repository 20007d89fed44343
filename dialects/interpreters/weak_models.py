"""Models of weak references. Only a run that counts knows when a value is gone; in any other it never is."""

from dialects.interpreters.machine import Machine, Model
from dialects.interpreters.values import Enum, Struct, Value

SOME, NONE = 0, 1
"""The variants of the library's `Option`."""


class WeakReference(Struct):
    """A weak reference, which refers to its target without a count."""

    __slots__ = ("target",)

    def __init__(self, target: Value) -> None:
        super().__init__("weak$Weak", [id(target)])
        self.target = target


def new(machine: Machine, target: Value) -> WeakReference:
    return WeakReference(target)


def upgrade(machine: Machine, reference: WeakReference) -> Enum:
    if machine.counts.is_gone(reference.target):
        return Enum(NONE, (), is_payload=True)
    machine.counts.dup(reference.target)
    return Enum(SOME, (reference.target,), is_payload=True)


def shared(machine: Machine, value: Value) -> Value:
    machine.counts.dup(value)
    return value


MODELS: dict[str, Model] = {"rt.weak$new": new, "rt.weak$upgrade": upgrade, "rt.count$shared": shared}
