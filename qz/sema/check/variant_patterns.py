"""Patterns that name a variant, or a constant: which one is meant, and where the parts of a payload go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qz.diagnostics.model import Note
from qz.diagnostics.other_words import other_variant
from qz.diagnostics.suggest import did_you_mean
from qz.sema.body import VariantPlan
from qz.sema.check.constant_patterns import constant
from qz.sema.check.enums import find_variant, payload_types
from qz.sema.check.sequence_patterns import spread
from qz.sema.check.static_calls import type_named
from qz.sema.decls import ConstDecl, Decl, EnumDecl, StructDecl, Variant
from qz.sema.matching import patterns as p
from qz.sema.matching.occurrences import Occurrence
from qz.sema.matching.patterns import ANYTHING, Pattern
from qz.sema.types import ERROR, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

if TYPE_CHECKING:
    from qz.sema.check.patterns import PatternReader

K = NodeKind


def variant_pattern(reader: PatternReader, node: int, occurrence: Occurrence) -> Pattern:
    """`Some(p)`, `Shape::Circle(p, ..)`."""
    parts = reader.c.list(reader.c.rhs[node])
    return named(reader, node, reader.c.lhs[node], parts, occurrence)


def named(
    reader: PatternReader, node: int, name: int, parts: Sequence[int], occurrence: Occurrence
) -> Pattern:
    """A constant, or a variant with or without payload, by the node of its name."""
    c = reader.c
    found = find_variant(c, name, occurrence.type)
    if found is not None:
        return _of_variant(reader, node, *found, parts, occurrence)
    decl = reader.declaration(name)
    if isinstance(decl, ConstDecl) and not parts:
        return constant(reader, node, decl, occurrence)
    if c.resolved(occurrence.type) != ERROR:
        _report_unknown(reader, name, decl, occurrence)
    reader.poison(node)
    return ANYTHING


def _of_variant(
    reader: PatternReader,
    node: int,
    type_id: TypeId,
    enum: EnumDecl,
    variant: Variant,
    parts: Sequence[int],
    occurrence: Occurrence,
) -> Pattern:
    c = reader.c
    if not reader.expect(node, occurrence, type_id):
        reader.poison(node)
        return ANYTHING
    types = payload_types(c, occurrence.type, enum, variant)
    if reader.bare_variants and occurrence.parent is None and not parts:
        return p.Variant(variant.tag, len(enum.names), (ANYTHING,) * len(types))
    placed = _placed(reader, node, variant, parts)
    if placed is None:
        reader.poison(node)
        return ANYTHING
    c.body.variants[node] = VariantPlan(variant.tag, tuple(placed))
    read = [
        ANYTHING if not part else reader.part(part, occurrence.payload(variant.tag, index, type_part))
        for index, (part, type_part) in enumerate(zip(placed, types, strict=True))
    ]
    return p.Variant(variant.tag, len(enum.names), tuple(read))


def _placed(reader: PatternReader, node: int, variant: Variant, parts: Sequence[int]) -> list[int] | None:
    """The parts of a payload in its order, those given by name too, 0 where a `..` leaves one out; None
    where something is wrong with them."""
    c = reader.c
    n_parts = len(variant.fields)
    by_name = [part for part in parts if c.kind[part] == K.PAT_FIELD]
    if not by_name:
        placed = spread(c, parts, n_parts)
        if placed is None:
            _report_payload(reader, node, variant, n_parts, len(parts))
        return placed
    n_first = next(at for at, part in enumerate(parts) if c.kind[part] in (K.PAT_FIELD, K.PAT_REST))
    late = [part for part in parts[n_first:] if c.kind[part] not in (K.PAT_FIELD, K.PAT_REST)]
    if late:
        c.sink.report("QZ0203", c.extent(late[0]))
        return None
    names = [field.name for field in variant.fields]
    if n_first + len(by_name) > n_parts:
        _report_payload(reader, node, variant, n_parts, n_first + len(by_name))
        return None
    given = [*parts[:n_first], *[0] * (n_parts - n_first)]
    for part in by_name:
        index = reader.place_of(part, names, variant.name)
        if index >= 0 and given[index]:
            c.sink.report("QZ0205", c.span(part), name=c.text(part))
        if index < 0 or given[index]:
            return None
        given[index] = part
    lacking = [name for name, part in zip(names, given, strict=True) if not part]
    if lacking and not any(c.kind[part] == K.PAT_REST for part in parts):
        shown = ", ".join(f"{name}: _" for name in lacking)
        _report_payload(reader, node, variant, n_parts, n_parts - len(lacking), f"add `{shown}`, or `..`")
        return None
    return given


def _report_payload(
    reader: PatternReader, node: int, variant: Variant, n_parts: int, n_given: int, help_text: str = ""
) -> None:
    c = reader.c
    values = "no value" if not n_parts else "1 value" if n_parts == 1 else f"{n_parts} values"
    if not n_given and n_parts:
        help_text = f"write `{variant.name}({', '.join('_' * n_parts)})`"
    elif n_given < n_parts and not help_text:
        help_text = "`..` at the end leaves out the others"
    notes = [Note(variant.span, f"`{variant.name}` is declared here")]
    c.sink.report(
        "QZ0101",
        c.extent(node),
        notes=notes,
        help=help_text,
        name=variant.name,
        expected=values,
        found=n_given,
    )


def _report_unknown(reader: PatternReader, name: int, decl: Decl | None, occurrence: Occurrence) -> None:
    """Report a name that is no variant of the value's type."""
    c = reader.c
    text = c.text(name)
    head = reader.declaration(c.lhs[name]) if c.kind[name] == K.PATH else None
    is_headless = c.kind[name] == K.PATH and c.decls[name] == 0 and head is None
    if is_headless and type_named(c, c.lhs[name]) == ERROR:
        return  # the resolver has reported the head of the path
    owner = c.resolved(occurrence.type)
    enum = head
    if c.infer.kind(owner) is TypeKind.ENUM and not isinstance(head, EnumDecl):
        enum = c.program.decls[c.infer.args(owner)[0]]
    if isinstance(enum, EnumDecl):
        if enum.lacks_variants:
            return
        known, shown = list(enum.names), enum.name if enum is head else c.show(owner)
    else:
        if not c.body.module.is_excused(c.symbol(name)):
            known = [d.name for d in c.body.module.visible_names()]
            is_struct = isinstance(c.body.module.lookup(c.symbol(name)), StructDecl)
            hint = f"`{text} {{ … }}` takes a struct apart" if is_struct else ""
            c.sink.report("QZ0106", c.span(name), help=hint or did_you_mean(text, known), name=text)
        return
    notes = [] if decl is None else [Note(decl.span, f"this `{text}` is something else")]
    hint = other_variant(text, known) or did_you_mean(text, known)
    same = (c.body.module.unknown(text),)
    c.sink.report("QZ0100", c.span(name), notes=notes, help=hint, same=same, type=shown, name=text)
