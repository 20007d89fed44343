"""Heap structs: every field is a word."""

# pyright: reportPrivateUsage=false

from xdsl.dialects.builtin import IntegerAttr
from xdsl.ir import Operation, SSAValue

from dialects.qz.structs import StructGetOp, StructNewOp, StructSetOp
from dialects.qzrt.memory import LoadOp, StoreOp
from lowering import runtime_abi
from lowering.dispatch import Table
from lowering.layout import WORD_BYTES
from lowering.to_rt.access import field_access
from lowering.to_rt.erasure import Erasure
from lowering.value_forms import F64, ValueForm

TABLE: Table[Erasure] = Table()


def field_word(rt: Erasure, value: SSAValue, form: ValueForm) -> SSAValue:
    """A value as it lies in a field: an f64 as itself, anything else as its word."""
    return value if form is F64 else rt.to_word(value, form)


def _index(op: Operation) -> int:
    index = op.properties["index"]
    assert type(index) is IntegerAttr
    return index.value.data


@TABLE.lowers(StructNewOp)
def lower_new(rt: Erasure, op: StructNewOp) -> None:
    """A new block, its fields stored in order."""
    values = rt.operands(op)
    n_bytes = max(len(values), 1) * WORD_BYTES
    struct = rt.call_word(runtime_abi.ALLOC, (rt.constant(n_bytes),))
    for index, (old, value) in enumerate(zip(op._operands, values, strict=True)):
        form = rt.form(old)
        rt.effect(StoreOp, (struct, field_word(rt, value, form)), field_access(index, form.element.name))
    rt.define(op, struct)


@TABLE.lowers(StructGetOp)
def lower_get(rt: Erasure, op: StructGetOp) -> None:
    """Loads a field."""
    form = rt.result_form(op)
    properties = field_access(_index(op), form.element.name)
    operands = rt.operands(op)
    if form is F64:
        value: SSAValue = rt.emit(LoadOp, operands, properties, form.register)
    else:
        value = rt.from_word(rt.emit(LoadOp, operands, properties), form)
    rt.define(op, value)


@TABLE.lowers(StructSetOp)
def lower_set(rt: Erasure, op: StructSetOp) -> None:
    """Stores a field."""
    struct, value = rt.operands(op)
    form = rt.last_form(op)
    properties = field_access(_index(op), form.element.name)
    rt.effect(StoreOp, (struct, field_word(rt, value, form)), properties)
