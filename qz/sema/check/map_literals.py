"""Map literals: `{"a" => 1}`; `{}` is an empty one, whose types come from where it goes."""

from __future__ import annotations

from qz.sema import type_kinds as tyk
from qz.sema.body import CallPlan, MethodPlans
from qz.sema.check.checker import Checker
from qz.sema.check.elements import common_type
from qz.sema.check.generics import open_params
from qz.sema.check.group_calls import plan_of
from qz.sema.check.receivers import find_methods
from qz.sema.decls import StructDecl
from qz.sema.types import ERROR, NONE, VOID, TypeId


def map_literal(c: Checker, node: int, want: TypeId) -> TypeId:
    """The map type that the prelude declares, of the types of keys and values."""
    found, key, value = open_map(c, want)
    entries = c.list(c.lhs[node])
    if entries:
        _share(c, [c.lhs[entry] for entry in entries], key, "key")
        _share(c, [c.rhs[entry] for entry in entries], value, "value")
    if ERROR in (c.resolved(key), c.resolved(value)):
        return ERROR
    plan_map(c, node, found, (key, value) if entries else ())
    return found


def open_map(c: Checker, want: TypeId) -> tuple[TypeId, TypeId, TypeId]:
    """A map type, and those of its keys and values, which are open unless the type asked for says them."""
    prelude = c.body.module.prelude
    decl = None if prelude is None else prelude.everywhere(c.program.interner.intern("Map"))
    assert isinstance(decl, StructDecl)
    key, value = c.infer.fresh(), c.infer.fresh()
    found = c.infer.make(tyk.STRUCT, (decl.id, key, value))
    if want not in (NONE, VOID):
        c.infer.accepts(want, found)
    return found, key, value


def plan_map(c: Checker, node: int, found: TypeId, parts: tuple[TypeId, ...]) -> None:
    """Plan how a map is made, and how entries of these types are set in it."""
    plans = {"new": _plan_new(c, found)}
    if parts:
        group = find_methods(c, found, c.program.interner.intern("set"))
        assert group is not None
        plan, _ = plan_of(c, node, group, (node, node, node), (found, *parts))
        if plan is not None:
            plans["set"] = plan
    c.body.protocols[node] = MethodPlans(plans)


def _share(c: Checker, nodes: list[int], type_id: TypeId, noun: str) -> None:
    """Check keys or values, which have one type; they say what it is, unless that is known already."""
    asked = NONE if c.infer.kind(type_id) is tyk.VARIABLE else c.resolved(type_id)
    c.infer.unify(type_id, common_type(c, nodes, asked, noun))


def _plan_new(c: Checker, found: TypeId) -> CallPlan:
    group = find_methods(c, found, c.program.interner.intern("new"))
    assert group is not None
    function = group.functions[0]
    signature = c.program.queries.signature(function)
    fresh = open_params(c, signature)
    c.infer.unify(c.infer.instantiate(signature.result, fresh), found)
    return CallPlan(function, (), tuple(fresh.values()))
