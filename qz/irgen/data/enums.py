"""Values of enums, and the parts of them."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import SymbolRefAttr
from xdsl.ir import Attribute, Region, SSAValue

from dialects.fast_attributes import new_array
from dialects.fast_ops import region_with_block
from dialects.qz.closures import LambdaOp
from dialects.qz.enums import EnumGetOp, EnumNewOp, EnumTagOp
from dialects.qz.matches import SwitchOp, numbers
from dialects.qz.properties import int_attr, string_attr
from dialects.qz.scalar import ConstOp
from dialects.qz.terminators import ReturnOp
from dialects.qz.types import FnType, si64
from qz.irgen.builder import Builder
from qz.irgen.calls.argument_order import source_order
from qz.sema.decls import NewtypeDecl, VariantDecl
from qz.sema.ownership.drops import drop_method
from qz.sema.types import INT, TypeId


def construct(b: Builder, node: int) -> SSAValue:
    """The variant that was found for a node; its payload is evaluated in the order written."""
    plan = b.body.variants[node]
    type_id = b.types[node]
    wants = b.ir_types.payload(type_id, plan.tag)
    values: dict[int, SSAValue] = {}
    for position in source_order(b, node, plan.payload):
        values[position] = b.value_as(plan.payload[position], wants[position])
    return new_variant(b, type_id, plan.tag, [values[position] for position in range(len(wants))])


def new_variant(b: Builder, type_id: TypeId, tag: int, payload: Sequence[SSAValue] = ()) -> SSAValue:
    """A value of a variant. One of an enum with a `drop` is a block in any case, which knows that."""
    properties: dict[str, Attribute] = {"variant": int_attr(tag)}
    enums = b.ir_types.enums
    parts = zip(payload, enums.payloads(type_id)[tag], strict=True)
    words = [value for value, part in parts if not enums.layouts.is_nothing(part)]
    drop = drop_method(b.program, type_id, b.body.module)
    if drop is not None:
        b.callees[drop.symbol] = drop
        properties["drop"] = SymbolRefAttr(drop.symbol)
        words = words or [b.make(ConstOp, (), si64, b.ir_types.number(INT, 0))]
    return b.make(EnumNewOp, words, b.ir_types.of(type_id), properties)


def maker(b: Builder, node: int, decl: VariantDecl | NewtypeDecl) -> SSAValue:
    """A variant or a newtype as the function that makes one of what that holds."""
    type_ = b.ir_types.of(b.types[node])
    assert isinstance(type_, FnType)
    made = b.program.types.args[b.types[node]][-1]
    around = b.block
    region, b.block = region_with_block(type_.signature.inputs.data)
    value: SSAValue = b.block.args[0]
    if isinstance(decl, VariantDecl):
        parts = zip(b.block.args, b.ir_types.payload(made, decl.tag), strict=True)
        value = new_variant(b, made, decl.tag, [b.coerce(part, want) for part, want in parts])
    b.do(ReturnOp, (b.coerce(value, type_.signature.outputs.data[0]),))
    b.block = around
    b.n_lambdas += 1
    symbol = string_attr(f"{b.body.name}$lambda{b.n_lambdas}")
    op = b.do(LambdaOp, (), {"symbol": symbol}, (type_,), (region,), b.locate(node))
    op.attributes = {"qz.names": new_array([]), "qz.source": symbol}
    return op.results[0]


def nothing(b: Builder) -> SSAValue:
    """What stands for the value of an expression without one where a value is held."""
    return new_variant(b, b.program.types.unit, 0)


def tag_of(b: Builder, value: SSAValue) -> SSAValue:
    """The number of a value's variant."""
    return b.make(EnumTagOp, (value,), si64)


def payload_part(b: Builder, value: SSAValue, type_id: TypeId, tag: int, index: int) -> SSAValue:
    """A part of the payload of a value of the type that is known to be of a variant."""
    result = b.ir_types.payload(type_id, tag)[index]
    if b.ir_types.enums.layouts.is_nothing(b.ir_types.enums.payloads(type_id)[tag][index]):
        return b.make(EnumNewOp, (), result, {"variant": int_attr(0)})
    word = b.ir_types.first_word(type_id, tag, index)
    properties: dict[str, Attribute] = {"variant": int_attr(tag), "index": int_attr(word)}
    return b.make(EnumGetOp, (value,), result, properties)


def switch(
    b: Builder, tag: SSAValue, tags: Sequence[int], result: Attribute, regions: Sequence[Region]
) -> SSAValue:
    """The value of the region for a tag; one region more than tags is for all others."""
    properties: dict[str, Attribute] = {"values": numbers(tags), "counts": numbers([1] * len(tags))}
    return b.do(SwitchOp, (tag,), properties, (result,), tuple(regions)).results[0]
