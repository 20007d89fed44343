"""Elements of vectors: the first access to one checks the index for those to its other leaves."""

# pyright: reportPrivateUsage=false

from xdsl.ir import Operation

from dialects.qz.leaves import has_leaves, leaf_types
from dialects.qz.properties import UNCHECKED
from dialects.qz.vec import (
    VecFilledOp,
    VecGetOp,
    VecLitOp,
    VecPopUncheckedOp,
    VecPushOp,
    VecSetOp,
)
from lowering.dispatch import Table
from lowering.expand_values.expansion import Expansion
from lowering.expand_values.variables import part
from lowering.shared_attributes import Properties, part_of

TABLE: Table[Expansion] = Table()


def _checked(op: VecGetOp | VecSetOp, leaf: int) -> Properties:
    """What an access says that checks the index for one to all leaves."""
    size = op.properties.get("size")
    return part(leaf) if size is None else {**part(leaf), "size": size}


@TABLE.lowers(VecGetOp)
def expand_get(x: Expansion, op: VecGetOp) -> None:
    """An access for each leaf; one to a single leaf is what it should be."""
    if not has_leaves(op.result.type):
        return
    first = part_of(op)
    is_checked = op.unchecked is None
    leaves = [
        x.read(VecGetOp, op._operands, type_, {**part(k), **UNCHECKED})
        for k, type_ in enumerate(leaf_types(op.result.type), first)
    ]
    if is_checked:
        # What checks the index stays, whoever wants its leaf.
        checking = x.reads.pop(len(x.reads) - len(leaves))
        checking.properties = _checked(op, first)
    x.define(op.result, leaves)
    x.discard(op)


@TABLE.lowers(VecSetOp)
def expand_set(x: Expansion, op: VecSetOp) -> None:
    """An access for each leaf."""
    if not has_leaves(op.element.type):
        return
    first = part_of(op)
    for k, leaf in enumerate(x.leaves(op.element), first):
        is_spared = op.unchecked is not None or k > first
        properties = {**part(k), **UNCHECKED} if is_spared else _checked(op, k)
        x.emit(VecSetOp, (op.vec, op.index, leaf), (), properties)
    x.discard(op)


@TABLE.lowers(VecLitOp, VecFilledOp, VecPushOp, VecPopUncheckedOp)
def expand_element(x: Expansion, op: Operation) -> None:
    """The leaves take the place of the element."""
    x.rebuild(op)
