"""How what consists of leaves lies in memory: in a row of a vector, or alone on the stack.

The fields of a value struct stand as C would place them, each at its own width and alignment, and a struct
among them as a struct of its own. So a row is what C makes of::

    struct { double x; struct { float width; unsigned char kind; } pen; short n; }

      0 x     8 pen.width     12 pen.kind     16 n     24 bytes in all

The leaves of an unboxed enum stand in the order of their widths, so that there is no room between them.

The kind word of a vector of them is KIND_ROW more than the address of a description, from which erased code
learns how far apart two elements are and which words in one are counted::

     0  i64  bytes of an element      8  i64  number of counted words      16 ...  i64  their offsets
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xdsl.ir import Attribute

from dialects.qz.leaves import has_leaves, leaf_types
from dialects.qz.struct_type import StructType
from lowering.abi.layout import Element
from lowering.abi.value_forms import form_of


@dataclass(frozen=True, slots=True)
class Leaf:
    """Where one leaf lies. One that is not aligned to its own width can only be read byte by byte."""

    offset: int
    element: Element
    is_aligned: bool


@dataclass(frozen=True, slots=True)
class RowLayout:
    """The bytes of one value."""

    size: int
    alignment: int
    leaves: tuple[Leaf, ...]

    @property
    def has_gaps(self) -> bool:
        """Whether there are bytes that belong to no leaf."""
        return sum(leaf.element.width for leaf in self.leaves) < self.size

    @property
    def description(self) -> bytes:
        """The static description, whose address is in the kind word."""
        counted = [leaf.offset for leaf in self.leaves if leaf.element.is_counted]
        return b"".join([word.to_bytes(8, "little") for word in (self.size, len(counted), *counted)])


def row_layout(type_: Attribute) -> RowLayout:
    """The layout of a value that consists of leaves."""
    offsets: list[int] = []
    size, alignment = _place(type_, offsets)
    leaves = [
        Leaf(offset, element, alignment >= element.width and offset % element.width == 0)
        for offset, element in zip(offsets, map(_element, leaf_types(type_)), strict=True)
    ]
    return RowLayout(size, alignment, tuple(leaves))


def _element(leaf: Attribute) -> Element:
    return form_of(leaf).element


def _place(type_: Attribute, offsets: list[int]) -> tuple[int, int]:
    """Adds the offsets of the leaves of a value; gives its size and alignment."""
    if isinstance(type_, StructType):
        return _place_fields(type_, offsets)
    if has_leaves(type_):
        return _place_by_width(leaf_types(type_), offsets)
    offsets.append(0)
    width = _element(type_).width
    return width, width


def _place_fields(type_: StructType, offsets: list[int]) -> tuple[int, int]:
    """The same of a value struct."""
    at, alignment = 0, max(1, type_.alignment.data)
    fields = type_.fields.data or leaf_types(type_)
    for field in fields:
        inner: list[int] = []
        size, wanted = _place(field, inner)
        if type_.packing.data:
            wanted = min(wanted, type_.packing.data)
        at = _rounded(at, wanted)
        alignment = max(alignment, wanted)
        offsets += [at + offset for offset in inner]
        at += size
    return _rounded(at, alignment), alignment


def _place_by_width(leaves: Sequence[Attribute], offsets: list[int]) -> tuple[int, int]:
    """The same of leaves that stand in the order of their widths, the widest first."""
    widths = [_element(leaf).width for leaf in leaves]
    placed: dict[int, int] = {}
    at = 0
    for number in sorted(range(len(widths)), key=lambda number: -widths[number]):
        placed[number] = at
        at += widths[number]
    offsets += [placed[number] for number in range(len(widths))]
    return _rounded(at, max(widths)), max(widths)


def _rounded(size: int, alignment: int) -> int:
    """The next multiple of an alignment."""
    return -(-size // alignment) * alignment
