"""What values are while a program is interpreted, and how its run can end.

An integer or Char is an int within its range, a float a float (rounded for f32), a Bool a bool, a string
bytes, a vector a `Vec`, a struct a `Struct`, an enum an `Enum`. A nominal value may also be an int: a null
pointer or another immediate.
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

from xdsl.dialects.builtin import FileLineColLoc, LocationAttr
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


class Cell(list[Value]):
    """A mutable cell: a list of one value. One on the stack is not counted, where counts are checked."""

    __slots__ = ("on_stack",)

    def __init__(self, content: Value, *, on_stack: bool) -> None:
        super().__init__((content,))
        self.on_stack = on_stack


class Struct:
    """A struct: its name, its fields in order, and the symbol of its `drop`, if it has one."""

    __slots__ = ("drop", "fields", "name")

    def __init__(self, name: str, fields: list[Value], drop: str = "") -> None:
        self.name = name
        self.fields = fields
        self.drop = drop


class Enum:
    """An enum: the number of its variant, and the payload.

    One that ``is_payload`` is kept as the one word of its payload, and has no count but that one's.
    """

    __slots__ = ("drop", "is_payload", "payload", "variant")

    def __init__(
        self, variant: int, payload: tuple[Value, ...], *, is_payload: bool = False, drop: str = ""
    ) -> None:
        self.variant = variant
        self.payload = payload
        self.is_payload = is_payload
        self.drop = drop


class Stop(Exception):  # noqa: N818 (an outcome of a run)
    """A run ended where it should not have.

    ``location`` is where, if that is known; ``calls`` are the places of the calls it was in, innermost first,
    and ``functions`` the names of what was called, outermost first, where somebody asks for them.
    """

    def __init__(self, message: str, location: LocationAttr | None = None) -> None:
        super().__init__(message)
        self.location = location
        self.calls: list[LocationAttr] = []
        self.functions: list[bytes] = []


class QuartzPanic(Stop):
    """The program panicked; ``place`` is where, in the program's own words, if it has said so."""

    def __init__(self, message: bytes, location: LocationAttr | None = None, place: bytes = b"") -> None:
        super().__init__(message.decode(errors="replace"), location)
        self.message = message
        self.place = place


class Uncaught(Exception):  # noqa: N818 (an outcome of a run)
    """Something other than `main` panicked, where nobody could catch it."""

    def __init__(self, panic: QuartzPanic) -> None:
        super().__init__(str(panic))
        self.panic = panic


def message_and_place(panic: QuartzPanic) -> bytes:
    """Words a panic as the runtime does, in a line or two."""
    at = panic.location
    place = panic.place
    if not place and isinstance(at, FileLineColLoc):
        place = f"{at.filename.data}:{at.line.data}:{at.column.data}".encode()
    return panic.message + b"\n" + (b"  at " + place + b"\n" if place else b"")


class ProgramExit(Exception):  # noqa: N818 (an outcome of a run)
    """The program asked to end with a status."""

    def __init__(self, status: int) -> None:
        super().__init__(f"exit status {status}")
        self.status = status


class LimitReached(Stop):
    """The program took more steps or memory, or called deeper, than it was given."""

    def __init__(self, message: str, *, is_of_steps: bool = False) -> None:
        super().__init__(message)
        self.is_of_steps = is_of_steps


class NotAtCompileTime(Stop):
    """The program is being run by the compiler, and did what only a program that really runs can do."""


class InterpreterFault(Stop):
    """The program cannot be interpreted: wrong IR, or something that has no model."""


def panic_at(op: Operation, message: str) -> QuartzPanic:
    """Makes the panic of an operation."""
    return QuartzPanic(message.encode(), op.location)
