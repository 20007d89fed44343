"""What an evaluation gives: from the interpreter's objects to what a constant holds, and back."""

from dialects.interpreters.machine import Machine
from dialects.interpreters.values import Value
from qz.sema.decls import ConstValue
from qz.sema.types import BOOL, CHAR, FLOATS, INTEGERS, STRING, TypeId


class Unkeepable(Exception):  # noqa: N818 (an outcome, not a fault)
    """A value, or a part of one, means something in the evaluation only."""


def freeze(value: Value, type_id: TypeId, machine: Machine) -> ConstValue:
    """What a constant of the type holds for an object of the interpreter."""
    if type_id == BOOL or type_id in FLOATS:
        return value
    if type_id == STRING and isinstance(value, bytes):
        return value
    if type_id in INTEGERS or type_id == CHAR:
        if machine.words.is_address(value):
            raise Unkeepable("it is an address, which means something during the evaluation only")
        return value
    raise Unkeepable("it is neither a number, nor text, nor made of such")
