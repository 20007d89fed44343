"""Unboxed enums: the tag and the words of a payload, each in the leaf that the type says.

What a variant has no use for is 0::

    %r = qz.enum_new 0 %x            →     %tag = qz.const 0 : ui8       %e = qz.const 0 -> nullable
    %t = qz.enum_tag %r              →     %t = qz.cast %tag : ui8 to si64
    %v = qz.enum_get %r[0, 0]        →     %x
"""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence

from xdsl.ir import Attribute, SSAValue

from dialects.qz.enum_type import TAG, EnumType
from dialects.qz.enums import EnumGetOp, EnumNewOp, EnumTagOp
from dialects.qz.leaves import leaf_types
from dialects.qz.properties import int_const, zero_const
from dialects.qz.scalar import CastOp, ConstOp, ReinterpretOp
from dialects.qz.types import si64
from lowering.dispatch import Table
from lowering.expand_values.blocks import read_words
from lowering.expand_values.expansion import Expansion

TABLE: Table[Expansion] = Table()


def _unboxed(type_: Attribute) -> EnumType | None:
    return type_ if isinstance(type_, EnumType) and type_.layout == "unboxed" else None


@TABLE.lowers(EnumNewOp)
def expand_new(x: Expansion, op: EnumNewOp) -> None:
    """The tag, what is held, and zeros; a block is made of the leaves of what it holds."""
    type_ = _unboxed(op.result.type)
    if type_ is None:
        x.rebuild(op)
        return
    variant = op.variant.value.data
    kept = dict(zip(type_.slots[variant], x.flattened(op._operands), strict=True))
    if type_.has_tag:
        kept[0] = x.emit(ConstOp, (), (TAG,), int_const(variant, TAG)).results[0]
    leaves = [_kept(x, kept.get(number), leaf) for number, leaf in enumerate(leaf_types(type_))]
    x.define(op.result, leaves)
    x.discard(op)


def _kept(x: Expansion, value: SSAValue | None, leaf: Attribute) -> SSAValue:
    """A value as the leaf that it is kept in, or a 0."""
    if value is None:
        return x.read(ConstOp, (), leaf, zero_const(leaf))
    return value if value.type == leaf else x.read(ReinterpretOp, (value,), leaf)


@TABLE.lowers(EnumTagOp)
def expand_tag(x: Expansion, op: EnumTagOp) -> None:
    """The first leaf; of an enum with one variant it is known."""
    type_ = _unboxed(op.value.type)
    assert type_ is not None
    if type_.has_tag:
        tag = x.read(CastOp, (x.leaves(op.value)[0],), si64)
    else:
        tag = x.read(ConstOp, (), si64, int_const(0, si64))
    x.define(op.result, (tag,))
    x.discard(op)


@TABLE.lowers(EnumGetOp)
def expand_get(x: Expansion, op: EnumGetOp) -> None:
    """Some of the leaves; of a block some of its words."""
    type_ = _unboxed(op.value.type)
    if type_ is None:
        read_words(x, op)
        return
    first = op.index.value.data
    types = leaf_types(op.result.type)
    slots = type_.slots[op.variant.value.data][first : first + len(types)]
    x.define(op.result, _taken(x, x.leaves(op.value), slots, types))
    x.discard(op)


def _taken(
    x: Expansion, leaves: Sequence[SSAValue], slots: Sequence[int], types: Sequence[Attribute]
) -> list[SSAValue]:
    """The words of a payload as what they are."""
    pairs = zip([leaves[slot] for slot in slots], types, strict=True)
    return [leaf if leaf.type == type_ else x.read(ReinterpretOp, (leaf,), type_) for leaf, type_ in pairs]
