"""Records in annotations, closed and open ones, and what several of them are together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.base.source import Span
from qz.sema.types import ERROR, TypeId, TypeKind
from qz.syntax.ast import AstArena

if TYPE_CHECKING:
    from qz.sema.type_syntax.reader import TypeSyntax

NO_FIELDS = "stands for the other fields of a parameter, and here is none that has it"
OTHER_FIELDS = "stands for what a parameter has beside other fields than these, and no value is made of both"
"""Why an open record may be nothing."""


def record(syntax: TypeSyntax, arena: AstArena, node: int) -> TypeId:
    """`{ x: Int, y: Int }`, or `{ x: Int, ..r }` for what has more fields."""
    fields = record_fields(syntax, arena, node)
    row = arena.rhs[node]
    if fields == ERROR or not row:
        return fields
    return open_record(syntax, node, syntax.module.tokens.symbol(row), fields, syntax.module.tokens.span(row))


def open_record(syntax: TypeSyntax, node: int, row: int, fields: TypeId, span: Span) -> TypeId:
    """A record with these fields and those that ``row`` stands for."""
    name = syntax.program.interner.text(row) if row else ""
    found = syntax.row(node, row, fields) if syntax.row is not None else NO_FIELDS
    if row in syntax.params:
        found = "is a type parameter already; a row is not declared"
    if isinstance(found, str):
        what = f"`..{name}`" if name else f"`{syntax.program.source_of(span).text(span.start, span.end)}`"
        syntax.program.sink.report("QZ0424", span, row=what, problem=found)
        return ERROR
    return found


def record_fields(syntax: TypeSyntax, arena: AstArena, node: int) -> TypeId:
    """The record type with the fields that are written."""
    fields: dict[str, TypeId] = {}
    for field in arena.list(arena.lhs[node]):
        name = syntax.module.tokens.text(arena.token[field])
        if name in fields:
            syntax.program.sink.report("QZ0305", syntax.module.tokens.span(arena.token[field]), name=name)
        fields[name] = syntax.held(arena, arena.lhs[field])
    if ERROR in fields.values():
        return ERROR
    names = tuple(sorted(fields))
    number = syntax.program.types.number_of_names(names)
    return syntax.make(TypeKind.RECORD, (number, *(fields[name] for name in names)))


def intersection(syntax: TypeSyntax, arena: AstArena, node: int) -> TypeId:
    """`A & B` of records: one with the fields of all of them."""
    types = syntax.program.types
    fields: dict[str, TypeId] = {}
    for part in arena.list(arena.lhs[node]):
        found = syntax.resolve(arena, part)
        if found == ERROR:
            return ERROR
        span = syntax.module.tokens.span(arena.token[part])
        if types.kinds[found] is not TypeKind.RECORD:
            problem = f"`{syntax.program.show(found)}` is no record"
            syntax.program.sink.report("QZ0418", span, problem=problem)
            return ERROR
        for name, type_id in zip(types.record_names[types.args[found][0]], types.parts(found), strict=True):
            if fields.setdefault(name, type_id) != type_id:
                shown = syntax.program.show
                problem = f"`{name}` would be `{shown(fields[name])}` and `{shown(type_id)}`"
                syntax.program.sink.report("QZ0418", span, problem=problem)
                return ERROR
    names = tuple(sorted(fields))
    return types.make(TypeKind.RECORD, types.number_of_names(names), *(fields[name] for name in names))
