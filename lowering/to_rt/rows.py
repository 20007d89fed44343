"""What consists of leaves in memory: the rows of a vector, and copies on the stack."""

from functools import lru_cache

from xdsl.dialects import arith
from xdsl.ir import Attribute, SSAValue

from dialects.byte_string import ByteStringAttr
from dialects.qz.leaves import has_leaves
from dialects.qz.value_structs import RowOp
from dialects.qzrt.blocks import FillOp
from dialects.qzrt.memory import BytesOp, StoreOp, WordsOp
from lowering.abi.layout import KIND_ROW, WORD_BYTES
from lowering.abi.row_layout import RowLayout, row_layout
from lowering.dispatch import Operands, Table
from lowering.shared_attributes import Properties, word_attr
from lowering.to_rt.access import row_access
from lowering.to_rt.arithmetic import WRAPPING
from lowering.to_rt.erasure import Erasure

TABLE: Table[Erasure] = Table()


@lru_cache(maxsize=256)
def layout_of(type_: Attribute) -> RowLayout:
    """The layout of a value that consists of leaves, worked out once."""
    return row_layout(type_)


@lru_cache(maxsize=1024)
def leaf_access(type_: Attribute, index: int) -> Properties:
    """The properties of an access to a leaf of a row, an element of a vector or a copy on the stack."""
    return row_access(layout_of(type_), index)


def kind_of(rt: Erasure, element: Attribute) -> SSAValue:
    """The kind word of a vector of these elements."""
    if not has_leaves(element):
        return rt.constant(rt.type_form(element).element.kind)
    description = ByteStringAttr(layout_of(element).description)
    address = rt.emit(BytesOp, (), {"value": description})
    return rt.emit(arith.AddiOp, (address, rt.constant(KIND_ROW)), WRAPPING)


def store_row(rt: Erasure, type_: Attribute, place: Operands, leaves: Operands) -> None:
    """Stores the leaves of a value at a place: an address, or one and an index."""
    for index, leaf in enumerate(leaves):
        rt.effect(StoreOp, (*place, leaf), leaf_access(type_, index))


def room_on_stack(rt: Erasure, type_: Attribute) -> SSAValue:
    """The address of room for a value."""
    n_words = -(-layout_of(type_).size // WORD_BYTES)
    return rt.emit(WordsOp, (), {"n": word_attr(n_words)})


def row_on_stack(rt: Erasure, type_: Attribute, leaves: Operands) -> SSAValue:
    """The address of a copy of a value."""
    place = room_on_stack(rt, type_)
    store_row(rt, type_, (place,), leaves)
    return place


def whole_row_on_stack(rt: Erasure, type_: Attribute, leaves: Operands) -> SSAValue:
    """The address of a copy of a value each byte of which is known, for who reads it byte by byte."""
    place = room_on_stack(rt, type_)
    layout = layout_of(type_)
    if layout.has_gaps:
        rt.effect(FillOp, (place, rt.constant(0), rt.constant(layout.size)))
    store_row(rt, type_, (place,), leaves)
    return place


@TABLE.lowers(RowOp)
def lower_row(rt: Erasure, op: RowOp) -> None:
    """Reserved once, however often it is filled."""
    rt.define(op, row_on_stack(rt, op.row_type, rt.operands(op)))
