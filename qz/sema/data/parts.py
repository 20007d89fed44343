"""What the values of a type are made of."""

from __future__ import annotations

from qz.sema.constants.values import AGGREGATES, ConstValue
from qz.sema.decls import EnumDecl, Field, StructDecl
from qz.sema.program import Program
from qz.sema.types import BOOL, NUMBERS, STRING, SYMBOL, VOID, TypeId, TypeKind, TypeTable


def is_per_type(types: TypeTable, value: ConstValue) -> bool:
    """Whether a value is another one for each type that a type parameter stands for."""
    return isinstance(value, AGGREGATES) and types.mentions_param(value.type)


def part_types(program: Program, type_id: TypeId, tag: int = 0) -> list[TypeId]:
    """The types of a struct's fields, of a tuple's, a record's or a vector's elements, or of the payload of a
    variant; nothing for any other type."""
    types = program.types
    match types.kinds[type_id]:
        case TypeKind.VEC | TypeKind.TUPLE | TypeKind.RECORD:
            return list(types.parts(type_id))
        case TypeKind.ARRAY:
            return list(types.args[type_id][:1])
        case TypeKind.UNION:
            return [types.args[type_id][tag]]
        case TypeKind.STRUCT:
            decl = program.decls[types.args[type_id][0]]
            assert isinstance(decl, StructDecl)
            return _applied(program, type_id, decl, tuple(program.queries.fields(decl).values()))
        case TypeKind.ENUM:
            decl = program.decls[types.args[type_id][0]]
            assert isinstance(decl, EnumDecl)
            variants = list(program.queries.variants(decl).values())
            return _applied(program, type_id, decl, variants[tag].fields)
        case _:
            return []


def payload_types(program: Program, type_id: TypeId) -> list[list[TypeId]]:
    """The types of the payload of each variant of an enum or a union, looked up together."""
    args = program.types.args[type_id]
    if program.types.kinds[type_id] is TypeKind.UNION:
        return [[member] for member in args]
    decl = program.decls[args[0]]
    assert isinstance(decl, EnumDecl)
    variants = program.queries.variants(decl).values()
    return [_applied(program, type_id, decl, variant.fields) for variant in variants]


def _applied(
    program: Program, type_id: TypeId, decl: StructDecl | EnumDecl, fields: tuple[Field, ...]
) -> list[TypeId]:
    """The types of fields, the arguments of the type in the place of its parameters."""
    types = program.types
    given = dict(zip(decl.type_params, types.args[type_id][1:], strict=True))
    return [types.substitute(field.type, given) for field in fields]


def all_parts(program: Program, type_id: TypeId) -> list[TypeId]:
    """The types of what values of a type are made of, of all variants together."""
    if program.types.kinds[type_id] in (TypeKind.ENUM, TypeKind.UNION):
        return [part for payload in payload_types(program, type_id) for part in payload]
    return part_types(program, type_id)


def part_names(program: Program, type_id: TypeId) -> list[str]:
    """The names of a struct's fields, or of a tuple's or a record's elements, in their order."""
    types = program.types
    args = types.args[type_id]
    match types.kinds[type_id]:
        case TypeKind.STRUCT:
            decl = program.decls[args[0]]
            assert isinstance(decl, StructDecl)
            return list(program.queries.fields(decl))
        case TypeKind.RECORD:
            return list(types.record_names[args[0]])
        case _:
            return [str(position) for position in range(len(args))]


def is_plain(program: Program, type_id: TypeId, *, or_copied: bool = False, or_shared: bool = False) -> bool:
    """Whether nothing in a value of the type can ever change: a number, text, a choice, or some in a row.

    With ``or_copied``, a value struct or an array of such will do, since everybody has a copy of it. With
    ``or_shared``, so will what a shared instance knows nothing of: it is left to who calls that.
    """
    seen: set[TypeId] = set()
    pending = [type_id]
    while pending:
        part = program.queries.stripped(pending.pop())
        if part in seen or part in NUMBERS or part in (BOOL, STRING, SYMBOL, VOID):
            continue
        seen.add(part)
        kind = program.types.kinds[part]
        if or_shared and kind is TypeKind.REFERENCE:
            continue
        decl = program.decls[program.types.args[part][0]] if kind is TypeKind.STRUCT else None
        is_copied = kind is TypeKind.ARRAY or (isinstance(decl, StructDecl) and decl.is_value)
        if kind in (TypeKind.TUPLE, TypeKind.ENUM, TypeKind.UNION) or (or_copied and is_copied):
            pending += all_parts(program, part)
        else:
            return False
    return True
