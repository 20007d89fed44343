"""Vectors: the header is read with each access; LLVM keeps it in registers where nothing can change it."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import arith
from xdsl.dialects.builtin import IntegerAttr, StringAttr
from xdsl.ir import Attribute, Operation, SSAValue

from dialects.qz.leaves import has_leaves, leaf_types, n_leaves
from dialects.qz.tables import TableGetOp, TableVecOp
from dialects.qz.types import VecType, is_counted
from dialects.qz.vec import (
    VecClearOp,
    VecFilledOp,
    VecGetOp,
    VecLitOp,
    VecNewOp,
    VecPopUncheckedOp,
    VecPushOp,
    VecSetOp,
    VecSizeOp,
)
from dialects.qzrt.blocks import CopyOp
from dialects.qzrt.memory import BytesOp, LoadOp, StoreOp
from dialects.qzrt.panics import CheckOp
from lowering.abi import runtime_abi
from lowering.bounds.half_checks import CHECKED, SIGN
from lowering.dispatch import Operands, Table
from lowering.escapes.places import LOCAL, ON_STACK
from lowering.ownership.own_in_place import IN_PLACE
from lowering.shared_attributes import Properties, part_of
from lowering.to_rt import local_vectors
from lowering.to_rt.access import ELEMENT_ACCESS, VEC_CAPACITY, VEC_DATA, VEC_SIZE
from lowering.to_rt.arithmetic import NO_SIGNED_WRAP
from lowering.to_rt.erasure import Erasure
from lowering.to_rt.rows import kind_of, leaf_access, store_row, whole_row_on_stack

TABLE: Table[Erasure] = Table()

BOUNDS: Properties = {"kind": StringAttr("bounds")}


def check_index(rt: Erasure, access: Operation, index: SSAValue, size: SSAValue) -> None:
    """A negative index is a huge one without its sign, so that one comparison serves both ends.

    Where the upper end is known to be fine, the sign is enough, which the processor knows of a difference.
    """
    is_below_size = access.attributes.get(CHECKED) == SIGN
    holds = rt.compare("sge", index, rt.constant(0)) if is_below_size else rt.compare("ult", index, size)
    rt.effect(CheckOp, (holds, index, size), BOUNDS)


def element_type(vec: SSAValue) -> Attribute:
    """The type of the elements of an old vector."""
    type_ = vec.type
    assert isinstance(type_, VecType)
    return type_.element


def element_access(rt: Erasure, element: Attribute, op: Operation) -> Properties:
    """The properties of an access to an element, or to a leaf of one."""
    if has_leaves(element):
        return leaf_access(element, part_of(op))
    return ELEMENT_ACCESS[rt.type_form(element).element.name]


def store_element(rt: Erasure, element: Attribute, place: Operands, values: Operands) -> None:
    """Stores an element, or the leaves of one, at data and index."""
    if has_leaves(element):
        store_row(rt, element, place, values)
    else:
        properties = ELEMENT_ACCESS[rt.type_form(element).element.name]
        rt.effect(StoreOp, (*place, *values), properties)


def _check(rt: Erasure, op: VecGetOp | VecSetOp, vec: SSAValue, index: SSAValue) -> None:
    """What an access that is checked begins with."""
    if "unchecked" in op.properties:
        return
    known = op.properties.get("size")
    if type(known) is IntegerAttr:
        size = rt.constant(known.value.data)
    else:
        size = rt.emit(LoadOp, (vec,), VEC_SIZE)
    check_index(rt, op, index, size)


@TABLE.lowers(VecGetOp)
def lower_get(rt: Erasure, op: VecGetOp) -> None:
    """Size, check, data, element."""
    if IN_PLACE in op.attributes:
        return
    vec, index = rt.operands(op)
    _check(rt, op, vec, index)
    data = rt.emit(LoadOp, (vec,), VEC_DATA)
    properties = element_access(rt, element_type(op._operands[0]), op)
    rt.define(op, rt.emit(LoadOp, (data, index), properties, rt.result_form(op).register))


@TABLE.lowers(VecSetOp)
def lower_set(rt: Erasure, op: VecSetOp) -> None:
    """Size, check, data, element."""
    if IN_PLACE not in op.attributes:
        set_element(rt, op)


def set_element(rt: Erasure, op: VecSetOp) -> None:
    """Size, check, data, element."""
    vec, index, value = rt.operands(op)
    _check(rt, op, vec, index)
    data = rt.emit(LoadOp, (vec,), VEC_DATA)
    rt.effect(StoreOp, (data, index, value), element_access(rt, element_type(op._operands[0]), op))


@TABLE.lowers(VecSizeOp)
def lower_size(rt: Erasure, op: VecSizeOp) -> None:
    """Reads the header."""
    rt.define(op, rt.emit(LoadOp, rt.operands(op), VEC_SIZE))


@TABLE.lowers(VecPushOp)
def lower_push(rt: Erasure, op: VecPushOp) -> None:
    """A full vector grows first, out of the way."""
    vec, *values = rt.operands(op)
    size = rt.emit(LoadOp, (vec,), VEC_SIZE)
    capacity = rt.emit(LoadOp, (vec,), VEC_CAPACITY)
    full, rest = rt.branch_unlikely(rt.compare("eq", size, capacity))
    element = element_type(op._operands[0])
    rt.start_block(full)
    if LOCAL in op.attributes:
        local_vectors.grow(rt, vec, capacity, kind_of(rt, element))
    else:
        rt.call(runtime_abi.VEC_GROW, (vec,))
    rt.jump(rest)
    rt.start_block(rest)
    data = rt.emit(LoadOp, (vec,), VEC_DATA)
    store_element(rt, element, (data, size), values)
    more = rt.emit(arith.AddiOp, (size, rt.constant(1)), NO_SIGNED_WRAP)
    rt.effect(StoreOp, (vec, more), VEC_SIZE)


@TABLE.lowers(VecPopUncheckedOp)
def lower_pop(rt: Erasure, op: VecPopUncheckedOp) -> None:
    """Takes one off the size and reads the element behind it, or its leaves."""
    (vec,) = rt.operands(op)
    element = element_type(op._operands[0])
    size = rt.emit(LoadOp, (vec,), VEC_SIZE)
    less = rt.emit(arith.SubiOp, (size, rt.constant(1)), NO_SIGNED_WRAP)
    rt.effect(StoreOp, (vec, less), VEC_SIZE)
    data = rt.emit(LoadOp, (vec,), VEC_DATA)
    for index, result in enumerate(op.results):
        form = rt.form(result)
        if has_leaves(element):
            properties = leaf_access(element, index)
        else:
            properties = ELEMENT_ACCESS[form.element.name]
        rt.values[id(result)] = rt.emit(LoadOp, (data, less), properties, form.register)


@TABLE.lowers(VecClearOp)
def lower_clear(rt: Erasure, op: VecClearOp) -> None:
    """Only the size changes, unless there are counts to give back."""
    (vec,) = rt.operands(op)
    if any(is_counted(leaf) for leaf in leaf_types(element_type(op._operands[0]))):
        rt.call(runtime_abi.VEC_CLEAR, (vec,))
    else:
        rt.effect(StoreOp, (vec, rt.constant(0)), VEC_SIZE)


@TABLE.lowers(VecNewOp)
def lower_new(rt: Erasure, op: VecNewOp) -> None:
    """An empty vector."""
    operands = rt.operands(op)
    capacity = operands[0] if operands else rt.constant(0)
    kind = kind_of(rt, element_type(op.result))
    if LOCAL in op.attributes:
        data = local_vectors.room_for(rt, op, capacity, kind)
        rt.define(op, local_vectors.new_header(rt, op, data, rt.constant(0), capacity))
    else:
        rt.define(op, rt.call_word(runtime_abi.VEC_NEW, (capacity, kind)))


@TABLE.lowers(VecLitOp)
def lower_literal(rt: Erasure, op: VecLitOp) -> None:
    """A vector with exactly the room it needs, filled in place."""
    element = element_type(op.result)
    values = rt.operands(op)
    step = n_leaves(element)
    n = rt.constant(len(values) // step)
    kind = kind_of(rt, element)
    if LOCAL in op.attributes:
        data = local_vectors.room_for(rt, op, n, kind)
        rt.define(op, local_vectors.new_header(rt, op, data, n, n))
    else:
        vec = rt.call_word(runtime_abi.VEC_NEW, (n, kind))
        rt.define(op, vec)
        if not values:
            return
        data = rt.emit(LoadOp, (vec,), VEC_DATA)
        rt.effect(StoreOp, (vec, n), VEC_SIZE)
    for position in range(len(values) // step):
        place = (data, rt.constant(position))
        store_element(rt, element, place, values[position * step : (position + 1) * step])


@TABLE.lowers(TableVecOp)
def lower_table_vec(rt: Erasure, op: TableVecOp) -> None:
    """A vector with exactly the room it needs, into which the table is copied."""
    element = rt.type_form(element_type(op.result)).element
    table = op.table.data
    n = rt.constant(len(table) // element.width)
    vec = rt.call_word(runtime_abi.VEC_NEW, (n, rt.constant(element.kind)))
    if table:
        data = rt.emit(LoadOp, (vec,), VEC_DATA)
        image = rt.emit(BytesOp, (), {"value": op.table})
        rt.effect(CopyOp, (data, image, rt.constant(len(table))))
        rt.effect(StoreOp, (vec, n), VEC_SIZE)
    rt.define(op, vec)


@TABLE.lowers(TableGetOp)
def lower_table_get(rt: Erasure, op: TableGetOp) -> None:
    """A check against a number, and a load from where the table lies."""
    (index,) = rt.operands(op)
    form = rt.result_form(op)
    if "unchecked" not in op.properties:
        check_index(rt, op, index, rt.constant(len(op.table.data) // form.element.width))
    image = rt.emit(BytesOp, (), {"value": op.table})
    rt.define(op, rt.emit(LoadOp, (image, index), ELEMENT_ACCESS[form.element.name], form.register))


@TABLE.lowers(VecFilledOp)
def lower_filled(rt: Erasure, op: VecFilledOp) -> None:
    """The runtime fills by the element kind; a row is handed to it by its address, for it asks whether all
    is zero."""
    n, *values = rt.operands(op)
    element = element_type(op.result)
    place = op.attributes.get(LOCAL)
    if place == ON_STACK:
        rt.define(op, local_vectors.new_header(rt, op, local_vectors.zeros(rt, op), n, n))
        return
    if has_leaves(element):
        word = whole_row_on_stack(rt, element, values)
    else:
        word = rt.to_word(values[0], rt.last_form(op))
    told = (n, word, kind_of(rt, element))
    if place is None:
        rt.define(op, rt.call_word(runtime_abi.VEC_FILLED, told))
    else:
        data = rt.call_word(runtime_abi.VEC_FILLED_ROOM, told)
        rt.define(op, local_vectors.new_header(rt, op, data, n, n))
