"""The traits that the language itself gives: what can be compared, ordered, hashed, shown, added."""

from __future__ import annotations

from collections.abc import Callable

from qz.sema.check.checker import Checker
from qz.sema.decls import EnumDecl, StructDecl, TraitDecl
from qz.sema.types import BOOL, INTEGERS, NOMINAL, NUMBERS, STRING, TypeId, TypeKind


def derives(c: Checker, type_id: TypeId, trait: TraitDecl, has: Callable[[TypeId], bool]) -> bool:
    """Whether a type has one of the language's own traits by itself; ``has`` asks it of a part."""
    rule = RULES.get(trait.name)
    if rule is None or not _is_of_the_prelude(c, trait):
        return False
    wrapped = c.program.queries.stripped(type_id)
    if wrapped != type_id:
        return trait.name in WRAPPED and has(wrapped)
    return rule(c, type_id, has)


WRAPPED = frozenset({"Eq", "Ord", "Hash", "Show", "Clone"})
"""What a newtype has if what it wraps has it: arithmetic is not among it."""


def _is_of_the_prelude(c: Checker, trait: TraitDecl) -> bool:
    prelude = c.body.module.prelude
    return prelude is not None and prelude.everywhere(c.program.interner.intern(trait.name)) is trait


def _equal(c: Checker, type_id: TypeId, has: Callable[[TypeId], bool]) -> bool:
    """Scalars, strings, and whatever consists of such."""
    kind = c.infer.kind(type_id)
    if type_id in NUMBERS or type_id in (BOOL, STRING):
        return True
    if kind in (TypeKind.FN, TypeKind.PARAM, TypeKind.VARIABLE):
        return False
    return all(map(has, _parts(c, type_id)))


def _ordered(c: Checker, type_id: TypeId, has: Callable[[TypeId], bool]) -> bool:
    if type_id in NUMBERS or type_id in (BOOL, STRING):
        return True
    return c.infer.kind(type_id) is TypeKind.TUPLE and all(map(has, c.infer.args(type_id)))


def _hashed(c: Checker, type_id: TypeId, has: Callable[[TypeId], bool]) -> bool:
    """What is equal by its bits has a hash: floats are not (`0.0 == -0.0`)."""
    if type_id in INTEGERS or type_id in (BOOL, STRING, TypeKind.CHAR):
        return True
    kind = c.infer.kind(type_id)
    if kind in (TypeKind.TUPLE, TypeKind.STRUCT, TypeKind.ENUM, TypeKind.RECORD):
        return all(map(has, _parts(c, type_id)))
    return False


def _shown(c: Checker, type_id: TypeId, has: Callable[[TypeId], bool]) -> bool:
    if type_id in NUMBERS or type_id in (BOOL, STRING):
        return True
    if c.infer.kind(type_id) in (TypeKind.FN, TypeKind.PARAM, TypeKind.VARIABLE):
        return False
    return all(map(has, _parts(c, type_id)))


def _cloned(c: Checker, type_id: TypeId, has: Callable[[TypeId], bool]) -> bool:
    return c.infer.kind(type_id) not in (TypeKind.PARAM, TypeKind.VARIABLE)


def _number(c: Checker, type_id: TypeId, has: Callable[[TypeId], bool]) -> bool:
    return type_id in NUMBERS


def _added(c: Checker, type_id: TypeId, has: Callable[[TypeId], bool]) -> bool:
    return type_id in NUMBERS or type_id == STRING


def _parts(c: Checker, type_id: TypeId) -> list[TypeId]:
    """The types of everything a value holds: elements, fields, payloads."""
    kind, args = c.infer.kind(type_id), c.infer.args(type_id)
    if kind is TypeKind.RECORD:
        return list(args[1:])
    if kind not in NOMINAL:
        return list(args)
    decl = c.program.decls[args[0]]
    if isinstance(decl, StructDecl):
        held = [f.type for f in c.program.queries.fields(decl).values()]
        params = decl.type_params
    else:
        assert isinstance(decl, EnumDecl)
        held = [f.type for v in (decl.variants or {}).values() for f in v.fields]
        params = decl.type_params
    given = dict(zip(params, args[1:], strict=True))
    return [c.infer.instantiate(t, given) for t in held]


RULES: dict[str, Callable[[Checker, TypeId, Callable[[TypeId], bool]], bool]] = {
    "Eq": _equal,
    "Ord": _ordered,
    "Hash": _hashed,
    "Show": _shown,
    "Clone": _cloned,
    "Add": _added,
    "Sub": _number,
    "Mul": _number,
    "Div": _number,
    "Mod": _number,
}
