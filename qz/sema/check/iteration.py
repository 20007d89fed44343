"""Loops over values of types that say themselves how: iterators, what gives one, and what has places."""

from __future__ import annotations

from qz.sema.body import CallPlan, MethodPlans
from qz.sema.check.checker import Checker
from qz.sema.check.dynamic import through_table
from qz.sema.check.group_calls import plan_of
from qz.sema.check.receivers import find_methods
from qz.sema.types import ERROR, INT, TypeId, TypeKind


def iterated(c: Checker, iterable: int, found: TypeId) -> TypeId | None:
    """The element type of what has places, or `next`, or `iter` which gives one that has; else None."""
    plans: dict[str, CallPlan] = {}
    if _has(c, found, "next_place", 2):
        _plan(c, iterable, plans, "next_place", (iterable, iterable), (found, INT))
        c.body.protocols[-iterable] = MethodPlans(plans)
        return _plan(c, iterable, plans, "item_at", (iterable, iterable), (found, INT))
    source = found
    if not _has(c, found, "next", 1):
        if not _has(c, found, "iter", 1):
            return None
        source = _plan(c, iterable, plans, "iter", (iterable,), (found,))
    result = c.resolved(_plan(c, iterable, plans, "next", (iterable,), (source,)))
    c.body.protocols[-iterable] = MethodPlans(plans)
    return _some(c, iterable, result)


def plan_size(c: Checker, iterable: int) -> None:
    """Let a loop over what has places begin with asking how many, as one does that makes room for as much."""
    iteration = c.body.protocols.get(-iterable)
    if iteration is None or "next_place" not in iteration.plans:
        return
    found = c.resolved(c.types[iterable])
    if _has(c, found, "size", 1):
        _plan(c, iterable, iteration.plans, "size", (iterable,), (found,))


def entries(c: Checker, iterable: int, found: TypeId) -> tuple[TypeId, TypeId] | None:
    """The types of key and value of what a loop with two names goes over by places; None without such."""
    if not _has(c, found, "key_at", 2):
        return None
    plans: dict[str, CallPlan] = {}
    args = (iterable, iterable)
    _plan(c, iterable, plans, "next_place", args, (found, INT))
    key = _plan(c, iterable, plans, "key_at", args, (found, INT))
    value = _plan(c, iterable, plans, "value_at", args, (found, INT))
    c.body.protocols[-iterable] = MethodPlans(plans)
    return key, value


def _has(c: Checker, type_id: TypeId, name: str, n_params: int) -> bool:
    group = find_methods(c, type_id, c.program.interner.intern(name))
    if group is None:
        return False
    return any(len(c.program.queries.signature(f).params) == n_params for f in group.functions)


def _plan(
    c: Checker,
    iterable: int,
    plans: dict[str, CallPlan],
    name: str,
    args: tuple[int, ...],
    types: tuple[TypeId, ...],
) -> TypeId:
    group = find_methods(c, types[0], c.program.interner.intern(name))
    if group is None:
        c.sink.report("QZ0407", c.extent(iterable), type=c.show(types[0]))
        return ERROR
    plan, result = plan_of(c, iterable, group, args, types)
    if plan is not None and c.infer.kind(types[0]) is TypeKind.DYN:
        plan = through_table(c, iterable, types[0], plan)
    if plan is not None:
        plans[name] = plan
    return result


def _some(c: Checker, iterable: int, result: TypeId) -> TypeId:
    """What an `Option` may hold."""
    if result == ERROR:
        return ERROR
    prelude = c.body.module.prelude
    option = None if prelude is None else prelude.everywhere(c.program.interner.intern("Option"))
    if option is not None and c.infer.kind(result) is TypeKind.ENUM and c.infer.args(result)[0] == option.id:
        return c.infer.args(result)[1]
    c.sink.report("QZ0400", c.extent(iterable), found=c.show(result), expected="Option<_>")
    return ERROR
