"""Calls of a type's own functions, `Stack.new()`: of one that is named, not of a value."""

from __future__ import annotations

from qz.diagnostics.other_words import OTHER_METHODS
from qz.diagnostics.suggest import did_you_mean
from qz.sema import type_kinds as tyk
from qz.sema.check.checker import Checker
from qz.sema.check.derived_calls import derive_hint
from qz.sema.check.enums import construct, enum_of, find_variant_in, named_variant, report_unknown_variant
from qz.sema.check.function_values import function_value, give_up
from qz.sema.check.group_calls import call_group
from qz.sema.check.receivers import find_methods, method_names
from qz.sema.check.records import field_names
from qz.sema.check.traits import json_method
from qz.sema.decls import TYPE_DECLS, AliasDecl, EnumDecl, FunctionGroup, NewtypeDecl, StructDecl
from qz.sema.derived.json import JSON_METHODS
from qz.sema.type_syntax.reader import n_type_arguments
from qz.sema.type_syntax.unknown import report_unknown
from qz.sema.types import ERROR, NAMED_TYPES, NOMINAL, NONE, ROWS, TypeId
from qz.syntax import node_numbers as nk


def is_type_name(c: Checker, node: int) -> bool:
    """Whether an IDENT names a type that no declaration is for."""
    name = c.text(node)
    return name in NAMED_TYPES or name in ROWS or c.symbol(node) in c.body.type_scope


def type_named(c: Checker, node: int) -> TypeId:
    """The type an IDENT in front of `.new` or `::new` names, with open arguments where it takes some."""
    entry = c.decls[node]
    if entry < 0:
        decl = c.program.decls[-entry - 1]
        if isinstance(decl, AliasDecl):
            general, params = c.program.queries.alias(decl), decl.type_params
        elif isinstance(decl, StructDecl | EnumDecl):
            general, params = decl.type, decl.type_params
        elif isinstance(decl, NewtypeDecl):
            return decl.type
        else:
            return ERROR
        return c.infer.instantiate(general, {p: c.infer.fresh() for p in params}) if params else general
    name = c.text(node)
    if name in ROWS:
        kind, n_args = ROWS[name]
        return c.infer.make(kind, tuple([c.infer.fresh() for _ in range(n_args)]))
    return c.body.type_scope.get(c.symbol(node)) or NAMED_TYPES.get(name, ERROR)


def names_type(c: Checker, node: int) -> bool:
    """Whether an IDENT, a PATH or a TYPE_APPLY in front of a dot is no value."""
    entry = c.decls[node]
    if c.kind[node] not in (nk.IDENT, nk.PATH) or entry == 0:
        is_type = c.kind[node] == nk.IDENT and is_type_name(c, node) and not _is_constant(c, node)
        return is_type or c.kind[node] == nk.TYPE_APPLY
    return entry < 0 and isinstance(c.program.decls[-entry - 1], TYPE_DECLS)


def _is_constant(c: Checker, node: int) -> bool:
    """Whether an IDENT is a type parameter that stands for a value."""
    param = c.body.type_scope.get(c.symbol(node), NONE)
    return c.infer.kind(param) is tyk.CONSTANT or param in c.program.types.constant_params


def static_on_type(c: Checker, node: int, callee: int, args: list[int], want: TypeId) -> TypeId:
    """`Vec<Int>.new()`: the type's arguments are given, so the result has that type."""
    owner = _type_applied(c, c.lhs[callee])
    if owner == ERROR:
        return give_up(c, args)
    variant = find_variant_in(c, owner, c.text(callee))
    if variant is not None:
        return construct(c, node, callee, variant, args, want)
    return static_call(c, node, callee, owner, args, want)


def member_of_type(c: Checker, node: int, want: TypeId) -> TypeId:
    """`T.name` that is not called: a variant, or reported."""
    head = c.lhs[node]
    owner = _type_applied(c, head) if c.kind[head] == nk.TYPE_APPLY else type_named(c, head)
    if owner == ERROR:
        return ERROR
    variant = find_variant_in(c, owner, c.text(node))
    if variant is not None:
        return named_variant(c, node, variant, want)
    group = _methods_of(c, node, owner)
    if group is not None:
        name = f"{c.text(head)}.{c.text(node)}"
        takes_none = any(not c.program.queries.signature(function).params for function in group.functions)
        arguments = "" if takes_none else "…"
        c.sink.report(
            "QZ0306", c.extent(node), help=f"`{name}({arguments})` calls it", name=name, what="a function"
        )
    return ERROR


def applied_value(c: Checker, node: int, want: TypeId) -> TypeId:
    """`Vec<Int>` where a value has to be."""
    if _type_applied(c, node) != ERROR:
        c.sink.report("QZ0306", c.span(node), name=c.text(node), what="a type")
    return ERROR


def _type_applied(c: Checker, node: int) -> TypeId:
    """The type that a TYPE_APPLY names; reported where that is none."""
    owner = _type_to_apply(c, c.lhs[node])
    written = c.list(c.rhs[node])
    if owner == ERROR:
        return ERROR
    kind = c.infer.kind(owner)
    params = c.infer.args(owner)[1 if kind in NOMINAL else 0 :]
    if len(params) != len(written):
        expected = n_type_arguments(len(params))
        c.sink.report("QZ0307", c.span(node), name=c.text(c.lhs[node]), expected=expected, found=len(written))
        return ERROR
    given = [_argument(c, owner, at, argument) for at, argument in enumerate(written)]
    if ERROR in given:
        return ERROR
    for param, type_id in zip(params, given, strict=True):
        c.infer.unify(param, type_id)
    return owner


def _argument(c: Checker, owner: TypeId, at: int, node: int) -> TypeId:
    """What is written for a parameter of a type: a type, or a constant where one is asked for."""
    kind = c.infer.kind(owner)
    if kind in NOMINAL:
        decl = c.program.decls[c.infer.args(owner)[0]]
        assert isinstance(decl, StructDecl | EnumDecl)
        return c.syntax.argument(c.arena, node, decl.type_params[at])
    if kind is tyk.ARRAY and at:
        return c.annotation(node)
    return c.syntax.held(c.arena, node)


def _type_to_apply(c: Checker, node: int) -> TypeId:
    """The type, with open arguments, that is named in front of `<…>`; reported where that is none."""
    if names_type(c, node):
        return type_named(c, node)
    entry = c.decls[node]
    if c.kind[node] not in (nk.IDENT, nk.PATH) or entry > 0:
        c.sink.report("QZ0309", c.span(node), name=c.text(node), what="a value")
    elif entry < 0:
        report_unknown(c.program, c.body.module, c.program.decls[-entry - 1], c.token[node], c.text(node))
    elif node in c.body.unknown:
        report_unknown(c.program, c.body.module, None, c.token[node], c.text(node))
    return ERROR


def static_call(c: Checker, node: int, callee: int, owner: TypeId, args: list[int], want: TypeId) -> TypeId:
    """`Stack.new()`: a method of a type that is named, not of a value."""
    group = _methods_of(c, callee, owner)
    return give_up(c, args) if group is None else call_group(c, node, group, args, want, owner=owner)


def _methods_of(c: Checker, callee: int, owner: TypeId) -> FunctionGroup | None:
    """The methods of the name ``callee`` of a type; reported where there is none."""
    group = None if owner == ERROR else find_methods(c, owner, c.symbol(callee))
    if group is None and owner != ERROR:
        group = json_method(c, c.text(callee), owner)
    enum = enum_of(c, owner)
    if group is None and enum is not None:
        report_unknown_variant(c, callee, enum)
    elif group is None and owner != ERROR:
        name = c.text(callee)
        hint = _way_to_form(c, callee, owner) or derive_hint(c, name, owner) or OTHER_METHODS.get(name, "")
        hint = hint or did_you_mean(name, method_names(c, owner)) or _made_without_new(c, callee, owner)
        c.sink.report("QZ0304", c.span(callee), help=hint, type=c.show(owner), name=name)
    return group


def _way_to_form(c: Checker, callee: int, owner: TypeId) -> str:
    """How a method is called that is written for all of a type, where parts of that are open."""
    if c.text(callee) not in JSON_METHODS or c.infer.finish(owner) != NONE:
        return ""
    shown = c.show(owner).split("<", maxsplit=1)[0]
    return f"which `{shown}` it is has to be said: `{shown}<…>.{c.text(callee)}(…)`"


def _made_without_new(c: Checker, callee: int, owner: TypeId) -> str:
    """How a struct is made that has no `new`, where that is asked for."""
    if c.text(callee) != "new" or c.infer.kind(owner) is not tyk.STRUCT:
        return ""
    fields = ", ".join(f"{name}: …" for name in field_names(c, owner))
    return f"a value is written `{c.show(owner)} {{ {fields} }}`"


def static_value(c: Checker, node: int, want: TypeId) -> TypeId:
    """`Stack::new` as a value."""
    owner = type_named(c, c.lhs[node]) if c.kind[c.lhs[node]] in (nk.IDENT, nk.PATH) else ERROR
    group = _methods_of(c, node, owner)
    return ERROR if group is None else function_value(c, node, group, want, owner)
