"""Cells of a function become stack slots, shared ones blocks, module-level variables words at a symbol."""

# pyright: reportPrivateUsage=false

from xdsl.dialects.builtin import IntegerType, Signedness, SymbolRefAttr, f32, f64, i1, i64
from xdsl.ir import Attribute, SSAValue

from dialects.qz.panics import DebugBindOp
from dialects.qz.types import LocalType, is_counted
from dialects.qz.variables import (
    GlobalGetOp,
    GlobalSetOp,
    LocalGetOp,
    LocalOp,
    LocalSetOp,
    SharedGetOp,
    SharedOp,
    SharedSetOp,
)
from dialects.qzrt.memory import LoadOp, SlotLoadOp, SlotStoreOp, StoreOp, SymbolOp
from dialects.qzrt.types import SlotType, ptr
from lowering.abi.debug_types import debug_type_name
from lowering.abi.value_forms import ValueForm
from lowering.dispatch import Table
from lowering.ownership.own_in_place import IN_PLACE
from lowering.shared_attributes import NO_PROPERTIES, Properties, part_of
from lowering.to_rt.access import exported_access, global_access, shared_access
from lowering.to_rt.erasure import Erasure
from lowering.to_rt.structs import field_word, load_field, new_block

TABLE: Table[Erasure] = Table()

_ADDRESS_SLOT = SlotType(ptr)
_SLOTS: dict[int, SlotType] = {id(register): SlotType(register) for register in (i64, i1, f64, f32)}
_NARROW_SLOTS: dict[tuple[int, bool], SlotType] = {
    (width, signedness == Signedness.SIGNED): SlotType(IntegerType(width, signedness))
    for width in (8, 16, 32)
    for signedness in (Signedness.SIGNED, Signedness.UNSIGNED)
}


def _slot_type(form: ValueForm) -> SlotType:
    """The type of a slot for a value of a form."""
    if form.is_address:
        return _ADDRESS_SLOT
    if form.register is i64 and form.width < 64:
        return _NARROW_SLOTS[form.width, form.signed]
    return _SLOTS[id(form.register)]


def make_slot(rt: Erasure, old_type: Attribute, name: Attribute | None) -> SSAValue:
    """A slot for a value of a qz type; under -g it carries what a debugger shows of it."""
    properties: Properties = NO_PROPERTIES if name is None else {"name": name}
    debug_type = debug_type_name(old_type) if rt.debug and name is not None else None
    return rt.slot(properties, _slot_type(rt.type_form(old_type)), debug_type)


@TABLE.lowers(LocalOp)
def lower_local(rt: Erasure, op: LocalOp) -> None:
    """A slot that is filled where the cell is made."""
    (cell,) = op.results
    cell_type = cell._type
    assert isinstance(cell_type, LocalType)
    value = rt.operand(op)
    slot = make_slot(rt, cell_type.content, op.properties.get("name"))
    rt.effect(SlotStoreOp, (slot, value))
    rt.define(op, slot)


@TABLE.lowers(LocalGetOp)
def lower_local_get(rt: Erasure, op: LocalGetOp) -> None:
    """Reads the slot."""
    rt.define(op, rt.emit(SlotLoadOp, (rt.operand(op),), NO_PROPERTIES, rt.result_form(op).register))


@TABLE.lowers(LocalSetOp)
def lower_local_set(rt: Erasure, op: LocalSetOp) -> None:
    """Writes the slot."""
    rt.effect(SlotStoreOp, rt.operands(op))


@TABLE.lowers(SharedOp)
def lower_shared(rt: Erasure, op: SharedOp) -> None:
    """A block of a word for each leaf."""
    values = rt.operands(op)
    counted = [is_counted(old._type) for old in op._operands]
    block = new_block(rt, counted, on_stack="stack" in op.properties)
    for index, (old, value) in enumerate(zip(op._operands, values, strict=True)):
        _store_shared(rt, block, index, value, rt.form(old))
    rt.define(op, block)


@TABLE.lowers(SharedGetOp)
def lower_shared_get(rt: Erasure, op: SharedGetOp) -> None:
    """Reads a word."""
    if IN_PLACE in op.attributes:
        return
    form = rt.result_form(op)
    properties = shared_access(part_of(op), form.element.name)
    rt.define(op, load_field(rt, rt.operands(op), properties, form))


@TABLE.lowers(SharedSetOp)
def lower_shared_set(rt: Erasure, op: SharedSetOp) -> None:
    """Writes a word."""
    if IN_PLACE not in op.attributes:
        store_shared(rt, op)


def store_shared(rt: Erasure, op: SharedSetOp) -> None:
    """Writes a word."""
    block, value = rt.operands(op)
    _store_shared(rt, block, part_of(op), value, rt.last_form(op))


def _store_shared(rt: Erasure, block: SSAValue, index: int, value: SSAValue, form: ValueForm) -> None:
    rt.effect(StoreOp, (block, field_word(rt, value, form)), shared_access(index, form.element.name))


@TABLE.lowers(DebugBindOp)
def lower_debug_bind(rt: Erasure, op: DebugBindOp) -> None:
    """A slot of its own, which the optimiser turns back into the value."""
    (value,) = rt.operands(op)
    (old,) = op._operands
    slot = make_slot(rt, old._type, op.properties["name"])
    rt.effect(SlotStoreOp, (slot, value))


def _address(rt: Erasure, name: Attribute) -> SSAValue:
    assert isinstance(name, SymbolRefAttr)
    return rt.emit(SymbolOp, (), {"name": name})


def _is_exported(op: GlobalGetOp | GlobalSetOp) -> bool:
    """Whether C shares the variable: its symbol is none of Quartz."""
    return "$" not in op.global_name.root_reference.data


@TABLE.lowers(GlobalGetOp)
def lower_global_get(rt: Erasure, op: GlobalGetOp) -> None:
    """Loads the word at the symbol."""
    if IN_PLACE in op.attributes:
        return
    form = rt.result_form(op)
    address = _address(rt, op.properties["name"])
    if _is_exported(op):
        rt.define(op, rt.emit(LoadOp, (address,), exported_access(form.element.name), form.register))
    else:
        rt.define(op, load_field(rt, (address,), global_access(form.element.name), form))


@TABLE.lowers(GlobalSetOp)
def lower_global_set(rt: Erasure, op: GlobalSetOp) -> None:
    """Stores the word at the symbol."""
    if IN_PLACE not in op.attributes:
        store_global(rt, op)


def store_global(rt: Erasure, op: GlobalSetOp) -> None:
    """Stores the word at the symbol."""
    (value,) = rt.operands(op)
    form = rt.last_form(op)
    address = _address(rt, op.properties["name"])
    if _is_exported(op):
        rt.effect(StoreOp, (address, value), exported_access(form.element.name))
    else:
        rt.effect(StoreOp, (address, field_word(rt, value, form)), global_access(form.element.name))
