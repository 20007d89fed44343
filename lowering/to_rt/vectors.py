"""Vectors: the header is read with each access; LLVM keeps it in registers where nothing can change it."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import arith
from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Operation, SSAValue

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
from lowering import runtime_abi
from lowering.dispatch import Table
from lowering.shared_attributes import Properties
from lowering.to_rt.access import ELEMENT_ACCESS, VEC_CAPACITY, VEC_DATA, VEC_SIZE
from lowering.to_rt.arithmetic import NO_SIGNED_WRAP
from lowering.to_rt.erasure import Erasure
from lowering.value_forms import ValueForm

TABLE: Table[Erasure] = Table()

BOUNDS: Properties = {"kind": StringAttr("bounds")}


def check_index(rt: Erasure, index: SSAValue, size: SSAValue) -> None:
    """A negative index is a huge one without its sign, so that one comparison serves both ends."""
    rt.effect(CheckOp, (rt.compare("ult", index, size), index, size), BOUNDS)


def element_form(rt: Erasure, op: Operation) -> ValueForm:
    """The form of the elements of the vector that an old op makes."""
    (vec,) = op.results
    type_ = vec.type
    assert isinstance(type_, VecType)
    return rt.type_form(type_.element)


@TABLE.lowers(VecGetOp)
def lower_get(rt: Erasure, op: VecGetOp) -> None:
    """Size, check, data, element."""
    vec, index = rt.operands(op)
    if "unchecked" not in op.properties:
        check_index(rt, index, rt.emit(LoadOp, (vec,), VEC_SIZE))
    data = rt.emit(LoadOp, (vec,), VEC_DATA)
    form = rt.result_form(op)
    rt.define(op, rt.emit(LoadOp, (data, index), ELEMENT_ACCESS[form.element.name], form.register))


@TABLE.lowers(VecSetOp)
def lower_set(rt: Erasure, op: VecSetOp) -> None:
    """Size, check, data, element."""
    vec, index, value = rt.operands(op)
    if "unchecked" not in op.properties:
        check_index(rt, index, rt.emit(LoadOp, (vec,), VEC_SIZE))
    data = rt.emit(LoadOp, (vec,), VEC_DATA)
    rt.effect(StoreOp, (data, index, value), ELEMENT_ACCESS[rt.last_form(op).element.name])


@TABLE.lowers(VecSizeOp)
def lower_size(rt: Erasure, op: VecSizeOp) -> None:
    """Reads the header."""
    rt.define(op, rt.emit(LoadOp, rt.operands(op), VEC_SIZE))


@TABLE.lowers(VecPushOp)
def lower_push(rt: Erasure, op: VecPushOp) -> None:
    """A full vector grows first, out of the way."""
    vec, value = rt.operands(op)
    size = rt.emit(LoadOp, (vec,), VEC_SIZE)
    capacity = rt.emit(LoadOp, (vec,), VEC_CAPACITY)
    full, rest = rt.branch_unlikely(rt.compare("eq", size, capacity))
    rt.start_block(full)
    rt.call(runtime_abi.VEC_GROW, (vec,))
    rt.jump(rest)
    rt.start_block(rest)
    data = rt.emit(LoadOp, (vec,), VEC_DATA)
    rt.effect(StoreOp, (data, size, value), ELEMENT_ACCESS[rt.last_form(op).element.name])
    more = rt.emit(arith.AddiOp, (size, rt.constant(1)), NO_SIGNED_WRAP)
    rt.effect(StoreOp, (vec, more), VEC_SIZE)


@TABLE.lowers(VecPopUncheckedOp)
def lower_pop(rt: Erasure, op: VecPopUncheckedOp) -> None:
    """Takes one off the size and reads the element behind it."""
    (vec,) = rt.operands(op)
    size = rt.emit(LoadOp, (vec,), VEC_SIZE)
    less = rt.emit(arith.SubiOp, (size, rt.constant(1)), NO_SIGNED_WRAP)
    rt.effect(StoreOp, (vec, less), VEC_SIZE)
    data = rt.emit(LoadOp, (vec,), VEC_DATA)
    form = rt.result_form(op)
    rt.define(op, rt.emit(LoadOp, (data, less), ELEMENT_ACCESS[form.element.name], form.register))


@TABLE.lowers(VecClearOp)
def lower_clear(rt: Erasure, op: VecClearOp) -> None:
    """Only the size changes, unless there are counts to give back."""
    (vec,) = rt.operands(op)
    type_ = op.vec.type
    assert isinstance(type_, VecType)
    if is_counted(type_.element):
        rt.call(runtime_abi.VEC_CLEAR, (vec,))
    else:
        rt.effect(StoreOp, (vec, rt.constant(0)), VEC_SIZE)


@TABLE.lowers(VecNewOp)
def lower_new(rt: Erasure, op: VecNewOp) -> None:
    """An empty vector."""
    kind = element_form(rt, op).element.kind
    operands = rt.operands(op)
    capacity = operands[0] if operands else rt.constant(0)
    rt.define(op, rt.call_word(runtime_abi.VEC_NEW, (capacity, rt.constant(kind))))


@TABLE.lowers(VecLitOp)
def lower_literal(rt: Erasure, op: VecLitOp) -> None:
    """A vector with exactly the room it needs, filled in place."""
    element = element_form(rt, op).element
    values = rt.operands(op)
    n = rt.constant(len(values))
    vec = rt.call_word(runtime_abi.VEC_NEW, (n, rt.constant(element.kind)))
    if values:
        data = rt.emit(LoadOp, (vec,), VEC_DATA)
        for position, value in enumerate(values):
            rt.effect(StoreOp, (data, rt.constant(position), value), ELEMENT_ACCESS[element.name])
        rt.effect(StoreOp, (vec, n), VEC_SIZE)
    rt.define(op, vec)


@TABLE.lowers(TableVecOp)
def lower_table_vec(rt: Erasure, op: TableVecOp) -> None:
    """A vector with exactly the room it needs, into which the table is copied."""
    element = element_form(rt, op).element
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
        check_index(rt, index, rt.constant(len(op.table.data) // form.element.width))
    image = rt.emit(BytesOp, (), {"value": op.table})
    rt.define(op, rt.emit(LoadOp, (image, index), ELEMENT_ACCESS[form.element.name], form.register))


@TABLE.lowers(VecFilledOp)
def lower_filled(rt: Erasure, op: VecFilledOp) -> None:
    """The runtime fills by the element kind."""
    n, value = rt.operands(op)
    kind = element_form(rt, op).element.kind
    arguments = (n, rt.to_word(value, rt.last_form(op)), rt.constant(kind))
    rt.define(op, rt.call_word(runtime_abi.VEC_FILLED, arguments))
