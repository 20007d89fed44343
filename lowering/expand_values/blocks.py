"""What consists of words: heap structs, payloads of enums, what closures capture. Each leaf takes a word."""

# pyright: reportPrivateUsage=false

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Attribute, Operation

from dialects.qz.closures import CapturedOp, ClosureOp
from dialects.qz.leaves import has_leaves, leaf_names, leaf_types
from dialects.qz.properties import int_attr
from dialects.qz.structs import ArenaNewOp, StructGetOp, StructNewOp, StructSetOp
from lowering.dispatch import Table
from lowering.expand_values.expansion import Expansion
from lowering.shared_attributes import Properties, number_of, string_attr

TABLE: Table[Expansion] = Table()


@TABLE.lowers(StructNewOp, ArenaNewOp, ClosureOp)
def expand_new(x: Expansion, op: Operation) -> None:
    """The leaves take the place of the values."""
    x.rebuild(op)


@TABLE.lowers(StructGetOp, CapturedOp)
def expand_get(x: Expansion, op: Operation) -> None:
    """Reads a word for each leaf."""
    read_words(x, op)


def read_words(x: Expansion, op: Operation) -> None:
    """Reads a word for each leaf of what the one result is."""
    (result,) = op.results
    types = leaf_types(result.type)
    leaves = [
        x.read(type(op), op._operands, type_, _word(op, result.type, k)) for k, type_ in enumerate(types)
    ]
    x.define(result, leaves)
    x.discard(op)


@TABLE.lowers(StructSetOp)
def expand_set(x: Expansion, op: StructSetOp) -> None:
    """Writes a word for each leaf."""
    for k, leaf in enumerate(x.leaves(op.value)):
        x.emit(StructSetOp, (op.struct, leaf), (), _word(op, op.value.type, k))
    x.discard(op)


def _word(op: Operation, type_: Attribute, k: int) -> Properties:
    """The properties of an access to the word of a leaf, from those of one to the whole field."""
    index = number_of(op.properties["index"])
    assert index is not None
    properties: Properties = {**op.properties, "index": int_attr(index + k)}
    name = properties.get("name")
    if isinstance(name, StringAttr) and has_leaves(type_):
        properties["name"] = string_attr(f"{name.data}.{leaf_names(type_)[k]}")
    return properties
