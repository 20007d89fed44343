"""Copies of values of any type, and the bodies of what is derived for that: each part is copied in turn."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import SSAValue

from qz.irgen.builder import Builder
from qz.irgen.calls.direct import call_runtime
from qz.irgen.data.enums import new_variant, payload_part, switch, tag_of
from qz.irgen.data.fields import new_struct, read_field
from qz.irgen.data.tuples import element, make_tuple
from qz.irgen.derived.parts import call_method
from qz.sema.types import TypeId


def clone_value(b: Builder, value: SSAValue, type_id: TypeId) -> SSAValue:
    """A copy of a value of a type; what never changes is its own."""
    callee = b.program.derivations.callee("clone", type_id, b.body.module)
    return value if callee is None else b.coerce(call_method(b, callee, [value]), b.ir_types.of(type_id))


def clone_fields(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    fields = b.ir_types.structs.field_types(type_id).items()
    parts = [clone_value(b, read_field(b, values[0], type_id, name), part) for name, part in fields]
    return new_struct(b, type_id, parts)


def clone_tuple(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    types = enumerate(b.program.types.args[type_id])
    return make_tuple(b, type_id, [clone_value(b, element(b, values[0], i), part) for i, part in types])


def clone_enum(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """A variant without a payload is its own copy."""
    (value,) = values
    payloads = b.ir_types.enums.payloads(type_id)

    def of_variant(tag: int) -> Sequence[SSAValue]:
        parts: list[SSAValue] = []
        for index, part in enumerate(payloads[tag]):
            parts.append(clone_value(b, payload_part(b, value, type_id, tag, index), part))
        return (new_variant(b, type_id, tag, parts),)

    tags = [tag for tag, payload in enumerate(payloads) if payload]
    if not tags:
        return value
    regions = [b.region(lambda tag=tag: of_variant(tag)) for tag in tags]
    if len(tags) < len(payloads):
        regions.append(b.region(lambda: (value,)))
    return switch(b, tag_of(b, value), tags, b.ir_types.of(type_id), regions)


def clone_vec(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """Another vector of the same elements, as the library's `clone` makes it."""
    found = call_runtime(b, "rt.vec$copy", [values[0]], b.ir_types.of(type_id))
    assert found is not None
    return found
