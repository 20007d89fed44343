"""Shared attribute objects and property dictionaries.

Attributes and property dictionaries are read-only once an op holds them, so one object serves every op
with the same content. Whoever needs a different property replaces the dictionary, never an entry of it.
"""

from functools import cache, lru_cache

from xdsl.dialects.builtin import FloatAttr, IntegerAttr, IntegerType, StringAttr, UnitAttr, i64
from xdsl.ir import Attribute, Operation

from dialects.fast_attributes import bytes_attr, float_attr, new_string
from dialects.qz.types import f32, f64, i1, is_int_type

_SHORT = 32  # bytes of a string of which others may be made
_MAX_SHARED = 4096  # what programs are made of has no end, and one process may compile many

UNIT = UnitAttr()
NO_PROPERTIES: dict[str, Attribute] = {}

TRAP: dict[str, Attribute] = {"overflow": StringAttr("trap")}
WRAP: dict[str, Attribute] = {"overflow": StringAttr("wrap")}
EXACT: dict[str, Attribute] = {"overflow": StringAttr("none")}
OVERFLOW_MODES: dict[str, dict[str, Attribute]] = {"trap": TRAP, "wrap": WRAP}

PREDICATES: dict[str, dict[str, Attribute]] = {
    name: {"predicate": StringAttr(name)} for name in ("eq", "ne", "lt", "le", "gt", "ge")
}

COMPUTES = "qz.computes"
"""An attribute of a call: it takes and gives numbers and does nothing else, so all memory stays as it is."""

LEAVES = "qz.leaves"
"""An attribute of a call: all memory that there was stays as it is, and whatever it refers to."""

LENT = "qz.lent"
"""An attribute of a call: which of its operands, values with leaves taken apart, are blocks that the function
does not hold on to. Once it is over, only who gave them has them."""

LENT_WHOLE = "qz.lent_whole"
"""An attribute of a call: which of these it does not hold on to any block in either, nor takes one out."""

BARE = "qz.bare"
"""An attribute of a function: which parameters, values with leaves taken apart, are vectors of which it needs
no more than where the elements are and how many."""

SHOWS = "qz.shows"
"""An attribute of a function: something may happen when its result is given up, so it matters when."""

DROPS = "qz.drops"
"""An attribute of a module: it shows in the program when some values are given up, so where any is, code may
run that does anything."""

UNOWNED = "qz.unowned"
"""An attribute of a variable: others keep whatever is in it as long as that is looked at."""

UNCHECKED: dict[str, Attribute] = {"unchecked": UNIT}

STEADY: dict[str, Attribute] = {"steady": UNIT}
"""Of a read of a field that nobody assigns as long as there is its struct."""


def leaves_memory(call: Operation) -> bool:
    """Whether a call is known to leave all memory that there was as it is."""
    return COMPUTES in call.attributes or LEAVES in call.attributes


@cache
def int_attr(value: int) -> IntegerAttr[IntegerType]:
    """Returns the shared 64-bit attribute for a small number such as an index, an offset or a width."""
    return IntegerAttr(value, i64)


@lru_cache(_MAX_SHARED)
def string_attr(text: str) -> StringAttr:
    """Returns the shared string attribute with this text."""
    return new_string(text)


@lru_cache(_MAX_SHARED)
def int_const(value: int, type: IntegerType) -> dict[str, Attribute]:  # noqa: A002
    """Returns the properties of a `qz.const` of an integer type."""
    return {"value": IntegerAttr(value, type)}


TRUE: dict[str, Attribute] = {"value": IntegerAttr(1, i1)}
FALSE: dict[str, Attribute] = {"value": IntegerAttr(0, i1)}


def float_const(value: float, is_f32: bool) -> dict[str, Attribute]:
    """Returns the properties of a `qz.const` of type f64, or f32 if asked."""
    return {"value": FloatAttr(value, f32) if is_f32 else float_attr(value, f64)}


def zero_const(type_: Attribute) -> dict[str, Attribute]:
    """Returns the properties of a `qz.const` whose word is 0."""
    if type_ in (f32, f64):
        return float_const(0.0, type_ == f32)
    return int_const(0, type_) if is_int_type(type_) or type_ == i1 else {"value": int_attr(0)}


def char_const(code_point: int) -> dict[str, Attribute]:
    """Returns the properties of a `qz.const` of type `!qz.char`."""
    return {"value": int_attr(code_point)}


def bytes_const(value: bytes) -> dict[str, Attribute]:
    """Returns the properties of a `qz.str_const`."""
    return _short_bytes(value) if len(value) <= _SHORT else {"value": bytes_attr(value)}


@lru_cache(_MAX_SHARED)
def _short_bytes(value: bytes) -> dict[str, Attribute]:
    return {"value": bytes_attr(value)}


@lru_cache(_MAX_SHARED)
def name_property(name: str) -> dict[str, Attribute]:
    """Returns the properties of what has a name and nothing else."""
    return {"name": new_string(name)}
