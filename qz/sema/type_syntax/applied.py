"""What may be wrong with a generic type once it is known what its parameters stand for.

A member of a union that a type parameter stands for, `T | String`, is one more: it is none of those that are
there. An array has no fewer than no elements, and nothing is divided by zero. What lies in a struct with the
layout of C has a place there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.sema.constants.computed import Division
from qz.sema.data.value_structs import is_laid_out_as_c, why_not_in_c
from qz.sema.decls import Decl, EnumDecl, StructDecl
from qz.sema.program import Program
from qz.sema.type_syntax.open_unions import word_of
from qz.sema.types import TypeId, TypeKind
from qz.syntax.items import ItemFlag

_MAX_DEPTH = 8
"""How many declarations inside each other are looked into: they may hold themselves at ever larger types."""
_MAX_TYPES = 500
"""How many types are looked into for one."""


class Misfit(NamedTuple):
    """What is wrong: a code, what its message shows, and where the type is written, if not in the header of a
    function."""

    code: str
    shown: dict[str, str]
    note: Note | None = None


def report_misfit(program: Program, span: Span, found: Misfit, note: Note | None = None) -> None:
    """Report it at what the parameters are given by; ``note`` says where the type is written."""
    notes = [one for one in (found.note, note) if one is not None]
    program.sink.report(found.code, span, notes=notes[:1], fix=None, **found.shown)


def misfit_by(program: Program, type_id: TypeId, given: Mapping[TypeId, TypeId]) -> Misfit | None:
    """What is wrong with a type where parameters stand for what is given; it is written in terms of them."""
    types = program.types
    pending = [type_id]
    for part in pending:
        pending += types.parts(part)
        if not types.mentions_param(part):
            continue
        if types.kinds[part] is TypeKind.UNION:
            members = [types.substitute(member, given) for member in types.args[part]]
            at = types.has_twice(members)
            if at >= 0:
                twice = f"the type `{program.show(members[at])}`, twice"
                shown = {"param": program.show(part), "expected": "members that all differ", "found": twice}
                return Misfit("QZ0419", shown)
        elif types.kinds[part] is TypeKind.COMPUTED:
            if _divides_by_zero(program, types.substitute(part, given)):
                return Misfit("QZ0423", {"computed": program.show(part)})
        elif types.kinds[part] is TypeKind.ARRAY:
            size = types.substitute(types.args[part][1], given)
            if types.is_number(size) and types.args[size][0] < 0:
                return Misfit("QZ0414", {"found": program.show(size)})
    return None


def _divides_by_zero(program: Program, constant: TypeId) -> bool:
    """Whether something in a computed constant is divided by zero: it could not become a number."""
    types = program.types
    if types.kinds[constant] is not TypeKind.COMPUTED:
        return False
    form, *atoms = types.args[constant]
    is_zero = types.is_number(atoms[-1]) and types.args[atoms[-1]] == (0,)
    if isinstance(types.forms[form], Division) and is_zero:
        return True
    return any(_divides_by_zero(program, atom) for atom in atoms)


def misfit_within(program: Program, type_id: TypeId) -> Misfit | None:
    """What is wrong with the types that something of this type is declared to hold."""
    if type_id < 0 or type_id in program.types.fitting:
        return None
    types = program.types
    seen: set[TypeId] = set()
    pending = [(type_id, 0)]
    for part, depth in pending:
        if part in seen:
            continue
        if len(seen) == _MAX_TYPES:
            break
        seen.add(part)
        pending += [(inner, depth) for inner in types.parts(part)]
        decl = _declaration(program, part)
        if decl is None or depth == _MAX_DEPTH:
            continue
        given = dict(zip(decl.type_params, types.args[part][1:], strict=True))
        for name, held, span in _held(program, decl):
            found = misfit_by(program, held, given) or _misfit_in_c(program, decl, name, given)
            if found is not None:
                text = f"`{name}` is declared here, as `{program.show(held)}`"
                return found._replace(note=Note(span, text))
            pending.append((types.substitute(held, given), depth + 1))
    program.types.fitting.add(type_id)
    return None


def _misfit_in_c(program: Program, decl: Decl, name: str, given: Mapping[TypeId, TypeId]) -> Misfit | None:
    """What is wrong with a field of a heap struct with the layout of C, whose type depends on parameters."""
    if not isinstance(decl, StructDecl) or not decl.in_c:
        return None
    field = program.queries.fields(decl)[name]
    type_id = program.types.substitute(field.type, given)
    if type_id == field.type or program.types.mentions_param(type_id):
        return None
    shown = why_not_in_c(program, decl, field, type_id)
    return Misfit("QZ0427", shown) if shown else None


def _declaration(program: Program, type_id: TypeId) -> StructDecl | EnumDecl | None:
    """The declaration of a type that may hold something of which its arguments make something wrong."""
    types = program.types
    if types.kinds[type_id] not in (TypeKind.STRUCT, TypeKind.ENUM) or len(types.args[type_id]) < 2:
        return None
    decl: Decl = program.decls[types.args[type_id][0]]
    assert isinstance(decl, StructDecl | EnumDecl)
    if not decl.module.is_own:
        return None
    has_union = bool(program.open_unions) and word_of(decl.name) in program.open_unions
    is_annotated = bool(decl.module.items.flags[decl.item] & ItemFlag.ANNOTATED)
    in_c = is_annotated and isinstance(decl, StructDecl) and is_laid_out_as_c(program, decl)
    return decl if has_union or in_c or any(map(types.is_number, types.parts(type_id))) else None


def _held(program: Program, decl: StructDecl | EnumDecl) -> Iterator[tuple[str, TypeId, Span]]:
    """The name and the type of everything that a struct or an enum holds, and where it is declared."""
    if isinstance(decl, StructDecl):
        for field in program.queries.fields(decl).values():
            yield field.name, field.type, field.span
        return
    for variant in program.queries.variants(decl).values():
        for field in variant.fields:
            yield variant.name, field.type, field.span
