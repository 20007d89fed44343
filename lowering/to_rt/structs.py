"""Blocks of words, and heap structs: every field is a word."""

# pyright: reportPrivateUsage=false

from xdsl.dialects.builtin import IntegerAttr
from xdsl.ir import Operation, SSAValue

from dialects.qz.structs import StructGetOp, StructNewOp, StructSetOp
from dialects.qzrt.memory import LoadOp, StackBlockOp, StoreOp
from lowering import runtime_abi
from lowering.dispatch import Operands, Table
from lowering.layout import WORD_BYTES
from lowering.shared_attributes import Properties, word_attr
from lowering.to_rt.access import field_access
from lowering.to_rt.erasure import Erasure
from lowering.value_forms import F64, ValueForm

TABLE: Table[Erasure] = Table()


def field_word(rt: Erasure, value: SSAValue, form: ValueForm) -> SSAValue:
    """A value as it lies in a field: an f64 as itself, anything else as its word."""
    return value if form is F64 else rt.to_word(value, form)


def load_field(rt: Erasure, operands: Operands, properties: Properties, form: ValueForm) -> SSAValue:
    """Reads a value that lies as it does in a field."""
    if form is F64:
        return rt.emit(LoadOp, operands, properties, form.register)
    return rt.from_word(rt.emit(LoadOp, operands, properties), form)


def new_block(rt: Erasure, n_words: int, *, on_stack: bool = False) -> SSAValue:
    """The address of a new block with a header."""
    if on_stack:
        return rt.emit(StackBlockOp, (), {"n": word_attr(n_words)})
    return rt.call_word(runtime_abi.ALLOC, (rt.constant(n_words * WORD_BYTES),))


def _index(op: Operation) -> int:
    index = op.properties["index"]
    assert type(index) is IntegerAttr
    return index.value.data


@TABLE.lowers(StructNewOp)
def lower_new(rt: Erasure, op: StructNewOp) -> None:
    """A new block, its fields stored in order."""
    values = rt.operands(op)
    struct = new_block(rt, max(len(values), 1))
    for index, (old, value) in enumerate(zip(op._operands, values, strict=True)):
        form = rt.form(old)
        rt.effect(StoreOp, (struct, field_word(rt, value, form)), field_access(index, form.element.name))
    rt.define(op, struct)


@TABLE.lowers(StructGetOp)
def lower_get(rt: Erasure, op: StructGetOp) -> None:
    """Loads a field."""
    form = rt.result_form(op)
    properties = field_access(_index(op), form.element.name)
    rt.define(op, load_field(rt, rt.operands(op), properties, form))


@TABLE.lowers(StructSetOp)
def lower_set(rt: Erasure, op: StructSetOp) -> None:
    """Stores a field."""
    struct, value = rt.operands(op)
    form = rt.last_form(op)
    properties = field_access(_index(op), form.element.name)
    rt.effect(StoreOp, (struct, field_word(rt, value, form)), properties)
