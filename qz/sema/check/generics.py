"""Type parameters at a call: fresh variables for them, what their bounds ask, and the instance in the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.sema import type_kinds as tyk
from qz.sema.body import CallPlan
from qz.sema.check.candidates import asked_for, report_alike, trait_of
from qz.sema.check.checker import Checker, Requirement
from qz.sema.check.traits import could_be, implements, may_be_several, promised_by_bounds, why_not
from qz.sema.data.value_structs import is_value
from qz.sema.decls import FunctionDecl, Signature, TraitDecl
from qz.sema.types import ERROR, NONE, TypeId

OF_WORDS = frozenset({"as_int", "as_ptr", "__address", "__transmute"})
"""Intrinsics that take the word of a value, which a value struct has not."""

WEAK = "rt.weak$new"
"""The intrinsic that makes a weak reference."""

InstanceOf: TypeAlias = Callable[[FunctionDecl, tuple[TypeId, ...], FunctionDecl | None, Span], FunctionDecl]


def open_params(c: Checker, signature: Signature) -> dict[TypeId, TypeId]:
    """A fresh variable for each type parameter."""
    return {param: c.infer.fresh() for param in signature.type_params}


def learn_from_bounds(
    c: Checker, signature: Signature, fresh: Mapping[TypeId, TypeId], *, may_wait: bool = False
) -> None:
    """Where a bound's type is known, its implementation may say more: `I: Iterator<T>` settles `T`. Of
    several implementations the first one does, unless this ``may_wait`` for what the call says."""
    for bound in signature.bounds:
        if len(c.program.types.args[bound.trait]) > 1 and not _is_open(c, fresh[bound.param]):
            trait = c.infer.instantiate(bound.trait, fresh)
            if not may_wait or not may_be_several(c, fresh[bound.param], trait):
                implements(c, fresh[bound.param], trait)


def learn_from_asked(
    c: Checker, function: FunctionDecl, receiver: TypeId, fresh: Mapping[TypeId, TypeId]
) -> None:
    """In an instance, what its generic function asks of the receiver settles what the receiver leaves open:
    where that is `P: Policy<K>`, the `K` of a method of `impl<K> Policy<K> for Everything`."""
    trait = _trait_of(function)
    if trait == NONE or not any(_is_open(c, found) for found in fresh.values()):
        return
    trait = c.infer.instantiate(trait, fresh)
    meant = {asked for asked in asked_for(c, receiver) if could_be(c, trait, asked)}
    if len(meant) == 1:
        c.infer.unify(trait, meant.pop())


def is_undecided(
    c: Checker, node: int, function: FunctionDecl, signature: Signature, fresh: Mapping[TypeId, TypeId]
) -> bool:
    """Whether a call was reported for not saying which trait is meant, where bounds promise one for several
    type arguments: `T: Into<Int> + Into<String>`."""
    for bound in signature.bounds:
        trait = c.infer.instantiate(bound.trait, fresh)
        if c.infer.kind(fresh[bound.param]) is not tyk.PARAM or c.infer.finish(trait) != NONE:
            continue
        meant = promised_by_bounds(c, c.resolved(fresh[bound.param]), trait)
        if len(meant) > 1 and _trait_of(function) == bound.trait:
            report_alike(c, node, function, [(None, one) for one in meant])
        elif len(meant) > 1:
            _report_open(c, node, function, tuple(map(c.infer.finish, fresh.values())))
        else:
            continue
        return True
    return False


def _trait_of(function: FunctionDecl) -> TypeId:
    """The trait that has a method or whose `impl` has it; `NONE` for any other function."""
    owner = function.module.owners.get(function.owner)
    return owner.type if isinstance(owner, TraitDecl) else trait_of(function)


def _is_open(c: Checker, type_id: TypeId) -> bool:
    return c.infer.kind(type_id) is tyk.VARIABLE


def require_bounds(
    c: Checker, node: int, function: FunctionDecl, signature: Signature, fresh: Mapping[TypeId, TypeId]
) -> None:
    """Require of the types found for the parameters what the bounds ask; of open ones once they are known."""
    for bound in signature.bounds:
        trait = c.infer.instantiate(bound.trait, fresh)
        _require(c, Requirement(node, fresh[bound.param], trait, bound.param, function))


def _require(c: Checker, requirement: Requirement, *, last: bool = False) -> None:
    if not last and _is_open(c, requirement.type):
        c.pending.append(requirement)
    elif not implements(c, requirement.type, requirement.trait):
        c.body.calls.pop(requirement.node, None)  # an instance would only repeat what is wrong
        function, param = requirement.function, c.show(requirement.param)
        shown = c.show(requirement.trait)
        asked = f"`{function.name}` asks for `{param}: {shown}`"
        notes = [Note(function.span, asked)]
        notes += why_not(c, requirement.type, requirement.trait)
        span, subject = c.span(requirement.node), c.show(requirement.type)
        c.sink.report("QZ0313", span, notes=notes, lacks=[shown], type=subject, trait=shown)
    elif not last and NONE in (c.infer.finish(requirement.type), c.infer.finish(requirement.trait)):
        c.pending.append(requirement)  # a part is open, and is asked again when it is known


def settle_bounds(c: Checker) -> None:
    """At the end of a body: every requirement that had to wait."""
    for requirement in c.pending:
        if not _is_open(c, requirement.type):  # one that is still open is reported where it is
            _require(c, requirement, last=True)


def instantiate_calls(c: Checker, *, clean: bool) -> None:
    """At the end of a body: the instance in the place of each generic function that is called or a value."""
    instances = c.program.instances
    _instantiate(c, c.body.calls, c.generic_calls, instances.of, clean=clean)
    _instantiate(c, c.body.functions, c.generic_values, instances.as_value, clean=clean)
    for node, iteration in c.body.protocols.items():
        for name, plan in iteration.plans.items():
            one = {node: plan}
            if plan.type_args:
                _instantiate(c, one, [node], instances.of, clean=clean)
            iteration.plans[name] = one[node]


def _instantiate(
    c: Checker, plans: dict[int, CallPlan], keys: list[int], instance_of: InstanceOf, *, clean: bool
) -> None:
    types = c.program.types
    for key in keys:
        plan = plans.get(key)
        if plan is None:
            continue
        args = tuple(map(c.infer.finish, plan.type_args))
        if NONE in args:
            if clean and not c.is_poisoned and not c.sink.n_errors:
                _report_open(c, abs(key), plan.function, args)
            continue
        if ERROR in args or any(map(types.mentions_param, args)):
            continue
        if plan.function.intrinsic in OF_WORDS and _refuses_word(c, abs(key), plan.function, args):
            continue
        if plan.function.intrinsic == WEAK and _refuses_weak(c, abs(key), args[0]):
            continue
        if c.program.has_linear and _refuses_linear(c, abs(key), plan, args):
            continue
        instance = instance_of(plan.function, args, c.function, c.span(abs(key)))
        plans[key] = CallPlan(instance, plan.args, (), plan.slot, plan.rest)


def _refuses_word(c: Checker, node: int, intrinsic: FunctionDecl, args: tuple[TypeId, ...]) -> bool:
    """Whether there is something without a word of its own among what an intrinsic takes the word of."""
    without = next((arg for arg in args if c.program.queries.layouts.has_leaves(arg)), NONE)
    if without == NONE:
        return False
    hint = "the fields of a value struct have words; without `@value`, a struct has its address"
    if c.infer.kind(without) is tyk.TUPLE:
        hint = "what a small tuple holds may have a word: `.0` is its first element"
    elif not is_value(c.program, without):
        hint = "what a small enum holds may have a word: take it out with `match`"
    c.sink.report("QZ0426", c.extent(node), help=hint, function=intrinsic.name, type=c.show(without))
    return True


def _refuses_weak(c: Checker, node: int, type_id: TypeId) -> bool:
    """Whether values of a type are no blocks that somebody holds: no reference to one could be weak."""
    type_id = c.program.queries.stripped(type_id)
    kind = c.program.types.kinds[type_id]
    is_shared = kind in (tyk.VEC, tyk.REFERENCE)
    if is_shared or (kind is tyk.STRUCT and not is_value(c.program, type_id)):
        return False
    c.sink.report("QZ1211", c.span(node), type=c.show(type_id))
    return True


def _refuses_linear(c: Checker, node: int, plan: CallPlan, args: tuple[TypeId, ...]) -> bool:
    """Whether a linear type is given for a type parameter: generic code may copy or forget what it is given.

    A parameter without a type is no such: its body is checked for the very type. What an intrinsic makes is
    a vector or a number, which says itself what it may hold.
    """
    signature = c.program.queries.signature(plan.function)
    if plan.function.abi:
        return False
    for param, arg in zip(signature.type_params, args, strict=True):
        if param not in signature.structural and c.program.queries.owned_types.is_linear(arg):
            notes = [Note(plan.function.span, f"`{plan.function.name}` is declared here")]
            holder = f"the type parameter `{c.show(param)}` of `{plan.function.name}`"
            c.sink.report("QZ1208", c.span(node), notes=notes, holder=holder, held=c.show(arg))
            return True
    return False


def result_of_instance(
    c: Checker, node: int, function: FunctionDecl, fresh: Mapping[TypeId, TypeId]
) -> TypeId:
    """What a function gives whose parameters have no types: its instance for these arguments says."""
    args = tuple(map(c.infer.finish, fresh.values()))
    if c.is_poisoned or ERROR in args or any(map(c.program.types.mentions_param, args)):
        return ERROR
    if NONE in args:
        c.sink.report("QZ0404", c.span(node), what=f"an argument of `{function.name}`")
        return ERROR
    instance = c.program.instances.of(function, args, c.function, c.span(node))
    return c.program.queries.result(instance, c.infer)


def _report_open(c: Checker, node: int, function: FunctionDecl, args: tuple[TypeId, ...]) -> None:
    signature = c.program.queries.signature(function)
    param = signature.type_params[args.index(NONE)]
    what = f"`{c.show(param)}` of `{function.name}`"
    notes = [Note(function.span, "declared here")]
    help_text = f"give it: `{function.name}<…>(…)`"
    if signature.has_self and param in function.module.owners[function.owner].type_params:
        trait = _trait_of(function)  # no call says what belongs to the receiver
        shown = f"(value as dyn {c.show(trait).split('<')[0]}<…>)"
        help_text = f"`{shown}.{function.name}(…)` says which" if trait != NONE else ""
    c.sink.report("QZ0404", c.span(node), notes=notes, help=help_text, what=what)
