"""Loads, stores, slots, addresses and runs of bytes."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import llvm
from xdsl.dialects.builtin import (
    IntegerAttr,
    IntegerType,
    Signedness,
    StringAttr,
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
from lowering.dispatch import Operands, Rule, RuleTable
from lowering.layout import HEADER_BYTES, IMMORTAL
from lowering.shared_attributes import INT_TYPES, NO_PROPERTIES, Properties, as_integer_type
from lowering.to_llvm.integers import extend, truncate
from lowering.to_llvm.properties import NOT_VOLATILE, array_of_words
from lowering.to_llvm.translation import PTR, Translation

RULES: RuleTable[Translation] = RuleTable()

_FLOATS: dict[int, Attribute] = {4: f32, 8: f64}


def _number(properties: Properties, name: str) -> int:
    attribute = properties[name]
    assert type(attribute) is IntegerAttr
    return attribute.value.data


def _string(attribute: Attribute) -> str:
    assert type(attribute) is StringAttr
    return attribute.data


def _address(tr: Translation, base: SSAValue, index: SSAValue | None, properties: Properties) -> SSAValue:
    """base + index * scale + offset; raw addresses may wander outside of any object."""
    inbounds = "alias" in properties
    address = tr.pointer(base)
    if index is not None:
        address = tr.indexed(address, tr.word(index), _number(properties, "scale"), inbounds)
    offset = _number(properties, "offset")
    if offset:
        address = tr.displaced(address, offset, inbounds)
    return address


@RULES.lowers(LoadOp)
def load(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> SSAValue:
    """Loads at the stored width and brings the value to its register."""
    address = _address(tr, operands[0], operands[1] if len(operands) > 1 else None, properties)
    kind, width = _string(properties["kind"]), _number(properties, "width")
    if kind == "p":
        type_: Attribute = PTR
    elif kind == "f":
        type_ = _FLOATS[width]
    else:
        type_ = INT_TYPES[8 * width]
    alias = properties.get("alias")
    value = tr.load(address, type_, None if alias is None else _string(alias))
    if kind == "b":
        return truncate(tr, value, 1)
    if width < 8 and kind != "f":
        return extend(tr, value, kind == "s")
    return value


@RULES.lowers(StoreOp)
def store(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> None:
    """Brings the value to its stored width and stores it."""
    value = operands[-1]
    kind, width = _string(properties["kind"]), _number(properties, "width")
    if kind == "p":
        value = tr.pointer(value)
    else:
        value = tr.word(value)
        if kind == "b":
            value = tr.emit(llvm.ZExtOp, (value,), NO_PROPERTIES, i8)
        elif width < 8 and kind != "f":
            value = truncate(tr, value, 8 * width)
    address = _address(tr, operands[0], operands[1] if len(operands) > 2 else None, properties)
    alias = properties.get("alias")
    tr.store(value, address, None if alias is None else _string(alias))


@RULES.lowers(SlotOp)
def slot(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> SSAValue:
    """Reserves a slot in the entry block; an address slot holds a pointer, one of narrow integers those."""
    assert type(result) is SlotType
    content = PTR if type(result.content) is PtrType else result.content
    narrow = _narrow_integer(content)
    reserved = tr.reserve(content if narrow is None else INT_TYPES[narrow.width.data])
    tr.slot_contents[id(reserved)] = content
    return reserved


def _narrow_integer(content: Attribute) -> IntegerType | None:
    """The type of a slot whose numbers are words outside of it."""
    integer = as_integer_type(content)
    return integer if integer is not None and integer.signedness.data is not Signedness.SIGNLESS else None


@RULES.lowers(SlotLoadOp)
def load_slot(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> SSAValue:
    """Reads a slot."""
    (reserved,) = operands
    content = tr.slot_contents[id(reserved)]
    narrow = _narrow_integer(content)
    if narrow is None:
        return tr.load_slot(reserved, content)
    value = tr.load_slot(reserved, INT_TYPES[narrow.width.data])
    return extend(tr, value, narrow.signedness.data is Signedness.SIGNED)


@RULES.lowers(SlotStoreOp)
def store_slot(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> None:
    """Writes a slot."""
    reserved, value = operands
    content = tr.slot_contents[id(reserved)]
    narrow = _narrow_integer(content)
    if narrow is None:
        tr.store_slot(tr.as_type(value, content), reserved)
    else:
        tr.store_slot(truncate(tr, tr.word(value), narrow.width.data), reserved)


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
