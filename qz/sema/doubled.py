"""What a type parameter stands for is one more member of a union, `T | String`: it is none of those that are
there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.sema.decls import Decl, EnumDecl, StructDecl
from qz.sema.open_unions import word_of
from qz.sema.program import Program
from qz.sema.types import TypeId, TypeKind

_MAX_DEPTH = 16
"""How many declarations inside each other are looked into: they may hold themselves at ever larger types."""


class Doubled(NamedTuple):
    """A union as it is written, the type that is in it twice, and where it is written, if that is known."""

    union: TypeId
    member: TypeId
    span: Span | None


def doubled(program: Program, type_id: TypeId) -> Doubled | None:
    """A union in what a type is declared to hold, that would have a member twice."""
    if not program.open_unions or type_id < 0:
        return None
    types = program.types
    seen: set[TypeId] = set()
    pending = [(type_id, 0)]
    while pending:
        part, depth = pending.pop()
        if part in seen:
            continue
        seen.add(part)
        pending += [(inner, depth) for inner in types.parts(part)]
        if types.kinds[part] not in (TypeKind.STRUCT, TypeKind.ENUM) or len(types.args[part]) < 2:
            continue
        decl = program.decls[types.args[part][0]]
        if not decl.module.is_own or word_of(decl.name) not in program.open_unions or depth == _MAX_DEPTH:
            continue
        given = dict(zip(_parameters(decl), types.args[part][1:], strict=True))
        for held, span in _held(program, decl):
            found = doubled_by(program, held, given)
            if found is not None:
                return found._replace(span=span)
            pending.append((types.substitute(held, given), depth + 1))
    return None


def doubled_by(program: Program, type_id: TypeId, given: Mapping[TypeId, TypeId]) -> Doubled | None:
    """A union that is written in a type, and has a member twice where type parameters stand for what is
    given."""
    types = program.types
    pending = [type_id]
    for part in pending:
        pending += types.parts(part)
        if types.kinds[part] is TypeKind.UNION and types.mentions_param(part):
            members = [types.substitute(member, given) for member in types.args[part]]
            at = types.has_twice(members)
            if at >= 0:
                return Doubled(part, members[at], None)
    return None


def report_doubled(program: Program, span: Span, found: Doubled) -> None:
    """Report such a union, at what makes it one."""
    notes = [Note(found.span, "the union is that of this")] if found.span is not None else []
    program.sink.report(
        "QZ0419",
        span,
        notes=notes,
        param=program.show(found.union),
        expected="members that all differ",
        found=f"the type `{program.show(found.member)}`, twice",
    )


def _parameters(decl: Decl) -> tuple[TypeId, ...]:
    assert isinstance(decl, StructDecl | EnumDecl)
    return decl.type_params


def _held(program: Program, decl: Decl) -> Iterator[tuple[TypeId, Span]]:
    """The types of what a struct or an enum holds, and where each is declared."""
    if isinstance(decl, StructDecl):
        for field in program.queries.fields(decl).values():
            yield field.type, field.span
    elif isinstance(decl, EnumDecl):
        for variant in program.queries.variants(decl).values():
            yield from ((field.type, field.span) for field in variant.fields)
