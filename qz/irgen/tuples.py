"""Tuples: making one, and reading an element."""

from collections.abc import Sequence

from xdsl.ir import Attribute, SSAValue

from dialects.qz.properties import int_attr
from dialects.qz.structs import StructGetOp, StructNewOp
from dialects.qz.types import TupleType
from qz.irgen.builder import Builder
from qz.sema.types import TypeId


def literal(b: Builder, node: int) -> SSAValue:
    """The elements in order, each as its place in the tuple asks."""
    items = b.arena.list(b.lhs[node])
    type_ = b.ir_types.of(b.types[node])
    assert isinstance(type_, TupleType)
    values = [b.value_as(item, want) for item, want in zip(items, type_.elements, strict=True)]
    return b.make(StructNewOp, values, type_)


def make_tuple(b: Builder, type_id: TypeId, parts: Sequence[SSAValue]) -> SSAValue:
    """A tuple of its elements in order."""
    return b.make(StructNewOp, parts, b.ir_types.of(type_id))


def element(b: Builder, value: SSAValue, position: int) -> SSAValue:
    """One element of a tuple."""
    type_ = value.type
    assert isinstance(type_, TupleType)
    properties: dict[str, Attribute] = {"index": int_attr(position)}
    return b.make(StructGetOp, (value,), type_.elements.data[position], properties)


def elements(b: Builder, value: SSAValue) -> list[SSAValue]:
    """All elements of a tuple."""
    assert isinstance(value.type, TupleType)
    return [element(b, value, position) for position in range(len(value.type.elements))]


def replaced(b: Builder, value: SSAValue, position: int, part: SSAValue) -> SSAValue:
    """Another tuple, which differs in one element."""
    parts = elements(b, value)
    parts[position] = b.coerce(part, parts[position].type)
    return b.make(StructNewOp, parts, value.type)
