"""What constants hold: numbers, truth values and strings as Python has them, anything larger as one of these.

A value is immutable and knows its type. What is met twice inside one value is the same object there.
"""

from __future__ import annotations

import struct
import sys
from dataclasses import dataclass
from typing import TypeAlias

from qz.sema.types import TypeId, TypeKind


@dataclass(slots=True, frozen=True, eq=False)
class ConstTable:
    """A vector of plain numbers: ``image`` has the elements as they lie in memory."""

    type: TypeId
    image: bytes
    n: int


@dataclass(slots=True, frozen=True, eq=False)
class ConstVec:
    """A vector of anything else."""

    type: TypeId
    elements: tuple[ConstValue, ...]

    @property
    def n(self) -> int:
        """The number of elements."""
        return len(self.elements)


@dataclass(slots=True, frozen=True, eq=False)
class ConstStruct:
    """A struct, a tuple or a record, its fields in the order of the type."""

    type: TypeId
    fields: tuple[ConstValue, ...]


@dataclass(slots=True, frozen=True, eq=False)
class ConstVariant:
    """An enum: the number of the variant, and its payload."""

    type: TypeId
    tag: int
    payload: tuple[ConstValue, ...]


@dataclass(slots=True, frozen=True, eq=False)
class ConstMade:
    """Anything with functions in it: what the expression gives that it is written as, each time anew."""

    type: TypeId


_CODES = {
    **dict(zip((TypeKind.I8, TypeKind.I16, TypeKind.I32, TypeKind.I64), "bhiq", strict=True)),
    **dict(zip((TypeKind.U8, TypeKind.U16, TypeKind.U32, TypeKind.U64), "BHIQ", strict=True)),
    TypeKind.BOOL: "?",
    TypeKind.CHAR: "I",
    TypeKind.F32: "f",
    TypeKind.F64: "d",
}
"""How an element of each type lies in a table."""


def table_elements(table: ConstTable, element: TypeId) -> tuple[ConstScalar, ...]:
    """The elements of a table; ``element`` is their type, without newtypes around it."""
    return tuple([found for (found,) in struct.iter_unpack(f"<{_CODES[TypeKind(element)]}", table.image)])


ConstScalar: TypeAlias = int | float | bool | bytes
"""`bytes` are strings."""
ConstAggregate: TypeAlias = ConstTable | ConstVec | ConstStruct | ConstVariant | ConstMade
ConstValue: TypeAlias = ConstScalar | ConstAggregate

AGGREGATES = (ConstTable, ConstVec, ConstStruct, ConstVariant, ConstMade)


def parts(value: ConstValue | None) -> tuple[ConstValue, ...]:
    """What a value is made of; a table is one thing."""
    match value:
        case ConstVec():
            return value.elements
        case ConstStruct():
            return value.fields
        case ConstVariant():
            return value.payload
        case _:
            return ()


def n_bytes(value: ConstValue | None) -> int:
    """What a value takes in the compiler, roughly."""
    count = 0
    pending: list[ConstValue | None] = [value]
    while pending:
        part = pending.pop()
        count += sys.getsizeof(part)
        pending += parts(part)
        if isinstance(part, ConstTable):
            count += len(part.image)
    return count


def n_parts(value: ConstValue, limit: int) -> int:
    """How many things a value is made of, itself among them, counted no further than ``limit``."""
    count = 0
    pending: list[ConstValue] = [value]
    while pending and count < limit:
        pending += parts(pending.pop())
        count += 1
    return count
