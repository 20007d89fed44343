"""Heap structs: every field is a word."""

from xdsl.ir import SSAValue

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
    return value if form is F64 else rt.to_word(value)


@TABLE.lowers(StructNewOp)
def lower_new(rt: Erasure, op: StructNewOp) -> None:
    """A new block, its fields stored in order."""
    values = rt.operands(op)
    n_bytes = max(len(values), 1) * WORD_BYTES
    struct = rt.call_word(runtime_abi.ALLOC, (rt.constant(n_bytes),))
    for index, (old, value) in enumerate(zip(op.fields, values, strict=True)):
        form = rt.form(old)
        rt.effect(StoreOp, (struct, field_word(rt, value, form)), field_access(index, form.element.name))
    rt.values[id(op.results[0])] = struct


@TABLE.lowers(StructGetOp)
def lower_get(rt: Erasure, op: StructGetOp) -> None:
    """Loads a field."""
    result = op.results[0]
    form = rt.form(result)
    properties = field_access(op.index.value.data, form.element.name)
    operands = rt.operands(op)
    if form is F64:
        value: SSAValue = rt.emit(LoadOp, operands, properties, form.register)
    else:
        value = rt.from_word(rt.emit(LoadOp, operands, properties), form.register)
    rt.values[id(result)] = value


@TABLE.lowers(StructSetOp)
def lower_set(rt: Erasure, op: StructSetOp) -> None:
    """Stores a field."""
    struct, value = rt.operands(op)
    form = rt.form(op.value)
    properties = field_access(op.index.value.data, form.element.name)
    rt.effect(StoreOp, (struct, field_word(rt, value, form)), properties)
