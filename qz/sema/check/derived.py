"""The traits that the language itself gives: what can be compared, ordered, hashed, shown, added."""

from __future__ import annotations

from collections.abc import Callable

from qz.base.source import Span
from qz.sema.check.checker import Checker
from qz.sema.decls import EnumDecl, Field, FunctionDecl, StructDecl, TraitDecl
from qz.sema.given_traits import GIVEN
from qz.sema.types import NOMINAL, TypeId, TypeKind


def derives(c: Checker, type_id: TypeId, trait: TraitDecl, has: Callable[[TypeId], bool]) -> bool:
    """Whether a type has one of the language's own traits by itself; ``has`` asks it of a part."""
    given = GIVEN.get(trait.name)
    if given is None or not _is_of_the_prelude(c, trait):
        return False
    if type_id in given:
        return True
    rule = RULES.get(trait.name)
    if rule is None:
        return False
    kind, decl = c.infer.constructor(type_id)
    if kind in NOMINAL and trait.name in c.program.derivations.failed.get(decl, ()):
        return True  # as the declaration says, in vain
    wrapped = c.program.queries.stripped(type_id)
    return has(wrapped) if wrapped != type_id else rule(c, type_id, has)


DERIVED_METHODS = {"show": "Show", "op_eq": "Eq", "hash": "Hash"}
"""The methods that the compiler writes for a type without them, and the traits that ask for them."""


def is_derived(c: Checker, asked: FunctionDecl) -> bool:
    """Whether a method is one of a trait's that the compiler writes where a type has none."""
    trait = prelude_trait(c, DERIVED_METHODS.get(asked.name, ""))
    return trait is not None and asked.module is trait.module and asked.owner == trait.item


def is_derivable(c: Checker, type_id: TypeId, trait: TraitDecl) -> bool:
    """Whether a type could have a trait because all its parts have it."""
    if trait.name not in RULES or not _is_of_the_prelude(c, trait):
        return False
    kind, decl = c.infer.constructor(type_id)
    return trait.name != "Ord" or kind not in NOMINAL or c.program.decls[decl].module.is_own


def may_derive_order(c: Checker, type_id: TypeId) -> bool:
    """Whether a type is one of the program's own that has no order for want of a `@derive(Ord)`."""
    if c.infer.kind(type_id) not in (TypeKind.STRUCT, TypeKind.ENUM):
        return False
    decl = c.program.decls[c.infer.args(type_id)[0]]
    return decl.module.is_own and "Ord" not in c.program.derived_traits.get(decl.id, ())


def _is_of_the_prelude(c: Checker, trait: TraitDecl) -> bool:
    return prelude_trait(c, trait.name) is trait


def prelude_trait(c: Checker, name: str) -> TraitDecl | None:
    """A trait that every module sees; none where the prelude is not imported."""
    prelude = c.body.module.prelude
    found = prelude.everywhere(c.program.interner.intern(name)) if prelude is not None else None
    return found if isinstance(found, TraitDecl) else None


def _equal(c: Checker, type_id: TypeId, has: Callable[[TypeId], bool]) -> bool:
    """Whatever consists of what can be compared."""
    kind = c.infer.kind(type_id)
    if kind in (TypeKind.FN, TypeKind.PARAM, TypeKind.VARIABLE):
        return False
    return all(map(has, _parts(c, type_id)))


def _ordered(c: Checker, type_id: TypeId, has: Callable[[TypeId], bool]) -> bool:
    """Rows of what has an order; structs and enums for which it was asked."""
    kind = c.infer.kind(type_id)
    if kind in (TypeKind.STRUCT, TypeKind.ENUM):
        asked = c.program.derived_traits.get(c.infer.args(type_id)[0], ())
        return "Ord" in asked and all(map(has, _parts(c, type_id)))
    return kind in (TypeKind.TUPLE, TypeKind.VEC, TypeKind.ARRAY) and all(map(has, _parts(c, type_id)))


HASHED = frozenset(
    {
        *(TypeKind.TUPLE, TypeKind.STRUCT, TypeKind.ENUM, TypeKind.UNION, TypeKind.RECORD),
        TypeKind.ARRAY,
    }
)
"""Kinds whose values have a hash if their parts have one."""


def _hashed(c: Checker, type_id: TypeId, has: Callable[[TypeId], bool]) -> bool:
    """What consists of what has one."""
    kind = c.infer.kind(type_id)
    if kind in HASHED:
        return all(map(has, _parts(c, type_id)))
    return False


def _shown(c: Checker, type_id: TypeId, has: Callable[[TypeId], bool]) -> bool:
    """Whatever consists of what can be shown, and what has a `to_s`."""
    if _has_to_s(c, type_id):
        return True
    if c.infer.kind(type_id) in (TypeKind.FN, TypeKind.PARAM, TypeKind.VARIABLE):
        return False
    return all(map(has, _parts(c, type_id)))


def _has_to_s(c: Checker, type_id: TypeId) -> bool:
    kind = c.infer.kind(type_id)
    owner = c.infer.args(type_id)[0] if kind in NOMINAL else 0
    group = c.program.methods.find(kind, owner, c.program.interner.intern("to_s"))
    functions = group.functions if group is not None else ()
    return any(f.module.items.n_params[f.item] == 1 for f in functions)


def _cloned(c: Checker, type_id: TypeId, has: Callable[[TypeId], bool]) -> bool:
    """Functions, what hides behind a `dyn` and the elements of arrays are shared by their copies."""
    kind = c.infer.kind(type_id)
    if kind in (TypeKind.FN, TypeKind.DYN, TypeKind.ARRAY):
        return True
    if kind in (TypeKind.PARAM, TypeKind.VARIABLE) or has_one_owner(c, type_id):
        return False
    return all(map(has, _parts(c, type_id)))


def has_one_owner(c: Checker, type_id: TypeId) -> bool:
    """Whether a type is that of a struct whose values are not copied, since they are given up once."""
    decl = c.program.decls[c.infer.args(type_id)[0]] if c.infer.kind(type_id) is TypeKind.STRUCT else None
    if not isinstance(decl, StructDecl):
        return False
    c.program.queries.fields(decl)  # what its annotations say is known with these
    return decl.is_linear or decl.is_moved


def _of_all_parts(c: Checker, type_id: TypeId, has: Callable[[TypeId], bool]) -> bool:
    """Everything, unless something in it says otherwise; of a type parameter a bound has to say it."""
    kind = c.infer.kind(type_id)
    if kind is TypeKind.FN:
        return True
    return kind not in (TypeKind.PARAM, TypeKind.VARIABLE) and all(map(has, _parts(c, type_id)))


def _parts(c: Checker, type_id: TypeId) -> list[TypeId]:
    """The types of everything a value holds: elements, fields, payloads."""
    kind, args = c.infer.kind(type_id), c.infer.args(type_id)
    if kind is TypeKind.RECORD:
        return list(args[1:])
    if kind is TypeKind.ARRAY:
        return [args[0]]
    if kind not in NOMINAL:
        return list(args)
    decl = c.program.decls[args[0]]
    if isinstance(decl, StructDecl):
        held = [f.type for f in c.program.queries.fields(decl).values()]
        params = decl.type_params
    else:
        assert isinstance(decl, EnumDecl)
        held = [f.type for v in c.program.queries.variants(decl).values() for f in v.fields]
        params = decl.type_params
    given = dict(zip(params, args[1:], strict=True))
    return [c.infer.instantiate(t, given) for t in held]


WITHOUT_PARTS = frozenset({TypeKind.FN, TypeKind.PARAM, TypeKind.VARIABLE, TypeKind.DYN})
"""Kinds of which nobody knows what their values hold."""


def parts_without(
    c: Checker, type_id: TypeId, has: Callable[[TypeId], bool]
) -> list[tuple[Span | None, TypeId]]:
    """The innermost parts of a type that lack something, each once, and the fields that are declared so: what
    is in a vector, in a field of a field, and so on."""
    found: list[tuple[Span | None, TypeId]] = []
    seen = {type_id}
    pending = [type_id]
    while pending:
        lacking = [(span, part) for span, part in _declared_parts(c, pending.pop()) if not has(part)]
        for span, part in lacking:
            if part in seen:
                continue
            seen.add(part)
            if any(not has(inner) for _, inner in _declared_parts(c, part)):
                pending.append(part)
            else:
                found.append((span, part))
    return found


def _declared_parts(c: Checker, type_id: TypeId) -> list[tuple[Span | None, TypeId]]:
    """The fields of a type of the program's own, with their types; of any other what it is made of."""
    kind, args = c.infer.kind(type_id), c.infer.args(type_id)
    decl = c.program.decls[args[0]] if kind in NOMINAL else None
    fields: list[Field] = []
    if isinstance(decl, StructDecl):
        fields = list(c.program.queries.fields(decl).values())
    elif isinstance(decl, EnumDecl):
        fields = [field for v in c.program.queries.variants(decl).values() for field in v.fields]
    if isinstance(decl, StructDecl | EnumDecl) and decl.module.is_own:
        return [(field.span, part) for field, part in zip(fields, _parts(c, type_id), strict=True)]
    if decl is not None:
        return [(None, part) for part in args[1:]]
    if kind in WITHOUT_PARTS:
        return []
    return [(None, part) for part in _parts(c, type_id)]


RULES: dict[str, Callable[[Checker, TypeId, Callable[[TypeId], bool]], bool]] = {
    "Send": _of_all_parts,
    "Sync": _of_all_parts,
    "Eq": _equal,
    "Ord": _ordered,
    "Hash": _hashed,
    "Show": _shown,
    "Clone": _cloned,
}
"""For types with parts; the others are in `GIVEN`."""
