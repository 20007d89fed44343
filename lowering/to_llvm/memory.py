"""Loads, stores, slots, addresses and runs of bytes."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import llvm
from xdsl.dialects.builtin import IntegerAttr, StringAttr, f32, f64, i8, i16, i32, i64
from xdsl.ir import Attribute, Operation, SSAValue

from dialects.byte_string import ByteStringAttr
from dialects.fast_ops import append_op
from dialects.llvm_extra.memory import MemcpyOp, MemmoveOp, MemsetOp
from dialects.qzrt.blocks import CopyOp, FillOp, MoveOp
from dialects.qzrt.memory import (
    BytesOp,
    LoadOp,
    SlotLoadOp,
    SlotOp,
    SlotStoreOp,
    StoreOp,
    SymbolOp,
    WordsOp,
)
from dialects.qzrt.types import PtrType, SlotType
from lowering.dispatch import Table
from lowering.shared_attributes import INT_TYPES, Properties
from lowering.to_llvm.integers import extend, truncate
from lowering.to_llvm.properties import (
    ALIAS_TAGS,
    ALIGNED_LOAD,
    ALIGNED_STORE,
    NO_OVERFLOW_FLAGS,
    NOT_VOLATILE,
    UNALIGNED_LOAD,
    UNALIGNED_STORE,
    constant_gep,
    indexed_gep,
)
from lowering.to_llvm.translation import PTR, Translation

TABLE: Table[Translation] = Table()

_SCALED: dict[int, Attribute] = {1: i8, 2: i16, 4: i32, 8: i64}
_FLOATS: dict[int, Attribute] = {4: f32, 8: f64}


def _number(properties: Properties, name: str) -> int:
    attribute = properties[name]
    assert isinstance(attribute, IntegerAttr)
    return attribute.value.data


def _kind(properties: Properties) -> str:
    attribute = properties["kind"]
    assert isinstance(attribute, StringAttr)
    return attribute.data


def _address(tr: Translation, op: Operation, index: SSAValue | None) -> SSAValue:
    """base + index * scale + offset; raw addresses may wander outside of any object."""
    properties = op.properties
    inbounds = "alias" in properties
    address = tr.pointer(op._operands[0])
    if index is not None:
        element = _SCALED[_number(properties, "scale")]
        address = tr.emit(llvm.GEPOp, (address, tr.word(index)), indexed_gep(element, inbounds), PTR)
    offset = _number(properties, "offset")
    if offset:
        address = tr.emit(llvm.GEPOp, (address,), constant_gep(offset, inbounds), PTR)
    return address


@TABLE.lowers(LoadOp)
def lower_load(tr: Translation, op: LoadOp) -> None:
    """Loads at the stored width and brings the value to its register."""
    properties = op.properties
    operands = op._operands
    address = _address(tr, op, operands[1] if len(operands) > 1 else None)
    kind, width = _kind(properties), _number(properties, "width")
    if kind == "p":
        type_: Attribute = PTR
    elif kind == "f":
        type_ = _FLOATS[width]
    else:
        type_ = INT_TYPES[8 * width]
    alias = properties.get("alias")
    value = tr.emit(llvm.LoadOp, (address,), UNALIGNED_LOAD if alias is None else ALIGNED_LOAD, type_)
    if alias is not None:
        assert isinstance(alias, StringAttr)
        value.op.attributes = ALIAS_TAGS[alias.data]
    if kind == "b":
        value = tr.emit(llvm.TruncOp, (value,), NO_OVERFLOW_FLAGS, INT_TYPES[1])
    elif width < 8 and kind != "f":
        value = extend(tr, value, kind == "s")
    tr.values[id(op.results[0])] = value


@TABLE.lowers(StoreOp)
def lower_store(tr: Translation, op: StoreOp) -> None:
    """Brings the value to its stored width and stores it."""
    properties = op.properties
    operands = op._operands
    old_value = operands[-1]
    kind, width = _kind(properties), _number(properties, "width")
    if kind == "p":
        value = tr.pointer(old_value)
    else:
        value = tr.word(old_value)
        if kind == "b":
            value = tr.emit(llvm.ZExtOp, (value,), {}, i8)
        elif width < 8 and kind != "f":
            value = truncate(tr, value, 8 * width)
    address = _address(tr, op, operands[1] if len(operands) > 2 else None)
    alias = properties.get("alias")
    store = append_op(
        tr.block,
        llvm.StoreOp,
        (value, address),
        (),
        UNALIGNED_STORE if alias is None else ALIGNED_STORE,
        tr.location,
    )
    if alias is not None:
        assert isinstance(alias, StringAttr)
        store.attributes = ALIAS_TAGS[alias.data]


@TABLE.lowers(SlotOp)
def lower_slot(tr: Translation, op: SlotOp) -> None:
    """Reserves a slot in the entry block; an address slot holds a pointer."""
    slot = tr.stack(_content(op.results[0]))
    tr.values[id(op.results[0])] = slot
    if "debug_type" in op.attributes:
        made = slot.owner
        assert isinstance(made, Operation)
        made.attributes = {"debug_name": op.properties["name"], **op.attributes}
        made.location = op.location


def _content(slot: SSAValue) -> Attribute:
    """The LLVM type of what an old slot holds."""
    type_ = slot._type
    assert isinstance(type_, SlotType)
    return PTR if isinstance(type_.content, PtrType) else type_.content


@TABLE.lowers(SlotLoadOp)
def lower_slot_load(tr: Translation, op: SlotLoadOp) -> None:
    """Reads a slot."""
    slot = op._operands[0]
    tr.values[id(op.results[0])] = tr.emit(llvm.LoadOp, (tr.values[id(slot)],), ALIGNED_LOAD, _content(slot))


@TABLE.lowers(SlotStoreOp)
def lower_slot_store(tr: Translation, op: SlotStoreOp) -> None:
    """Writes a slot."""
    slot, old_value = op._operands
    value = tr.as_type(old_value, _content(slot))
    append_op(tr.block, llvm.StoreOp, (value, tr.values[id(slot)]), (), ALIGNED_STORE, tr.location)


@TABLE.lowers(WordsOp)
def lower_words(tr: Translation, op: WordsOp) -> None:
    """Reserves an array on the stack."""
    tr.values[id(op.results[0])] = tr.stack(i64, op.n.value.data)


@TABLE.lowers(BytesOp)
def lower_bytes(tr: Translation, op: BytesOp) -> None:
    """The address of a constant string."""
    value = op.properties["value"]
    assert isinstance(value, ByteStringAttr)
    tr.values[id(op.results[0])] = tr.text(value.data)


@TABLE.lowers(SymbolOp)
def lower_symbol(tr: Translation, op: SymbolOp) -> None:
    """The address of a symbol."""
    name = op.symbol_name
    tr.symbols.setdefault(name.root_reference.data, None)
    tr.values[id(op.results[0])] = tr.emit(llvm.AddressOfOp, (), {"global_name": name}, PTR)


@TABLE.lowers(CopyOp, MoveOp)
def lower_transfer(tr: Translation, op: CopyOp | MoveOp) -> None:
    """Copies bytes."""
    destination, source, n = op._operands
    append_op(
        tr.block,
        MemcpyOp if type(op) is CopyOp else MemmoveOp,
        (tr.pointer(destination), tr.pointer(source), tr.word(n)),
        (),
        NOT_VOLATILE,
        tr.location,
    )


@TABLE.lowers(FillOp)
def lower_fill(tr: Translation, op: FillOp) -> None:
    """Sets bytes."""
    destination, byte, n = op._operands
    value = truncate(tr, tr.word(byte), 8)
    append_op(
        tr.block,
        MemsetOp,
        (tr.pointer(destination), value, tr.word(n)),
        (),
        NOT_VOLATILE,
        tr.location,
    )
