"""What values are while a program is interpreted, and how its run can end.

An integer or Char is an int within its range, a float a float (rounded for f32), a Bool a bool, a string
bytes, a vector a `Vec`, a struct a `Struct`, an enum an `Enum`. A nominal value may also be an int: a null
pointer or another immediate.
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

from xdsl.dialects.builtin import FileLineColLoc
from xdsl.ir import Attribute, Operation

Value: TypeAlias = Any


class Vec(list[Value]):
    """A vector that knows the type of its elements, as the runtime knows their kind.

    A plain list will do wherever no function of the runtime puts an element into it.
    """

    __slots__ = ("element",)

    def __init__(self, element: Attribute, elements: Iterable[Value] = ()) -> None:
        super().__init__(elements)
        self.element = element


class Struct:
    """A struct: its name and its fields in order."""

    __slots__ = ("fields", "name")

    def __init__(self, name: str, fields: list[Value]) -> None:
        self.name = name
        self.fields = fields


class Enum:
    """An enum: the number of its variant, and the payload."""

    __slots__ = ("payload", "variant")

    def __init__(self, variant: int, payload: tuple[Value, ...]) -> None:
        self.variant = variant
        self.payload = payload


class QuartzPanic(Exception):  # noqa: N818 (an outcome of a run)
    """The program panicked."""

    def __init__(self, message: bytes, location: FileLineColLoc | None = None) -> None:
        super().__init__(message.decode(errors="replace"))
        self.message = message
        self.location = location


class ProgramExit(Exception):  # noqa: N818 (an outcome of a run)
    """The program asked to end with a status."""

    def __init__(self, status: int) -> None:
        super().__init__(f"exit status {status}")
        self.status = status


class LimitReached(Exception):  # noqa: N818 (an outcome of a run)
    """The program took more steps, or called deeper, than it was given."""


class InterpreterFault(Exception):  # noqa: N818 (an outcome of a run)
    """The program cannot be interpreted: wrong IR, or something that has no model."""


def panic_at(op: Operation, message: str) -> QuartzPanic:
    """Makes the panic of an operation."""
    location = op.location
    return QuartzPanic(message.encode(), location if isinstance(location, FileLineColLoc) else None)
