"""Operation classes that xDSL works out at their first use instead of at import.

`irdl_op_definition` reads the fields of a class, makes constraints and accessors of them and compiles its
assembly format: 0.1 to 0.4 ms each, 55 ms for the operations that the compiler knows, of which a small
program uses a tenth and verifies none. Inside ``with deferred_definitions():`` classes are only marked; the
first to ask one for an accessor, its traits, its verifier or its format has the genuine decorator run.

What is given up is that a class with a mistake in it fails at import. The tests import without this.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

from xdsl import irdl
from xdsl.irdl import IRDLOperation
from xdsl.irdl.operations import _OpDefField

_genuine = irdl.irdl_op_definition
_COMPUTED = ("traits", "get_irdl_definition", "verify_")
_COMPUTED_FROM_FORMAT = ("parse", "print")
_ABSENT = object()


class _Pending:
    """Stands in an operation class for an attribute that its definition will bring."""

    __slots__ = ("_cls", "_found", "_name")

    def __init__(self, cls: type[IRDLOperation], name: str) -> None:
        self._cls = cls
        self._name = name
        self._found = vars(cls).get(name, _ABSENT)
        setattr(cls, name, self)

    def __get__(self, op: object, owner: type) -> object:
        define(self._cls)
        value = vars(self._cls)[self._name]
        # Not `getattr(op, …)`: where `super()` asks, what a subclass has under that name is not meant.
        return value.__get__(op, owner) if hasattr(value, "__get__") else value

    def __set__(self, op: object, value: object) -> None:
        define(self._cls)
        setattr(op, self._name, value)

    def step_aside(self) -> None:
        """Leaves the class as it was found."""
        if self._found is _ABSENT:
            delattr(self._cls, self._name)
        else:
            setattr(self._cls, self._name, self._found)


def define(cls: type[IRDLOperation]) -> None:
    """Completes a class whose definition was deferred."""
    for value in list(vars(cls).values()):
        if isinstance(value, _Pending):
            value.step_aside()
    _genuine(cls)


def _defer(cls: type[IRDLOperation]) -> type[IRDLOperation]:
    names: set[str] = set(_COMPUTED)
    names.update(_field_names(cls))
    if cls.assembly_format is not None:
        names.update(_COMPUTED_FROM_FORMAT)
    for name in names:
        _Pending(cls, name)
    return cls


def _field_names(cls: type[IRDLOperation]) -> Iterator[str]:
    for base in cls.__mro__:
        if base is IRDLOperation:
            return
        for name, value in vars(base).items():
            if isinstance(value, _OpDefField | _Pending):
                yield name


@contextmanager
def deferred_definitions() -> Generator[None]:
    """Defers the definition of the operation classes that are imported inside."""
    changed: Any = irdl
    changed.irdl_op_definition = _defer
    try:
        yield
    finally:
        changed.irdl_op_definition = _genuine
