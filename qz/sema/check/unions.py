"""Unions, `A | B`: which values become one, and which of the members a pattern is for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qz.sema.body import Conversion
from qz.sema.check.checker import Checker
from qz.sema.check.enums import enum_of, find_variant, none_of
from qz.sema.check.slices import is_slice
from qz.sema.check.traits import OPEN_KINDS, could_be
from qz.sema.decls import TYPE_DECLS, AliasDecl, ConstDecl, Decl
from qz.sema.types import (
    BOOL,
    CHAR,
    ERROR,
    F32,
    F64,
    INT,
    NAMED_TYPES,
    NEVER,
    NOMINAL,
    NONE,
    ROWS,
    SIGNED,
    STRING,
    SYMBOL,
    UNSIGNED,
    TypeId,
    TypeKind,
)
from qz.syntax import node_numbers as nk
from qz.syntax.nodes import NodeKind

if TYPE_CHECKING:
    from qz.sema.check.patterns import PatternReader

K = NodeKind


# Values


def known(c: Checker, type_id: TypeId) -> TypeId:
    """A type with all that is known of its parts."""
    return c.infer.finish(type_id) or c.resolved(type_id)


def joins(c: Checker, node: int, want: TypeId, found: TypeId) -> bool:
    """Whether a value may become the union that is asked for; notes it if so."""
    found, want = known(c, found), known(c, want)
    if found in (ERROR, NEVER, want):
        return True
    kind = c.infer.kind(found)
    if kind is TypeKind.VARIABLE:
        return c.infer.unify(want, found)
    members = c.infer.args(want)
    if kind is TypeKind.UNION and want < 0:
        return c.infer.unify(want, found)
    if kind is TypeKind.UNION:
        if not set(c.infer.args(found)) <= set(members):
            return False
    elif found not in members:
        fitting = [member for member in members if could_be(c, member, found)]
        # What has a form comes before what stands for anything: `(T, T)` before `T`.
        formed = [member for member in fitting if c.infer.kind(member) not in OPEN_KINDS]
        fitting = formed or fitting
        if len(fitting) != 1 or not c.infer.unify(fitting[0], found):
            return False
        found = fitting[0]
    c.body.conversions[node] = Conversion(found, want)
    return True


# Patterns


def type_named(c: Checker, node: int, members: Sequence[TypeId]) -> TypeId | None:
    """The one of several types that a name in a pattern, or `_: T`, means; None where none of them."""
    if c.kind[node] == nk.PAT_TYPED:
        written = c.annotation(c.rhs[node])
        return written if written in members else None
    text = c.text(node)
    decl = c.body.module.lookup(c.symbol(node))
    if c.symbol(node) in c.body.type_scope:
        found = c.body.type_scope[c.symbol(node)]
    elif isinstance(decl, AliasDecl):
        found = c.program.queries.alias(decl)
    elif isinstance(decl, TYPE_DECLS):
        of_it = (m for m in members if c.infer.kind(m) in NOMINAL and c.infer.args(m)[0] == decl.id)
        return next(of_it, None)
    elif text in ROWS:
        return next((member for member in members if c.infer.kind(member) is ROWS[text][0]), None)
    else:
        found = NAMED_TYPES.get(text, ERROR)
    return found if found in members else None


def rest_type(c: Checker, local: int) -> TypeId:
    """The type of a local that stands for what another one must be, once it is known that it is of some type,
    or that it is not."""
    spec = c.body.locals[local]
    if spec.type == NONE:
        rest = c.body.rests[local]
        whole = rest_type(c, rest.of) if rest.of in c.body.rests else c.body.locals[rest.of].type
        whole = known(c, whole)
        is_union = c.infer.kind(whole) is TypeKind.UNION
        found = type_named(c, rest.pattern, c.infer.args(whole)) if is_union else None
        if found is None:
            spec.type = whole
        elif rest.holds:
            spec.type = found
        else:
            others = [member for member in c.infer.args(whole) if member != found]
            spec.type = others[0] if len(others) == 1 else c.infer.make(TypeKind.UNION, tuple(others))
    return spec.type


def member_for(reader: PatternReader, node: int, union: TypeId) -> TypeId | None:
    """The member of a union that a pattern can only be for."""
    c = reader.c
    members = c.infer.args(union)
    find = _MEMBERS.get(c.kind[node])
    return None if find is None else find(c, node, members)


def _of_literal(c: Checker, node: int, members: Sequence[TypeId]) -> TypeId | None:
    return _of_value(c, c.lhs[node] or c.rhs[node], members)


def _of_value(c: Checker, literal: int, members: Sequence[TypeId]) -> TypeId | None:
    """The member that a literal or the name of a constant is of; an integer is an `Int` if it can be."""
    kind = c.kind[literal]
    if kind == K.NEG:
        kind = c.kind[c.lhs[literal]]
    if kind == K.NIL:
        option = none_of(c, ERROR)
        return None if option is None else next((m for m in members if enum_of(c, m) is option.enum), None)
    if kind in (K.IDENT, K.PATH):
        return _of_constant(c, literal, members)
    fitting = _LITERALS.get(kind, ())
    return next((type_id for type_id in fitting if type_id in members), None)


_LITERALS: dict[int, Sequence[TypeId]] = {
    K.INT: (INT, *SIGNED, *UNSIGNED),
    K.FLOAT: (F64, F32),
    K.CHAR: (CHAR, INT),
    K.STRING: (STRING,),
    K.SYMBOL: (SYMBOL,),
    K.TRUE: (BOOL,),
    K.FALSE: (BOOL,),
}


def _of_constant(c: Checker, name: int, members: Sequence[TypeId]) -> TypeId | None:
    decl = _declaration(c, name)
    found = c.program.queries.values.constant(decl).type if isinstance(decl, ConstDecl) else ERROR
    return found if found in members else None


def _declaration(c: Checker, name: int) -> Decl | None:
    entry = c.decls[name]
    return c.program.decls[-entry - 1] if entry < 0 else None


def _of_name(c: Checker, node: int, members: Sequence[TypeId]) -> TypeId | None:
    return _of_variant_named(c, node, members) or _of_constant(c, node, members)


def _of_variant(c: Checker, node: int, members: Sequence[TypeId]) -> TypeId | None:
    return _of_name(c, c.lhs[node], members)


def _of_variant_named(c: Checker, name: int, members: Sequence[TypeId]) -> TypeId | None:
    for member in members:
        found = find_variant(c, name, member)
        if found is not None and enum_of(c, member) is found.enum:
            return member
    return None


def _of_struct(c: Checker, node: int, members: Sequence[TypeId]) -> TypeId | None:
    if not c.lhs[node]:
        return _of_record(c, node, members)
    decl = c.syntax.declaration(c.arena, c.lhs[node])
    if isinstance(decl, Decl):
        for member in members:
            if c.infer.kind(member) is TypeKind.STRUCT and c.infer.args(member)[0] == decl.id:
                return member
    return _of_variant_named(c, c.lhs[node], members)


def _of_record(c: Checker, node: int, members: Sequence[TypeId]) -> TypeId | None:
    fields = {c.text(field) for field in c.list(c.rhs[node])}
    return next((m for m in members if c.infer.kind(m) is TypeKind.RECORD and fields <= _names(c, m)), None)


def _names(c: Checker, record: TypeId) -> set[str]:
    return set(c.program.types.record_names[c.infer.args(record)[0]])


def _of_tuple(c: Checker, node: int, members: Sequence[TypeId]) -> TypeId | None:
    parts = c.list(c.lhs[node])
    has_rest = any(c.kind[part] == K.PAT_REST for part in parts)
    for member in members:
        if c.infer.kind(member) is TypeKind.TUPLE and (has_rest or len(c.infer.args(member)) == len(parts)):
            return member
    return None


def _of_vec(c: Checker, node: int, members: Sequence[TypeId]) -> TypeId | None:
    rows = (TypeKind.VEC, TypeKind.ARRAY)
    return next((m for m in members if c.infer.kind(m) in rows or is_slice(c, m)), None)


_MEMBERS: dict[int, Callable[[Checker, int, Sequence[TypeId]], TypeId | None]] = {
    K.PAT_LITERAL: _of_literal,
    K.PAT_RANGE: _of_literal,
    K.PAT_NAME: _of_name,
    K.PAT_VARIANT: _of_variant,
    K.PAT_STRUCT: _of_struct,
    K.PAT_TUPLE: _of_tuple,
    K.PAT_VEC: _of_vec,
}
