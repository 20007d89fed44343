"""Hashes of values of any type, and the bodies of what is derived for that."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import SSAValue

from dialects.qz.types import si64
from dialects.qz.variables import LocalGetOp, LocalOp, LocalSetOp
from qz.irgen.builder import Builder
from qz.irgen.calls.direct import call_runtime
from qz.irgen.data.enums import payload_part, switch, tag_of
from qz.irgen.data.fields import read_field
from qz.irgen.data.tuples import element
from qz.irgen.derived.parts import (
    call_method,
    each_element,
    element_type,
    int_number,
)
from qz.sema.types import INT, TypeId


def hash_value(b: Builder, value: SSAValue, type_id: TypeId) -> SSAValue:
    """A number that equal values of a type share."""
    callee = b.program.derivations.callee("hash", type_id, b.body.module)
    assert callee is not None
    return call_method(b, callee, [value])


def _hash_parts(b: Builder, start: SSAValue, parts: Sequence[tuple[SSAValue, TypeId]]) -> SSAValue:
    """The hash of a sequence, from one that stands for what goes before."""
    for value, type_id in parts:
        found = call_runtime(b, "rt.hash$combine", [start, hash_value(b, value, type_id)])
        assert found is not None
        start = found
    return start


def hash_fields(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    fields = b.ir_types.structs.field_types(type_id)
    parts = [(read_field(b, values[0], type_id, name), part) for name, part in fields.items()]
    return _hash_parts(b, int_number(b, 0), parts)


def hash_tuple(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    types = enumerate(b.program.types.args[type_id])
    return _hash_parts(b, int_number(b, 0), [(element(b, values[0], index), part) for index, part in types])


def hash_array(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """The elements, one after the other."""
    part = element_type(b, type_id)
    so_far = b.make(LocalOp, (int_number(b, 0),), b.ir_types.cell(si64))

    def turn(index: SSAValue, value: SSAValue) -> None:
        before = b.make(LocalGetOp, (so_far,), si64)
        b.do(LocalSetOp, (so_far, _hash_parts(b, before, [(value, part)])))

    each_element(b, values[0], part, turn)
    return b.make(LocalGetOp, (so_far,), si64)


def hash_enum(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """The number of the variant, then its payload."""
    payloads = b.ir_types.enums.payloads(type_id)
    tag = tag_of(b, values[0])

    def of_variant(number: int) -> Sequence[SSAValue]:
        parts = enumerate(payloads[number])
        words = [(payload_part(b, values[0], type_id, number, i), t) for i, t in parts]
        return (_hash_parts(b, _hash_parts(b, int_number(b, 0), [(tag, INT)]), words),)

    tags = [number for number, payload in enumerate(payloads) if payload]
    if not tags:
        return _hash_parts(b, int_number(b, 0), [(tag, INT)])
    regions = [b.region(lambda number=number: of_variant(number)) for number in tags]
    if len(tags) < len(payloads):
        regions.append(b.region(lambda: (_hash_parts(b, int_number(b, 0), [(tag, INT)]),)))
    return switch(b, tag, tags, si64, regions)
