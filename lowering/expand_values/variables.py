"""Variables: a local has a cell for each leaf, a global a variable; a shared cell keeps all of them."""

# pyright: reportPrivateUsage=false

from xdsl.dialects.builtin import SymbolRefAttr
from xdsl.ir import Attribute

from dialects.qz.leaves import has_leaves, leaf_types
from dialects.qz.properties import int_attr
from dialects.qz.types import LocalType
from dialects.qz.variables import (
    GlobalGetOp,
    GlobalSetOp,
    LocalGetOp,
    LocalOp,
    LocalSetOp,
    SharedGetOp,
    SharedOp,
    SharedSetOp,
)
from lowering.abi.layout import leaf_symbol
from lowering.dispatch import Table
from lowering.expand_values.expansion import Expansion
from lowering.expand_values.flow import names_of_leaves
from lowering.shared_attributes import NO_PROPERTIES, Properties, part_of, string_attr, symbol_ref

TABLE: Table[Expansion] = Table()


def part(index: int) -> Properties:
    """The properties of an access to one leaf."""
    return {"part": int_attr(index)}


@TABLE.lowers(LocalOp)
def expand_local(x: Expansion, op: LocalOp) -> None:
    """A cell for each leaf."""
    cell_type = op.cell.type
    assert isinstance(cell_type, LocalType)
    leaves = x.leaves(op.init)
    properties: list[Properties] = [NO_PROPERTIES] * len(leaves)
    if op.local_name is not None:
        names = names_of_leaves(cell_type.content, op.local_name)
        properties = [{"name": string_attr(name)} for name in names]
    cells = [
        x.emit(LocalOp, (leaf,), (LocalType(leaf.type),), with_).results[0]
        for leaf, with_ in zip(leaves, properties, strict=True)
    ]
    x.define_cells(op.cell, cells)
    x.discard(op)


@TABLE.lowers(LocalGetOp)
def expand_local_get(x: Expansion, op: LocalGetOp) -> None:
    """Reads some of the cells."""
    first = part_of(op)
    types = leaf_types(op.result.type)
    cells = x.leaves(op.cell)[first : first + len(types)]
    leaves = [x.read(LocalGetOp, (cell,), type_) for cell, type_ in zip(cells, types, strict=True)]
    x.define(op.result, leaves)
    x.discard(op)


@TABLE.lowers(LocalSetOp)
def expand_local_set(x: Expansion, op: LocalSetOp) -> None:
    """Writes some of the cells."""
    first = part_of(op)
    leaves = x.leaves(op.value)
    for cell, leaf in zip(x.leaves(op.cell)[first : first + len(leaves)], leaves, strict=True):
        x.emit(LocalSetOp, (cell, leaf))
    x.discard(op)


@TABLE.lowers(SharedOp)
def expand_shared(x: Expansion, op: SharedOp) -> None:
    """One cell that is given all the leaves."""
    x.rebuild(op)


@TABLE.lowers(SharedGetOp)
def expand_shared_get(x: Expansion, op: SharedGetOp) -> None:
    """Reads some leaves of the cell; one is read as it is."""
    if has_leaves(op.result.type):
        first = part_of(op)
        types = enumerate(leaf_types(op.result.type), first)
        x.define(op.result, [x.read(SharedGetOp, (op.cell,), type_, part(k)) for k, type_ in types])
        x.discard(op)


@TABLE.lowers(SharedSetOp)
def expand_shared_set(x: Expansion, op: SharedSetOp) -> None:
    """Writes some leaves of the cell."""
    if has_leaves(op.value.type):
        for k, leaf in enumerate(x.leaves(op.value), part_of(op)):
            x.emit(SharedSetOp, (op.cell, leaf), (), part(k))
        x.discard(op)


def _leaf_name(name: Attribute, index: int) -> Properties:
    assert isinstance(name, SymbolRefAttr)
    return {"name": symbol_ref(leaf_symbol(name.root_reference.data, index))}


@TABLE.lowers(GlobalGetOp)
def expand_global_get(x: Expansion, op: GlobalGetOp) -> None:
    """Reads the variables of some leaves."""
    types = enumerate(leaf_types(op.result.type), part_of(op))
    leaves = [x.read(GlobalGetOp, (), type_, _leaf_name(op.global_name, k)) for k, type_ in types]
    x.define(op.result, leaves)
    x.discard(op)


@TABLE.lowers(GlobalSetOp)
def expand_global_set(x: Expansion, op: GlobalSetOp) -> None:
    """Writes the variables of some leaves."""
    for k, leaf in enumerate(x.leaves(op.value), part_of(op)):
        x.emit(GlobalSetOp, (leaf,), (), _leaf_name(op.global_name, k))
    x.discard(op)
