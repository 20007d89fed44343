"""Loads, stores, slots, addresses and runs of bytes."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import llvm
from xdsl.dialects.builtin import (
    IntegerAttr,
    Signedness,
    SymbolRefAttr,
    f32,
    f64,
    i8,
)
from xdsl.ir import Attribute, Operation, SSAValue

from dialects.byte_string import ByteStringAttr
from dialects.llvm_extra.memory import MemcpyOp, MemmoveOp, MemsetOp
from dialects.qzrt.blocks import CopyOp, FillOp, MoveOp
from dialects.qzrt.memory import (
    BytesOp,
    LoadOp,
    SlotLoadOp,
    SlotOp,
    SlotStoreOp,
    StackBlockOp,
    StoreOp,
    SymbolOp,
    WordsOp,
)
from dialects.qzrt.types import PtrType, SlotType
from lowering.abi.layout import HEADER_BYTES, IMMORTAL
from lowering.abi.memory_accesses import Access, access_of
from lowering.dispatch import Operands, Rule, RuleTable
from lowering.shared_attributes import INT_TYPES, NO_PROPERTIES, Properties, as_integer_type
from lowering.to_llvm.integers import extend, truncate
from lowering.to_llvm.properties import NOT_VOLATILE, array_of_words
from lowering.to_llvm.translation import PTR, Slot, Translation

RULES: RuleTable[Translation] = RuleTable()

_FLOATS: dict[int, Attribute] = {4: f32, 8: f64}


def _number(properties: Properties, name: str) -> int:
    attribute = properties[name]
    assert type(attribute) is IntegerAttr
    return attribute.value.data


def _address(tr: Translation, base: SSAValue, index: SSAValue | None, access: Access) -> SSAValue:
    """base + index * scale + offset; raw addresses may wander outside of any object."""
    inbounds = access.alias is not None
    address = tr.pointer(base)
    if index is not None:
        address = tr.indexed(address, tr.word(index), access.scale, inbounds)
    if access.offset:
        address = tr.displaced(address, access.offset, inbounds)
    return address


@RULES.lowers(LoadOp)
def load(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> SSAValue:
    """Loads at the stored width and brings the value to its register."""
    access = access_of(properties)
    kind, width = access.kind, access.width
    address = _address(tr, operands[0], operands[1] if len(operands) > 1 else None, access)
    if kind == "p":
        type_: Attribute = PTR
    elif kind == "f":
        type_ = _FLOATS[width]
    else:
        type_ = INT_TYPES[8 * width]
    value = tr.load(address, type_, access.alias)
    if kind == "b":
        return truncate(tr, value, 1)
    if width < 8 and kind != "f":
        return extend(tr, value, kind == "s")
    return value


@RULES.lowers(StoreOp)
def store(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> None:
    """Brings the value to its stored width and stores it."""
    access = access_of(properties)
    kind, width = access.kind, access.width
    value = operands[-1]
    if kind == "p":
        value = tr.pointer(value)
    else:
        value = tr.word(value)
        if kind == "b":
            value = tr.emit(llvm.ZExtOp, (value,), NO_PROPERTIES, i8)
        elif width < 8 and kind != "f":
            value = truncate(tr, value, 8 * width)
    address = _address(tr, operands[0], operands[1] if len(operands) > 2 else None, access)
    tr.store(value, address, access.alias)


@RULES.lowers(SlotOp)
def reserve_slot(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> SSAValue:
    """Reserves a slot in the entry block; an address slot holds a pointer, one of narrow integers those."""
    assert type(result) is SlotType
    slot = _slot_of(result.content)
    reserved = tr.reserve(slot.content)
    tr.slots[id(reserved)] = slot
    return reserved


def _slot_of(content: Attribute) -> Slot:
    """How a slot of such values is kept."""
    if type(content) is PtrType:
        return Slot(PTR, 0, signed=False)
    integer = as_integer_type(content)
    if integer is None or integer.signedness.data is Signedness.SIGNLESS:
        return Slot(content, 0, signed=False)
    width = integer.width.data
    return Slot(INT_TYPES[width], width, integer.signedness.data is Signedness.SIGNED)


@RULES.lowers(SlotLoadOp)
def load_slot(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> SSAValue:
    """Reads a slot."""
    (reserved,) = operands
    slot = tr.slots[id(reserved)]
    value = tr.load_slot(reserved, slot.content)
    return extend(tr, value, slot.signed) if slot.narrow else value


@RULES.lowers(SlotStoreOp)
def store_slot(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> None:
    """Writes a slot."""
    reserved, value = operands
    slot = tr.slots[id(reserved)]
    if slot.narrow:
        tr.store_slot(truncate(tr, tr.word(value), slot.narrow), reserved)
    else:
        tr.store_slot(tr.as_type(value, slot.content), reserved)


@RULES.lowers(WordsOp)
def words(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> SSAValue:
    """Reserves an array on the stack."""
    return tr.reserve(array_of_words(_number(properties, "n")))


@RULES.lowers(StackBlockOp)
def stack_block(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> SSAValue:
    """Reserves the words with one before them, whose count says that nobody frees this."""
    header = tr.reserve(array_of_words(1 + _number(properties, "n")))
    tr.store(tr.constant(IMMORTAL & 0xFFFF_FFFF), header, None)
    return tr.displaced(header, HEADER_BYTES, True)


@RULES.lowers(BytesOp)
def constant_bytes(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> SSAValue:
    """The address of a constant string."""
    value = properties["value"]
    assert type(value) is ByteStringAttr
    return tr.text(value.data)


@RULES.lowers(SymbolOp)
def symbol(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> SSAValue:
    """The address of a symbol."""
    name = properties["name"]
    assert type(name) is SymbolRefAttr
    return tr.address_of(name.root_reference.data)


def _transfer(op_class: type[Operation]) -> Rule[Translation]:
    """Copies bytes."""

    def rule(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> None:
        destination, source, n = operands
        pointers = (tr.pointer(destination), tr.pointer(source))
        tr.effect(op_class, (*pointers, tr.word(n)), NOT_VOLATILE)

    return rule


RULES.update({CopyOp: _transfer(MemcpyOp), MoveOp: _transfer(MemmoveOp)})


@RULES.lowers(FillOp)
def fill(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> None:
    """Sets bytes."""
    destination, byte, n = operands
    value = truncate(tr, tr.word(byte), 8)
    tr.effect(MemsetOp, (tr.pointer(destination), value, tr.word(n)), NOT_VOLATILE)
