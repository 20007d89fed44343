"""`to_json`: the functions that make a `JsonValue` of a value."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import SSAValue

from dialects.qz.loops import ForOp
from dialects.qz.properties import UNCHECKED, bytes_const, string_attr
from dialects.qz.scalar import CastOp
from dialects.qz.strings import StrConstOp
from dialects.qz.terminators import ReturnOp
from dialects.qz.types import f64, si64, string
from dialects.qz.vec import VecGetOp, VecLitOp, VecPushOp, VecSizeOp
from qz.irgen.binary.numbers import int_value
from qz.irgen.builder import Builder
from qz.irgen.calls.direct import call_function, call_library
from qz.irgen.data.enums import new_variant, payload_part, switch, tag_of
from qz.irgen.data.fields import read_field
from qz.irgen.data.tuples import element
from qz.irgen.derived.parts import each_element
from qz.irgen.loops.counting import loop_region
from qz.sema.decls import DerivedDecl, FunctionDecl
from qz.sema.derived.json import MODULE, JsonForm, json_form
from qz.sema.types import TypeId


def to_json(b: Builder, function: DerivedDecl, values: Sequence[SSAValue]) -> None:
    """The function that makes JSON of values of a type."""
    subject = function.subject
    form = json_form(b.program, subject)
    body = _BODIES.get(form) if form is not None else None
    found = json_of(b, values[0], subject) if body is None else body(b, values[0], subject)
    b.do(ReturnOp, (found,))


def value_type(b: Builder) -> TypeId:
    """The library's `JsonValue`."""
    return b.program.library.enum(MODULE, "JsonValue").type


def json_of(b: Builder, value: SSAValue, type_id: TypeId) -> SSAValue:
    """A value as JSON."""
    match json_form(b.program, type_id):
        case JsonForm.INTEGER:
            return _variant(b, "Integer", value if value.type == si64 else b.make(CastOp, (value,), si64))
        case JsonForm.FLOAT:
            return _variant(b, "Float", value if value.type == f64 else b.make(CastOp, (value,), f64))
        case JsonForm.UNSIGNED:
            return library(b, "of_unsigned", value)
        case JsonForm.TRUTH:
            return _variant(b, "Boolean", value)
        case JsonForm.TEXT:
            return _variant(b, "Text", value)
        case JsonForm.CHARACTER:
            return library(b, "of_character", value)
        case JsonForm.ITSELF:
            return value
        case JsonForm.WRAPPED:
            return json_of(b, value, next(b.program.queries.layers(type_id)))
        case JsonForm.OWN:
            group = b.program.method(type_id, b.program.interner.intern("to_json"))
            assert group is not None
            return _called(b, group.functions[0], value)
        case _:
            return _called(b, b.program.derivations.derived("to_json", type_id, b.body.module), value)


def _called(b: Builder, function: FunctionDecl, value: SSAValue) -> SSAValue:
    found = call_function(b, 0, function, [value])
    assert found is not None
    return found


def library(b: Builder, name: str, *values: SSAValue) -> SSAValue:
    """The result of a function of the library that derived code calls."""
    found = call_library(b, f"{MODULE}/reading", name, values)
    assert found is not None
    return found


def text(b: Builder, name: str) -> SSAValue:
    """A constant string."""
    return b.make(StrConstOp, (), string, bytes_const(name.encode()))


def _variant(b: Builder, name: str, value: SSAValue) -> SSAValue:
    type_id = value_type(b)
    return new_variant(b, type_id, b.ir_types.enums.declaration(type_id).names[name].tag, (value,))


def _null(b: Builder) -> SSAValue:
    type_id = value_type(b)
    return new_variant(b, type_id, b.ir_types.enums.declaration(type_id).names["Null"].tag)


def new_list(b: Builder) -> SSAValue:
    """A vector of JSON values, to be filled."""
    return b.make(VecLitOp, (), b.ir_types.of(b.program.types.vec(value_type(b))))


def _list(b: Builder, parts: Sequence[tuple[SSAValue, TypeId]]) -> SSAValue:
    items = new_list(b)
    for value, type_id in parts:
        b.do(VecPushOp, (items, json_of(b, value, type_id)))
    return _variant(b, "List", items)


def _object(b: Builder, parts: Sequence[tuple[str, SSAValue, TypeId]]) -> SSAValue:
    entries = library(b, "new_entries")
    for name, value, type_id in parts:
        _put(b, entries, text(b, name), json_of(b, value, type_id))
    return _variant(b, "Object", entries)


def _put(b: Builder, entries: SSAValue, key: SSAValue, value: SSAValue) -> None:
    call_library(b, f"{MODULE}/reading", "put", (entries, key, value))


# Bodies


def _fields(b: Builder, value: SSAValue, type_id: TypeId) -> SSAValue:
    types = b.ir_types.structs.field_types(type_id)
    return _object(b, [(name, read_field(b, value, type_id, name), part) for name, part in types.items()])


def _tuple(b: Builder, value: SSAValue, type_id: TypeId) -> SSAValue:
    types = enumerate(b.program.types.args[type_id])
    return _list(b, [(element(b, value, index), part) for index, part in types])


def _option(b: Builder, value: SSAValue, type_id: TypeId) -> SSAValue:
    some = b.ir_types.enums.declaration(type_id).names["Some"].tag
    (part,) = b.program.types.parts(type_id)
    holds = b.region(lambda: (json_of(b, payload_part(b, value, type_id, some, 0), part),))
    result = b.ir_types.of(value_type(b))
    return switch(b, tag_of(b, value), [some], result, [holds, b.region(lambda: (_null(b),))])


def _vec(b: Builder, value: SSAValue, type_id: TypeId) -> SSAValue:
    (part,) = b.program.types.parts(type_id)
    items = new_list(b)

    def turn(_: SSAValue, item: SSAValue) -> None:
        b.do(VecPushOp, (items, json_of(b, item, part)))

    each_element(b, value, part, turn)
    return _variant(b, "List", items)


def _map(b: Builder, value: SSAValue, type_id: TypeId) -> SSAValue:
    """The keys of a map are strings."""
    key, part = b.program.types.parts(type_id)
    keys, held = (call_map(b, type_id, name, (value,)) for name in ("keys", "values"))
    assert keys is not None
    assert held is not None
    keys = b.coerce(keys, b.ir_types.of(b.program.types.vec(key)))
    held = b.coerce(held, b.ir_types.of(b.program.types.vec(part)))
    entries = library(b, "new_entries")

    def turn(index: Sequence[SSAValue]) -> None:
        name = b.make(VecGetOp, (keys, index[0]), string, UNCHECKED)
        item = b.make(VecGetOp, (held, index[0]), b.ir_types.of(part), UNCHECKED)
        _put(b, entries, name, json_of(b, item, part))

    size = b.make(VecSizeOp, (keys,), si64)
    region = loop_region(b, [si64], turn)
    b.do(ForOp, (int_value(b, 0), size), {"label": string_attr("entries")}, (), (region,))
    return _variant(b, "Object", entries)


def call_map(b: Builder, type_id: TypeId, name: str, values: Sequence[SSAValue]) -> SSAValue | None:
    """Call a method of a map."""
    group = b.program.method(type_id, b.program.interner.intern(name))
    assert group is not None
    function = group.functions[0]
    instance = b.program.instances.of(function, b.program.types.parts(type_id), None, function.span)
    params = b.program.queries.signature(instance).params
    operands = [b.coerce(v, b.ir_types.of(p.type)) for v, p in zip(values, params, strict=True)]
    return call_function(b, 0, instance, operands)


def _variants(b: Builder, value: SSAValue, type_id: TypeId) -> SSAValue:
    """`"Name"`; `{"Name": …}` where there is a payload."""
    decl = b.ir_types.enums.declaration(type_id)
    payloads = b.ir_types.enums.payloads(type_id)
    variants = list(b.program.queries.variants(decl).values())

    def of_variant(tag: int) -> SSAValue:
        name, fields = variants[tag].name, variants[tag].fields
        if not fields:
            return _variant(b, "Text", text(b, name))
        parts = [payload_part(b, value, type_id, tag, index) for index in range(len(fields))]
        if is_named(fields[0].name):
            names = (field.name for field in fields)
            inner = _object(b, list(zip(names, parts, payloads[tag], strict=True)))
        elif len(parts) == 1:
            inner = json_of(b, parts[0], payloads[tag][0])
        else:
            inner = _list(b, list(zip(parts, payloads[tag], strict=True)))
        entries = library(b, "new_entries")
        _put(b, entries, text(b, name), inner)
        return _variant(b, "Object", entries)

    if len(variants) == 1:
        return of_variant(0)
    regions = [b.region(lambda tag=tag: (of_variant(tag),)) for tag in range(len(variants))]
    return switch(b, tag_of(b, value), range(len(variants)), b.ir_types.of(value_type(b)), regions)


def is_named(name: str) -> bool:
    """Whether a part of a payload has a name, and not just a number."""
    return not name.isdigit()


_BODIES = {
    JsonForm.FIELDS: _fields,
    JsonForm.TUPLE: _tuple,
    JsonForm.OPTION: _option,
    JsonForm.LIST: _vec,
    JsonForm.MAP: _map,
    JsonForm.VARIANTS: _variants,
}
