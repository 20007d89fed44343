"""`from_json`: the functions that make a value of a `JsonValue`.

`T.from_json(value)` calls the function that reads a `T`, which those of other types call too. That one has a
`Reading` of the library, in which it notes what is wrong, and gives `None` then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xdsl.ir import Attribute, SSAValue

from dialects.qz.branches import IfOp
from dialects.qz.loops import ForOp
from dialects.qz.properties import PREDICATES, UNCHECKED, string_attr
from dialects.qz.scalar import CastOp
from dialects.qz.strings import StrCmpOp
from dialects.qz.terminators import ReturnOp
from dialects.qz.types import boolean, si64, string
from dialects.qz.vec import VecGetOp, VecLitOp, VecPushOp, VecSizeOp
from qz.irgen.binary.numbers import int_value
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.calls.calls import call_default
from qz.irgen.calls.direct import call_function, call_library
from qz.irgen.data.enums import new_variant
from qz.irgen.data.fields import new_struct
from qz.irgen.data.options import Opened, return_result, unless
from qz.irgen.data.tuples import make_tuple
from qz.irgen.derived.json_writing import call_map, is_named, library, text, value_type
from qz.irgen.loops.counting import loop_region
from qz.sema.decls import DerivedDecl, Field, FunctionDecl, StructDecl
from qz.sema.derived.json import MODULE, JsonForm, json_form
from qz.sema.types import TypeId, int_range

LABEL: dict[str, Attribute] = {"label": string_attr("items")}


def from_json(b: Builder, function: DerivedDecl, values: Sequence[SSAValue]) -> None:
    """`T.from_json(value)`: `Ok` with what was read, or `Err` with what is wrong."""
    result = b.program.queries.signature(function).result
    reading = library(b, "reading")
    read = b.program.derivations.derived("read_json", function.subject, b.body.module)
    found = call_function(b, 0, read, [reading, values[0]])
    assert found is not None
    opened = Opened(b, found, b.program.queries.signature(read).result)
    return_result(b, result, opened, lambda: library(b, "error_of", reading))


def read_json(b: Builder, function: DerivedDecl, values: Sequence[SSAValue]) -> None:
    """The function that reads a value: `Some`, or `None` where it has noted why."""
    option = b.program.queries.signature(function).result
    reading = _Reading(b, values[0], option)
    subject = function.subject
    form = json_form(b.program, subject)
    body = _BODIES.get(form) if form is not None else None
    if body is None:
        found = reading.value(values[1], subject)
    else:
        found = body(reading, values[1], subject)
    if found is not None:
        b.do(ReturnOp, (reading.some(found),))


class _Reading:
    """The function being written: what it notes mistakes in, and what it gives."""

    def __init__(self, b: Builder, noted: SSAValue, option: TypeId) -> None:
        self.b = b
        self.noted = noted
        self.option = option

    def library(self, name: str, *values: SSAValue) -> SSAValue:
        """The result of a function of the library, which may note a mistake; if it does, that is the end."""
        found = library(self.b, name, self.noted, *values)
        self.leave_if_failed()
        return found

    def run(self, name: str, *values: SSAValue) -> None:
        """Call a function of the library that gives nothing."""
        call_library(self.b, f"{MODULE}/reading", name, (self.noted, *values))

    def some(self, value: SSAValue) -> SSAValue:
        """What the function gives for a value."""
        tag = self.b.ir_types.enums.declaration(self.option).names["Some"].tag
        return new_variant(self.b, self.option, tag, (value,))

    def leave_if_failed(self) -> None:
        """Return `None` where a mistake was noted."""
        fine = library(self.b, "fine?", self.noted)
        unless(self.b, fine, self._leave)

    def _leave(self) -> Sequence[SSAValue]:
        tag = self.b.ir_types.enums.declaration(self.option).names["None"].tag
        raise self.b.end(ReturnOp, (new_variant(self.b, self.option, tag),))

    # Parts

    def value(self, value: SSAValue, type_id: TypeId) -> SSAValue:
        """A value of a type, of a JSON value."""
        b = self.b
        want = b.ir_types.of(type_id)
        match json_form(b.program, type_id):
            case JsonForm.INTEGER:
                low, high = (int_value(b, bound) for bound in int_range(type_id))
                found = self.library("read_integer", value, low, high)
            case JsonForm.UNSIGNED:
                found = self.library("read_unsigned", value)
            case JsonForm.FLOAT:
                found = self.library("read_float", value)
            case JsonForm.TRUTH:
                found = self.library("read_truth", value)
            case JsonForm.TEXT:
                found = self.library("read_text", value)
            case JsonForm.CHARACTER:
                found = self.library("read_character", value)
            case JsonForm.ITSELF:
                found = value
            case JsonForm.WRAPPED:
                found = self.value(value, next(b.program.queries.layers(type_id)))
            case JsonForm.OWN:
                found = self._own(value, type_id)
            case _:
                found = self._derived(value, type_id)
        return found if found.type == want else b.make(CastOp, (found,), want)

    def _own(self, value: SSAValue, type_id: TypeId) -> SSAValue:
        b = self.b
        group = b.program.method(type_id, b.program.interner.intern("from_json"))
        assert group is not None
        function = group.functions[0]
        found = call_function(b, 0, function, [value])
        assert found is not None
        opened = Opened(b, found, b.program.queries.signature(function).result)

        def note() -> Sequence[SSAValue]:
            self.run("note", opened.error())
            return self._leave()

        unless(b, opened.holds, note)
        return opened.held()

    def _derived(self, value: SSAValue, type_id: TypeId) -> SSAValue:
        b = self.b
        function = b.program.derivations.derived("read_json", type_id, b.body.module)
        found = call_function(b, 0, function, [self.noted, value])
        assert found is not None
        self.leave_if_failed()
        return Opened(b, found, b.program.queries.signature(function).result).held()

    def entry(self, entries: SSAValue, name: str, type_id: TypeId) -> SSAValue:
        """The value of an entry. An option need not be there."""
        b = self.b
        self.run("enter", text(b, name))
        if json_form(b.program, type_id) is JsonForm.OPTION:
            member = library(b, "entry_or_null", entries, text(b, name))
        else:
            member = self.library("entry", entries, text(b, name))
        found = self.value(member, type_id)
        self.run("leave")
        return found

    def item(self, items: SSAValue, index: SSAValue, type_id: TypeId) -> SSAValue:
        """The value of an item that is there."""
        b = self.b
        self.run("enter_item", index)
        member = b.make(VecGetOp, (items, index), b.ir_types.of(value_type(b)), UNCHECKED)
        found = self.value(member, type_id)
        self.run("leave")
        return found

    def each(self, items: SSAValue, turn: Callable[[SSAValue], None]) -> None:
        """A loop over the places of a vector."""
        b = self.b
        size = b.make(VecSizeOp, (items,), si64)
        region = loop_region(b, [si64], lambda values: turn(values[0]))
        b.do(ForOp, (int_value(b, 0), size), LABEL, (), (region,))


# Bodies


def _fields(r: _Reading, value: SSAValue, type_id: TypeId) -> SSAValue:
    """An object with an entry for each field; those with a default may be left out."""
    b = r.b
    decl = b.program.decls[b.program.types.args[type_id][0]]
    assert isinstance(decl, StructDecl)
    fields = b.program.queries.fields(decl)
    entries = r.library("read_entries", value)
    parts: list[SSAValue] = []
    for name, part in b.ir_types.structs.field_types(type_id).items():
        field = fields[name]

        def given(name: str = name, part: TypeId = part) -> Sequence[SSAValue]:
            return (r.entry(entries, name, part),)

        def left_out(field: Field = field, part: TypeId = part) -> Sequence[SSAValue]:
            return (_default(b, field, type_id, part, parts),)

        if field.default is None:
            parts.append(given()[0])
            continue
        has = library(b, "has_entry", entries, text(b, name))
        regions = (b.region(given), b.region(left_out))
        parts.append(b.do(IfOp, (has,), NO_PROPERTIES, (b.ir_types.of(part),), regions).results[0])
    return new_struct(b, type_id, parts)


def _default(
    b: Builder, field: Field, holder: TypeId, type_id: TypeId, before: Sequence[SSAValue]
) -> SSAValue:
    default = field.default
    assert default is not None
    arguments = b.program.types.parts(holder)
    if isinstance(default, FunctionDecl) and arguments:
        default = b.program.instances.of(default, arguments, None, field.span)
    return b.coerce(call_default(b, default, type_id, before), b.ir_types.of(type_id))


def _tuple(r: _Reading, value: SSAValue, type_id: TypeId) -> SSAValue:
    return make_tuple(r.b, type_id, _items(r, value, r.b.program.types.args[type_id]))


def _items(r: _Reading, value: SSAValue, types: Sequence[TypeId]) -> list[SSAValue]:
    """A list of as many items as there are types."""
    items = r.library("read_items", value, int_value(r.b, len(types)))
    return [r.item(items, int_value(r.b, index), part) for index, part in enumerate(types)]


def _option(r: _Reading, value: SSAValue, type_id: TypeId) -> SSAValue:
    b = r.b
    names = b.ir_types.enums.declaration(type_id).names
    (part,) = b.program.types.parts(type_id)

    def none() -> Sequence[SSAValue]:
        return (new_variant(b, type_id, names["None"].tag),)

    def some() -> Sequence[SSAValue]:
        return (new_variant(b, type_id, names["Some"].tag, (r.value(value, part),)),)

    regions = (b.region(none), b.region(some))
    null = library(b, "null?", value)
    return b.do(IfOp, (null,), NO_PROPERTIES, (b.ir_types.of(type_id),), regions).results[0]


def _vec(r: _Reading, value: SSAValue, type_id: TypeId) -> SSAValue:
    b = r.b
    (part,) = b.program.types.parts(type_id)
    items = r.library("read_list", value)
    made = b.make(VecLitOp, (), b.ir_types.of(type_id))

    def turn(index: SSAValue) -> None:
        b.do(VecPushOp, (made, r.item(items, index, part)))

    r.each(items, turn)
    return made


def _map(r: _Reading, value: SSAValue, type_id: TypeId) -> SSAValue:
    b = r.b
    _, part = b.program.types.parts(type_id)
    entries = r.library("read_entries", value)
    keys = library(b, "keys_of", entries)
    made = call_map(b, type_id, "new", ())
    assert made is not None
    made = b.coerce(made, b.ir_types.of(type_id))

    def turn(index: SSAValue) -> None:
        key = b.make(VecGetOp, (keys, index), string, UNCHECKED)
        r.run("enter", key)
        found = r.value(r.library("entry", entries, key), part)
        r.run("leave")
        call_map(b, type_id, "set", (made, key, found))

    r.each(keys, turn)
    return made


def _variants(r: _Reading, value: SSAValue, type_id: TypeId) -> None:
    """`"Name"`, or `{"Name": …}`: each variant is looked at in turn."""
    b = r.b
    decl = b.ir_types.enums.declaration(type_id)
    payloads = b.ir_types.enums.payloads(type_id)
    variants = list(b.program.queries.variants(decl).values())
    name = r.library("read_variant", value)
    inner = library(b, "payload_of", value)

    def of_variant(tag: int) -> Sequence[SSAValue]:
        fields = variants[tag].fields
        parts: list[SSAValue] = []
        if fields:
            r.run("enter", text(b, variants[tag].name))
        if fields and is_named(fields[0].name):
            entries = r.library("read_entries", inner)
            named = zip(fields, payloads[tag], strict=True)
            parts = [r.entry(entries, field.name, part) for field, part in named]
        elif len(fields) == 1:
            parts = [r.value(inner, payloads[tag][0])]
        elif fields:
            parts = _items(r, inner, payloads[tag])
        if fields:
            r.run("leave")
        raise b.end(ReturnOp, (r.some(new_variant(b, type_id, tag, parts)),))

    for tag, variant in enumerate(variants):
        same = b.make(StrCmpOp, (name, text(b, variant.name)), boolean, PREDICATES["eq"])
        b.do(IfOp, (same,), NO_PROPERTIES, (), (b.region(lambda tag=tag: of_variant(tag)),))
    known = ", ".join(f"`{variant.name}`" for variant in variants)
    r.run("unknown_variant", name, text(b, known))
    tag = b.ir_types.enums.declaration(r.option).names["None"].tag
    b.do(ReturnOp, (new_variant(b, r.option, tag),))


_BODIES: dict[JsonForm, Callable[[_Reading, SSAValue, TypeId], SSAValue | None]] = {
    JsonForm.FIELDS: _fields,
    JsonForm.TUPLE: _tuple,
    JsonForm.OPTION: _option,
    JsonForm.LIST: _vec,
    JsonForm.MAP: _map,
    JsonForm.VARIANTS: _variants,
}
