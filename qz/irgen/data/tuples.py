"""Tuples: making one, and reading an element."""

from collections.abc import Sequence

from xdsl.ir import Attribute, SSAValue

from dialects.qz.leaves import flattened, leaf_types, n_leaves
from dialects.qz.properties import int_attr
from dialects.qz.structs import StructGetOp, StructNewOp
from dialects.qz.types import TupleType
from qz.irgen.builder import Builder
from qz.sema.types import TypeId


def literal(b: Builder, node: int) -> SSAValue:
    """The elements in order, each as its place in the tuple asks."""
    items = b.tree.list(b.lhs[node])
    type_ = b.ir_types.of(b.types[node])
    assert isinstance(type_, TupleType)
    values = [b.value_as(item, want) for item, want in zip(items, type_.elements, strict=True)]
    return b.make(StructNewOp, values, type_)


def make_tuple(b: Builder, type_id: TypeId, parts: Sequence[SSAValue]) -> SSAValue:
    """A tuple of its elements in order."""
    return b.make(StructNewOp, parts, b.ir_types.of(type_id))


def first_word(tuple_type: TupleType, position: int) -> int:
    """The word that an element begins at."""
    return sum([n_leaves(type_) for type_ in tuple_type.elements.data[:position]])


def element(b: Builder, value: SSAValue, position: int) -> SSAValue:
    """One element of a tuple."""
    type_ = value.type
    assert isinstance(type_, TupleType)
    return part(b, value, first_word(type_, position), type_.elements.data[position])


def part(b: Builder, value: SSAValue, word: int, type_: Attribute) -> SSAValue:
    """An element of a tuple, or a part of one that is a value struct: what begins at a word."""
    properties: dict[str, Attribute] = {"index": int_attr(word)}
    return b.make(StructGetOp, (value,), type_, properties)


def replaced(b: Builder, value: SSAValue, word: int, new: SSAValue) -> SSAValue:
    """Another tuple, which differs in what begins at a word."""
    assert isinstance(value.type, TupleType)
    words = flattened(value.type.elements)
    after = word + len(leaf_types(new.type))
    before = [part(b, value, index, words[index]) for index in range(word)]
    rest = [part(b, value, index, words[index]) for index in range(after, len(words))]
    return b.make(StructNewOp, (*before, new, *rest), value.type)
