"""What derived functions have in common: they do with each part of values what they do with the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from xdsl.ir import Attribute, SSAValue

from dialects.fast_ops import region_with_block
from dialects.qz.dynamic import DynCallOp
from dialects.qz.loops import ForEachOp
from dialects.qz.properties import int_attr, int_const, string_attr
from dialects.qz.scalar import ConstOp
from dialects.qz.terminators import YieldOp
from dialects.qz.types import si64
from qz.irgen.builder import Builder
from qz.irgen.calls.direct import call_function
from qz.irgen.data.enums import payload_part, switch
from qz.irgen.data.fields import read_field
from qz.irgen.data.tuples import element
from qz.sema.derived.derivations import Callee
from qz.sema.types import TypeId

Comparison: TypeAlias = Callable[[Builder, SSAValue, SSAValue, TypeId], SSAValue]
"""What is found out about two values of a type."""

Later: TypeAlias = Callable[[], SSAValue]
"""Finds that out when it is asked: what follows may not be needed."""


def call_method(b: Builder, callee: Callee, values: Sequence[SSAValue]) -> SSAValue:
    """Call what does it for the values of a type: a function, or a method behind a `dyn`."""
    signature = b.program.queries.signature(callee.function)
    if callee.slot >= 0:
        properties: dict[str, Attribute] = {"index": int_attr(callee.slot)}
        return b.do(DynCallOp, values, properties, b.ir_types.results(signature.result)).results[0]
    operands = [b.coerce(v, b.ir_types.of(p.type)) for v, p in zip(values, signature.params, strict=True)]
    found = call_function(b, 0, callee.function, operands)
    assert found is not None
    return found


def int_number(b: Builder, number: int) -> SSAValue:
    return b.make(ConstOp, (), si64, int_const(number, si64))


def element_type(b: Builder, type_id: TypeId) -> TypeId:
    """Of the elements of a vector or an array."""
    return b.program.types.args[type_id][0]


def each_element(
    b: Builder, vec: SSAValue, element: TypeId, turn: Callable[[SSAValue, SSAValue], None]
) -> None:
    """A loop over a vector or an array whose body ``turn`` emits, given the index and the element."""
    region, block = region_with_block([si64, b.ir_types.of(element)])
    outer, b.block = b.block, block
    try:
        turn(*block.args)
        b.do(YieldOp)
    finally:
        b.block = outer
    b.do(ForEachOp, (vec,), {"label": string_attr("each")}, (), (region,))


def compared_fields(
    b: Builder, type_id: TypeId, values: Sequence[SSAValue], compare: Comparison
) -> list[Later]:
    """The fields of two structs, one pair after the other."""

    def pair(name: str, part: TypeId) -> SSAValue:
        left, right = (read_field(b, value, type_id, name) for value in values)
        return compare(b, left, right, part)

    return [partial(pair, name, part) for name, part in b.ir_types.structs.field_types(type_id).items()]


def compared_elements(
    b: Builder, type_id: TypeId, values: Sequence[SSAValue], compare: Comparison
) -> list[Later]:
    """The elements of two tuples."""

    def pair(index: int, part: TypeId) -> SSAValue:
        left, right = (element(b, value, index) for value in values)
        return compare(b, left, right, part)

    return [partial(pair, index, part) for index, part in enumerate(b.program.types.args[type_id])]


def compared_payloads(
    b: Builder,
    type_id: TypeId,
    values: Sequence[SSAValue],
    compare: Comparison,
    tag: SSAValue,
    join: Callable[[Builder, Sequence[Later]], SSAValue],
    result: Attribute,
) -> SSAValue:
    """What is found out about two values of an enum that are of one variant, joined from the parts of their
    payloads."""

    def pair(variant: int, index: int, part: TypeId) -> SSAValue:
        left, right = (payload_part(b, value, type_id, variant, index) for value in values)
        return compare(b, left, right, part)

    def of_variant(variant: int) -> Sequence[SSAValue]:
        parts = [partial(pair, variant, index, part) for index, part in enumerate(payloads[variant])]
        return (join(b, parts),)

    payloads = b.ir_types.enums.payloads(type_id)
    tags = [variant for variant, payload in enumerate(payloads) if payload]
    regions = [b.region(partial(of_variant, variant)) for variant in tags]
    if len(tags) < len(payloads):
        regions.append(b.region(lambda: (join(b, ()),)))
    return switch(b, tag, tags, result, regions)
