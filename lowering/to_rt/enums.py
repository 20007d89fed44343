"""Enums, by how their type says that they are kept."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import arith
from xdsl.dialects.builtin import IntegerAttr, i64
from xdsl.ir import Attribute, Operation, SSAValue

from dialects.byte_string import ByteStringAttr
from dialects.qz.enums import EnumGetOp, EnumNewOp, EnumTagOp
from dialects.qz.types import EnumType, is_counted
from dialects.qzrt.memory import BytesOp, LoadOp, StoreOp
from lowering.abi import layout
from lowering.abi.value_forms import F64
from lowering.dispatch import Table
from lowering.to_rt.access import ENUM_TAG, payload_access
from lowering.to_rt.erasure import Erasure
from lowering.to_rt.structs import dropped_block, field_word, fields_block

TABLE: Table[Erasure] = Table()


def _layout(type_: Attribute) -> str:
    assert isinstance(type_, EnumType)
    return type_.layout


def _number(op: Operation, name: str) -> int:
    attribute = op.properties[name]
    assert type(attribute) is IntegerAttr
    return attribute.value.data


def _variants(type_: EnumType) -> tuple[list[int], list[int]]:
    """The numbers of the variants without a payload, and of those with one."""
    sizes = [len(payload.data) for payload in type_.payloads.data]
    without = [number for number, size in enumerate(sizes) if not size]
    return without, [number for number, size in enumerate(sizes) if size]


@TABLE.lowers(EnumNewOp)
def lower_new(rt: Erasure, op: EnumNewOp) -> None:
    """A number, an immediate, the payload itself, or a block with tag and payload, or a constant."""
    variant = _number(op, "variant")
    values = rt.operands(op)
    type_ = op.result._type
    assert isinstance(type_, EnumType)
    kind = type_.layout
    if kind == "tag":
        value: SSAValue = rt.constant(variant)
    elif kind == "nullable":
        value = values[0] if values else rt.constant(0)
    elif not values and type_.has_immediates:
        value = rt.constant(layout.immediate_variant(variant))
    elif not values:
        value = rt.emit(BytesOp, (), {"value": ByteStringAttr(variant.to_bytes(layout.WORD_BYTES, "little"))})
    else:
        counted = [False, *[is_counted(old._type) for old in op._operands]]
        drop = op.properties.get("drop")
        value = fields_block(rt, op, counted) if drop is None else dropped_block(rt, counted, drop)
        rt.effect(StoreOp, (value, rt.constant(variant)), ENUM_TAG)
        for index, (old, part) in enumerate(zip(op._operands, values, strict=True)):
            form = rt.form(old)
            access = payload_access(index, form.element.name)
            rt.effect(StoreOp, (value, field_word(rt, part, form)), access)
    rt.define(op, value)


@TABLE.lowers(EnumTagOp)
def lower_tag(rt: Erasure, op: EnumTagOp) -> None:
    """Memory is read only where there is more than one kind of block."""
    (value,) = rt.operands(op)
    type_ = op.value._type
    assert isinstance(type_, EnumType)
    kind = type_.layout
    if kind == "tag":
        rt.define(op, value)
        return
    without, with_payload = _variants(type_)
    if kind == "nullable":
        is_null = rt.compare("eq", value, rt.constant(0))
        rt.define(op, _select(rt, is_null, rt.constant(without[0]), rt.constant(with_payload[0])))
    elif len(type_.names) == 1:
        rt.define(op, rt.constant(0))
    elif not type_.has_immediates:
        rt.define(op, rt.emit(LoadOp, (value,), ENUM_TAG))
    else:
        low = rt.emit(arith.AndIOp, (value, rt.constant(layout.IMMEDIATE_MASK)))
        is_immediate = rt.compare("ne", low, rt.constant(0))
        number = _immediate_number(rt, value, without)
        rt.define(op, _select(rt, is_immediate, number, rt.constant(with_payload[0])))


def _select(rt: Erasure, condition: SSAValue, if_true: SSAValue, if_false: SSAValue) -> SSAValue:
    return rt.emit(arith.SelectOp, (condition, if_true, if_false), {}, i64)


def _immediate_number(rt: Erasure, value: SSAValue, without: list[int]) -> SSAValue:
    """The number of a variant that is an immediate."""
    if len(without) == 1:
        return rt.constant(without[0])
    return rt.emit(arith.ShRUIOp, (value, rt.constant(layout.IMMEDIATE_SHIFT)))


@TABLE.lowers(EnumGetOp)
def lower_get(rt: Erasure, op: EnumGetOp) -> None:
    """The word itself, or one of the block."""
    operands = rt.operands(op)
    form = rt.result_form(op)
    if _layout(op.value._type) == "nullable":
        rt.define(op, operands[0])
        return
    properties = payload_access(_number(op, "index"), form.element.name)
    if form is F64:
        value: SSAValue = rt.emit(LoadOp, operands, properties, form.register)
    else:
        value = rt.from_word(rt.emit(LoadOp, operands, properties), form)
    rt.define(op, value)
