"""Patterns with fields in braces: of structs and records, and of variants whose payload has names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qz.sema.check.enums import find_variant, payload_types
from qz.sema.check.records import field_names, field_type, field_types, is_open
from qz.sema.decls import EnumDecl, PackedDecl, StructDecl, Variant
from qz.sema.matching import patterns as p
from qz.sema.matching.occurrences import Occurrence
from qz.sema.matching.patterns import ANYTHING, Pattern, product
from qz.sema.types import ERROR, TypeId, TypeKind

if TYPE_CHECKING:
    from qz.sema.check.patterns import PatternReader


def struct_pattern(reader: PatternReader, node: int, occurrence: Occurrence) -> Pattern:
    """`Type { f: p }`, or `Variant { f: p }` where the payload has names."""
    c = reader.c
    type_name = c.lhs[node]
    fields = c.list(c.rhs[node])
    if not type_name:
        return _record(reader, node, fields, occurrence)
    found = find_variant(c, type_name, occurrence.type)
    if found is not None:
        return _payload(reader, node, *found, fields, occurrence)
    expected = c.resolved(occurrence.type)
    decl = c.syntax.declaration(c.arena, type_name)
    if isinstance(decl, PackedDecl):
        return _packed(reader, type_name, decl, fields, occurrence)
    if not isinstance(decl, StructDecl):
        named = c.annotation(type_name) if expected != ERROR else ERROR  # of which it may be a variant
        reader.poison(node)
        if named != ERROR:
            reader.mismatch(node, occurrence, f"{c.text(type_name)} {{ … }}")
        return ANYTHING
    fits = c.infer.kind(expected) is TypeKind.STRUCT and c.infer.args(expected)[0] == decl.id
    if not fits and not reader.expect(type_name, occurrence, c.annotation(type_name)):
        reader.poison(node)
        return ANYTHING
    types = field_types(c, occurrence.type, decl)
    order = list(types.values())
    read = _fields(reader, fields, list(types), decl.name, lambda i: occurrence.field(i, order[i]))
    return product(read)


def _payload(
    reader: PatternReader,
    node: int,
    type_id: TypeId,
    enum: EnumDecl,
    variant: Variant,
    fields: Sequence[int],
    occurrence: Occurrence,
) -> Pattern:
    """Parts of a payload by their names; those that are not mentioned may be anything."""
    if not reader.expect(node, occurrence, type_id):
        reader.poison(node)
        return ANYTHING
    types = payload_types(reader.c, occurrence.type, enum, variant)
    names = [field.name for field in variant.fields]
    read = _fields(
        reader, fields, names, variant.name, lambda i: occurrence.payload(variant.tag, i, types[i])
    )
    parts = tuple(read.get(index, ANYTHING) for index in range(len(types)))
    return p.Variant(variant.tag, len(enum.names), parts)


def _packed(
    reader: PatternReader, node: int, decl: PackedDecl, fields: Sequence[int], occurrence: Occurrence
) -> Pattern:
    """`Gpio { pin0: 1 }`: bits of a packed struct."""
    c = reader.c
    if not reader.expect(node, occurrence, c.annotation(node)):
        reader.poison(node)
        return ANYTHING
    bits = list(decl.bits.values())
    read = _fields(reader, fields, list(decl.bits), decl.name, lambda i: occurrence.field(i, bits[i].type))
    return product(read)


def _record(reader: PatternReader, node: int, fields: Sequence[int], occurrence: Occurrence) -> Pattern:
    """`{ f: p }`, of a record, or of whatever has the fields."""
    c = reader.c
    holder = c.resolved(occurrence.type)
    if reader.kind(occurrence) not in (TypeKind.RECORD, TypeKind.STRUCT) and not is_open(c, holder):
        reader.poison(node)
        shown = ", ".join(c.text(field) for field in fields)
        return reader.mismatch(node, occurrence, f"{{ {shown} }}")
    names = field_names(c, holder)
    types = [field_type(c, holder, name) or ERROR for name in names]
    owner = c.show(occurrence.type)
    read = _fields(reader, fields, names, owner, lambda i: occurrence.field(i, types[i]))
    return product(read)


def _fields(
    reader: PatternReader,
    fields: Sequence[int],
    names: list[str],
    owner: str,
    place: Callable[[int], Occurrence],
) -> dict[int, Pattern]:
    """The patterns of the fields that are mentioned, by their places."""
    c = reader.c
    read: dict[int, Pattern] = {}
    for field in fields:
        index = reader.place_of(field, names, owner)
        if index in read:
            c.sink.report("QZ0205", c.span(field), name=c.text(field))
        if index < 0 or index in read:
            reader.poison(field)
        else:
            read[index] = reader.part(field, place(index))
    return read
