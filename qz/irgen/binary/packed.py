"""Packed structs: bits of a word, by masks and shifts."""

from __future__ import annotations

from xdsl.ir import Attribute, SSAValue

from dialects.qz.bits import BitAndOp, BitOrOp, ShlOp, ShrOp
from dialects.qz.scalar import CastOp, ConstOp
from qz.irgen.binary.numbers import int_value, require_width
from qz.irgen.builder import Builder
from qz.sema.binary.layouts import Number
from qz.sema.decls import PackedDecl
from qz.sema.types import BITS, TypeId, TypeKind


def read_bits(b: Builder, word: SSAValue, decl: PackedDecl, name: str) -> SSAValue:
    """What bits of a packed struct say."""
    field = decl.bits[name]
    found = word
    if field.first:
        found = b.make(ShrOp, (found, int_value(b, field.first)), word.type)
    if field.first + field.width < BITS[TypeKind(decl.underlying)]:
        found = b.make(BitAndOp, (found, _number(b, decl, (1 << field.width) - 1)), word.type)
    return _cast(b, found, b.ir_types.of(field.type))


def with_bits(
    b: Builder, node: int, word: SSAValue, decl: PackedDecl, given: dict[str, SSAValue]
) -> SSAValue:
    """The word with other values in some of its bits."""
    for name, value in given.items():
        field = decl.bits[name]
        require_width(b, value, Number(field.width, field.type), name, b.locate(node))
        mask = (1 << field.width) - 1
        word = b.make(BitAndOp, (word, _number(b, decl, ~(mask << field.first))), word.type)
        bits = b.make(BitAndOp, (_cast(b, value, word.type), _number(b, decl, mask)), word.type)
        if field.first:
            bits = b.make(ShlOp, (bits, int_value(b, field.first)), word.type)
        word = b.make(BitOrOp, (word, bits), word.type)
    return word


def packed_value(b: Builder, node: int, decl: PackedDecl, given: dict[str, SSAValue]) -> SSAValue:
    """A packed struct of which only some bits are given; the others are 0."""
    return with_bits(b, node, _number(b, decl, 0), decl, given)


def _number(b: Builder, decl: PackedDecl, value: int) -> SSAValue:
    """A word with these bits, as many of them as it has."""
    word: TypeId = decl.underlying
    bits = value & ((1 << BITS[TypeKind(word)]) - 1)
    return b.make(ConstOp, (), b.ir_types.of(word), b.ir_types.number(word, bits))


def _cast(b: Builder, value: SSAValue, want: Attribute) -> SSAValue:
    return value if value.type == want else b.make(CastOp, (value,), want)
