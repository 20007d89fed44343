"""Cells of a function become stack slots, module-level variables become loads and stores at a symbol."""

# pyright: reportPrivateUsage=false

from xdsl.dialects.builtin import SymbolRefAttr
from xdsl.ir import Attribute, SSAValue

from dialects.fast_ops import append_op
from dialects.qz.panics import DebugBindOp
from dialects.qz.types import LocalType
from dialects.qz.variables import GlobalGetOp, GlobalSetOp, LocalGetOp, LocalOp, LocalSetOp
from dialects.qzrt.memory import LoadOp, SlotLoadOp, SlotOp, SlotStoreOp, StoreOp, SymbolOp
from dialects.qzrt.types import SlotType, ptr
from lowering.debug_types import debug_type_name
from lowering.dispatch import Table
from lowering.shared_attributes import NO_PROPERTIES, Properties, string_attr
from lowering.to_rt.access import global_access
from lowering.to_rt.erasure import Erasure
from lowering.to_rt.structs import field_word
from lowering.value_forms import F64, ValueForm

TABLE: Table[Erasure] = Table()

_ADDRESS_SLOT = (SlotType(ptr),)
_SLOTS: dict[int, tuple[Attribute]] = {}


def _slot_types(form: ValueForm) -> tuple[Attribute]:
    """The result types of a slot op, shared by register type."""
    if form.is_address:
        return _ADDRESS_SLOT
    types = _SLOTS.get(id(form.register))
    if types is None:
        types = _SLOTS[id(form.register)] = (SlotType(form.register),)
    return types


def make_slot(rt: Erasure, old_type: Attribute, name: Attribute | None) -> SSAValue:
    """A slot for a value of a qz type; under -g it carries what a debugger shows of it."""
    properties: Properties = NO_PROPERTIES if name is None else {"name": name}
    op = append_op(rt.block, SlotOp, (), _slot_types(rt.type_form(old_type)), properties, rt.location)
    if rt.debug and name is not None:
        op.attributes["debug_type"] = string_attr(debug_type_name(old_type))
    return op.results[0]


@TABLE.lowers(LocalOp)
def lower_local(rt: Erasure, op: LocalOp) -> None:
    """A slot that is filled where the cell is made."""
    cell_type = op.results[0]._type
    assert isinstance(cell_type, LocalType)
    (value,) = rt.operands(op)
    slot = make_slot(rt, cell_type.content, op.properties.get("name"))
    rt.effect(SlotStoreOp, (slot, value))
    rt.values[id(op.results[0])] = slot


@TABLE.lowers(LocalGetOp)
def lower_local_get(rt: Erasure, op: LocalGetOp) -> None:
    """Reads the slot."""
    result = op.results[0]
    rt.values[id(result)] = rt.emit(SlotLoadOp, rt.operands(op), NO_PROPERTIES, rt.form(result).register)


@TABLE.lowers(LocalSetOp)
def lower_local_set(rt: Erasure, op: LocalSetOp) -> None:
    """Writes the slot."""
    rt.effect(SlotStoreOp, rt.operands(op))


@TABLE.lowers(DebugBindOp)
def lower_debug_bind(rt: Erasure, op: DebugBindOp) -> None:
    """A slot of its own, which the optimiser turns back into the value."""
    (value,) = rt.operands(op)
    slot = make_slot(rt, op.value.type, op.properties["name"])
    rt.effect(SlotStoreOp, (slot, value))


def _address(rt: Erasure, name: Attribute) -> SSAValue:
    assert isinstance(name, SymbolRefAttr)
    return rt.emit(SymbolOp, (), {"name": name})


@TABLE.lowers(GlobalGetOp)
def lower_global_get(rt: Erasure, op: GlobalGetOp) -> None:
    """Loads the word at the symbol."""
    result = op.results[0]
    form = rt.form(result)
    address = _address(rt, op.properties["name"])
    register = form.register if form is F64 else None
    properties = global_access(form.element.name)
    if register is not None:
        rt.values[id(result)] = rt.emit(LoadOp, (address,), properties, register)
    else:
        rt.values[id(result)] = rt.from_word(rt.emit(LoadOp, (address,), properties), form.register)


@TABLE.lowers(GlobalSetOp)
def lower_global_set(rt: Erasure, op: GlobalSetOp) -> None:
    """Stores the word at the symbol."""
    (value,) = rt.operands(op)
    form = rt.form(op.value)
    address = _address(rt, op.properties["name"])
    rt.effect(StoreOp, (address, field_word(rt, value, form)), global_access(form.element.name))
