"""Values of structs and records: making one, and reading its fields."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import SymbolRefAttr
from xdsl.ir import Attribute, SSAValue

from dialects.qz.leaves import leaf_types
from dialects.qz.properties import STEADY, int_attr, string_attr
from dialects.qz.struct_type import StructType
from dialects.qz.structs import StructGetOp, StructNewOp
from dialects.qz.types import is_counted
from dialects.qz.value_structs import ValueGetOp, ValueNewOp
from qz.irgen.binary.packed import read_bits
from qz.irgen.builder import Builder
from qz.sema.binary.packed import packed_of
from qz.sema.ownership.drops import drop_method
from qz.sema.types import TypeId


def new_struct(b: Builder, type_id: TypeId, fields: Sequence[SSAValue]) -> SSAValue:
    """A struct or record of its fields, in the order in which they lie."""
    ir_type = b.ir_types.of(type_id)
    if isinstance(ir_type, StructType):
        held = [b.coerce(field, wanted) for field, wanted in zip(fields, ir_type.fields, strict=True)]
        return b.make(ValueNewOp, held, ir_type)
    drop = drop_method(b.program, type_id, b.body.module)
    if drop is None:
        return b.make(StructNewOp, fields, ir_type)
    b.callees[drop.symbol] = drop
    return b.make(StructNewOp, fields, ir_type, {"drop": SymbolRefAttr(drop.symbol)})


def read_field(b: Builder, value: SSAValue, holder: TypeId, name: str) -> SSAValue:
    """A field of a struct or record of the type ``holder``, or bits of a packed struct."""
    packed = packed_of(b.program, holder)
    if packed is not None:
        return read_bits(b, value, packed, name)
    field = b.ir_types.structs.fields(holder)[name]
    result = b.ir_types.of(field.type)
    properties: dict[str, Attribute] = {"name": string_attr(name)}
    if isinstance(value.type, StructType):
        properties["part"] = int_attr(field.first)
        return b.coerce(b.make(ValueGetOp, (value,), field.held, properties), result)
    properties["index"] = int_attr(field.first)
    if _is_kept(b, result) and b.program.queries.steady_fields.is_steady(holder, name, field.type):
        properties.update(STEADY)
    return b.make(StructGetOp, (value,), result, properties)


def _is_kept(b: Builder, type_: Attribute) -> bool:
    """Whether there is something in a value of a type that has to be kept; the runtime is asked nothing."""
    return not b.body.module.is_runtime and any(map(is_counted, leaf_types(type_)))
