"""Blocks of words, and heap structs: every field is a word, unless the type says how C would lay them out."""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence

from xdsl.dialects.builtin import IntegerAttr
from xdsl.ir import Attribute, Operation, SSAValue

from dialects.byte_string import ByteStringAttr
from dialects.qz.structs import ArenaNewOp, StructGetOp, StructNewOp, StructSetOp
from dialects.qz.types import is_always_address, is_counted
from dialects.qz.val_type import laid_out
from dialects.qzrt.memory import BytesOp, LoadOp, StackBlockOp, StoreOp, SymbolOp
from lowering.abi import runtime_abi
from lowering.abi.layout import TYPE_DESCRIBED, TYPE_DROPPED, WORD_BYTES, fields_descriptor, fields_type_id
from lowering.abi.value_forms import F64, ValueForm
from lowering.dispatch import Operands, Table
from lowering.escapes.places import LOCAL
from lowering.ownership.own_in_place import IN_PLACE
from lowering.ownership.reuse_blocks import reused
from lowering.shared_attributes import Properties, word_attr
from lowering.to_rt.access import field_access
from lowering.to_rt.erasure import Erasure
from lowering.to_rt.rows import layout_of, leaf_access

TABLE: Table[Erasure] = Table()


def field_word(rt: Erasure, value: SSAValue, form: ValueForm) -> SSAValue:
    """A value as it lies in a field: an f64 as itself, anything else as its word."""
    return value if form is F64 else rt.to_word(value, form)


def load_field(rt: Erasure, operands: Operands, properties: Properties, form: ValueForm) -> SSAValue:
    """Reads a value that lies as it does in a field."""
    if form is F64:
        return rt.emit(LoadOp, operands, properties, form.register)
    return rt.from_word(rt.emit(LoadOp, operands, properties), form)


def new_block(rt: Erasure, counted: Sequence[bool], *, on_stack: bool = False) -> SSAValue:
    """The address of a new block with a header; `counted` says of each of its words whether it is counted."""
    n_words = max(len(counted), 1)
    if on_stack:
        return rt.emit(StackBlockOp, (), {"n": word_attr(n_words)})
    n_bytes = rt.constant(n_words * WORD_BYTES)
    type_id = fields_type_id(counted)
    if type_id is not None:
        return rt.call_word(runtime_abi.ALLOC, (n_bytes, rt.constant(type_id)))
    return rt.call_word(
        runtime_abi.ALLOC_DESCRIBED, (n_bytes, rt.constant(TYPE_DESCRIBED), _descriptor(rt, counted))
    )


def fields_block(rt: Erasure, make: Operation, counted: Sequence[bool]) -> SSAValue:
    """The address of a new block for a struct or variant, or of one that was given up on the way."""
    mark = reused(make)
    if mark is None:
        return new_block(rt, counted, on_stack=LOCAL in make.attributes)
    number, type_id = mark
    n_bytes = rt.constant(len(counted) * WORD_BYTES)
    return rt.call_word(runtime_abi.ALLOC_IN, (rt.emptied[number], n_bytes, rt.constant(type_id)))


def _descriptor(rt: Erasure, counted: Sequence[bool]) -> SSAValue:
    return rt.emit(BytesOp, (), {"value": ByteStringAttr(fields_descriptor(counted))})


def dropped_block(rt: Erasure, counted: Sequence[bool], drop: Attribute) -> SSAValue:
    """The address of a new block that is handed to a function before it is freed."""
    n_bytes = rt.constant(max(len(counted), 1) * WORD_BYTES)
    code = rt.emit(SymbolOp, (), {"name": drop})
    told = (n_bytes, rt.constant(TYPE_DROPPED), _descriptor(rt, counted or [False]), code)
    return rt.call_word(runtime_abi.ALLOC_DROPPED, told)


def _store_part(
    rt: Erasure, struct: SSAValue, type_: Attribute, index: int, old: SSAValue, value: SSAValue
) -> None:
    """Stores what begins at a word of a struct of a type."""
    row = laid_out(type_)
    if row is not None:
        rt.effect(StoreOp, (struct, value), leaf_access(row, index))
        return
    form = rt.form(old)
    rt.effect(StoreOp, (struct, field_word(rt, value, form)), field_access(index, form.element.name))


def _counted_words(type_: Attribute, fields: Sequence[SSAValue]) -> list[bool]:
    """Which words of the block of a struct are counted."""
    counted = [is_counted(field._type) for field in fields]
    row = laid_out(type_)
    if row is None:
        return counted
    layout = layout_of(row)
    words = [False] * -(-layout.size // WORD_BYTES)
    for leaf, is_one in zip(layout.leaves, counted, strict=False):
        if is_one:
            words[leaf.offset // WORD_BYTES] = True
    return words


def _index(op: Operation) -> int:
    index = op.properties["index"]
    assert type(index) is IntegerAttr
    return index.value.data


@TABLE.lowers(StructNewOp)
def lower_new(rt: Erasure, op: StructNewOp) -> None:
    """A new block, its fields stored in order; a tuple is one too."""
    values = rt.operands(op)
    type_ = op.result.type
    counted = _counted_words(type_, op._operands)
    drop = op.properties.get("drop")
    struct = fields_block(rt, op, counted) if drop is None else dropped_block(rt, counted, drop)
    for index, (old, value) in enumerate(zip(op._operands, values, strict=True)):
        _store_part(rt, struct, type_, index, old, value)
    rt.define(op, struct)


@TABLE.lowers(ArenaNewOp)
def lower_arena_new(rt: Erasure, op: ArenaNewOp) -> None:
    """A block of the arena, which takes over the counts on what lives elsewhere."""
    arena, *values = rt.operands(op)
    type_ = op.result.type
    n_words = len(_counted_words(type_, op._operands[1:]))
    struct = rt.call_word(runtime_abi.ARENA_TAKE, (arena, rt.constant(max(n_words, 1) * WORD_BYTES)))
    for index, (old, value) in enumerate(zip(op._operands[1:], values, strict=True)):
        _store_part(rt, struct, type_, index, old, value)
        if is_counted(old._type):
            is_address = is_always_address(old._type)
            hold = runtime_abi.ARENA_HOLD if is_address else runtime_abi.ARENA_HOLD_WORD
            rt.call(hold, (arena, field_word(rt, value, rt.form(old))))
    rt.define(op, struct)


@TABLE.lowers(StructGetOp)
def lower_get(rt: Erasure, op: StructGetOp) -> None:
    """Loads a field."""
    if IN_PLACE in op.attributes:
        return
    form = rt.result_form(op)
    row = laid_out(op._operands[0]._type)
    if row is not None:
        rt.define(op, rt.emit(LoadOp, rt.operands(op), leaf_access(row, _index(op)), form.register))
        return
    properties = field_access(_index(op), form.element.name)
    rt.define(op, load_field(rt, rt.operands(op), properties, form))


@TABLE.lowers(StructSetOp)
def lower_set(rt: Erasure, op: StructSetOp) -> None:
    """Stores a field."""
    if IN_PLACE not in op.attributes:
        store_field(rt, op)


def store_field(rt: Erasure, op: StructSetOp) -> None:
    """Stores a field."""
    struct, value = rt.operands(op)
    old_struct, old_value = op._operands
    _store_part(rt, struct, old_struct._type, _index(op), old_value, value)
