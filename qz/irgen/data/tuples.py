"""Tuples: making one, and reading an element. A small one is a value struct in the IR, whose fields are its
elements."""

from collections.abc import Sequence

from xdsl.ir import Attribute, SSAValue

from dialects.qz.leaves import flattened, leaf_types, n_leaves
from dialects.qz.properties import int_attr
from dialects.qz.struct_type import StructType
from dialects.qz.structs import StructGetOp, StructNewOp
from dialects.qz.types import TupleType
from dialects.qz.value_structs import ValueGetOp, ValueNewOp
from qz.irgen.builder import Builder
from qz.sema.types import TypeId


def literal(b: Builder, node: int) -> SSAValue:
    """The elements in order, each as its place in the tuple asks."""
    items = b.tree.list(b.lhs[node])
    types = element_types(b.ir_types.of(b.types[node]))
    values = [b.value_as(item, want) for item, want in zip(items, types, strict=True)]
    return make_tuple(b, b.types[node], values)


def make_tuple(b: Builder, type_id: TypeId, parts: Sequence[SSAValue]) -> SSAValue:
    """A tuple of its elements in order."""
    ir_type = b.ir_types.of(type_id)
    return b.make(ValueNewOp if isinstance(ir_type, StructType) else StructNewOp, parts, ir_type)


def element_types(tuple_type: Attribute) -> tuple[Attribute, ...]:
    """The types of the elements of a tuple."""
    if isinstance(tuple_type, StructType):
        return tuple_type.fields.data
    assert isinstance(tuple_type, TupleType)
    return tuple_type.elements.data


def first_word(tuple_type: Attribute, position: int) -> int:
    """The word that an element begins at."""
    return sum([n_leaves(type_) for type_ in element_types(tuple_type)[:position]])


def element(b: Builder, value: SSAValue, position: int) -> SSAValue:
    """One element of a tuple."""
    return part(b, value, first_word(value.type, position), element_types(value.type)[position])


def part(b: Builder, value: SSAValue, word: int, type_: Attribute) -> SSAValue:
    """An element of a tuple, or a part of one that consists of leaves: what begins at a word."""
    if isinstance(value.type, StructType):
        return b.make(ValueGetOp, (value,), type_, {"part": int_attr(word)})
    return b.make(StructGetOp, (value,), type_, {"index": int_attr(word)})


def replaced(b: Builder, value: SSAValue, word: int, new: SSAValue) -> SSAValue:
    """Another tuple that is a block, which differs in what begins at a word."""
    assert isinstance(value.type, TupleType)
    words = flattened(value.type.elements)
    after = word + len(leaf_types(new.type))
    before = [part(b, value, index, words[index]) for index in range(word)]
    rest = [part(b, value, index, words[index]) for index in range(after, len(words))]
    return b.make(StructNewOp, (*before, new, *rest), value.type)
