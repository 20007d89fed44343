"""Calls of a group of functions of one name: which of them is meant, and which argument is for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress
from types import MappingProxyType

from qz.diagnostics.model import Note
from qz.sema import type_kinds as tyk
from qz.sema.body import DEFAULT_ARGUMENT, CallPlan
from qz.sema.check.callbacks import callback
from qz.sema.check.candidates import choose, of_same_trait, report_alike, report_rival, trait_of
from qz.sema.check.checker import Checker, Why
from qz.sema.check.function_values import functions_last, give_up
from qz.sema.check.generics import (
    is_undecided,
    learn_from_asked,
    learn_from_bounds,
    open_params,
    require_bounds,
    result_of_instance,
)
from qz.sema.check.receivers import misses_self
from qz.sema.check.records import require_rows
from qz.sema.check.traits import could_be
from qz.sema.check.type_arguments import apply_type_arguments, refuse_type_arguments
from qz.sema.check.variadics import check_c_argument, check_rest, place_all
from qz.sema.decls import FunctionDecl, FunctionGroup, Parameter, Signature
from qz.sema.ownership.lending import Borrow
from qz.sema.types import ERROR, NONE, VOID, TypeId
from qz.syntax import node_numbers as nk
from qz.syntax.nodes import LAMBDAS

LENT = LAMBDAS | {nk.IDENT}
"""Arguments of which it matters whether the function keeps them."""


def call_group(
    c: Checker,
    node: int,
    group: FunctionGroup,
    args: list[int],
    want: TypeId,
    checked: TypeId = NONE,
    owner: TypeId = NONE,
) -> TypeId:
    """A call of the overload that fits. ``checked`` is the type of ``args[0]`` if it is
    known, ``owner`` the type whose method is called by its name."""
    function = choose(c, group, len(args), checked or owner)
    if function is None:
        report_arity(c, node, group, len(args) - (checked != NONE), checked != NONE)
        return give_up(c, args[1:] if checked != NONE else args)
    known: dict[int, TypeId] = {}
    if checked or owner:
        report_rival(c, node, group, function, checked or owner)
        alike = of_same_trait(c, group, function, checked or owner)
        if len(alike) > 1:
            function = _by_types(c, node, alike, args, want, known, checked)
    return call_selected(c, node, function, args, want, checked, owner, known)


def _by_types(
    c: Checker,
    node: int,
    functions: Sequence[FunctionDecl],
    args: list[int],
    want: TypeId,
    known: dict[int, TypeId],
    checked: TypeId,
) -> FunctionDecl:
    """Which of the methods of one trait, implemented for several type arguments, is meant: the one that takes
    such arguments, or else gives what is wanted.

    An argument that differs is checked for that; its type is then in ``known``.
    """
    left = functions
    for position, arg in enumerate(args[: c.program.queries.signature(functions[0]).arity]):
        if (checked and not position) or c.kind[arg] in (nk.NAMED_ARG, nk.SPREAD):
            continue
        takes = [c.program.queries.signature(f).params[position].type for f in left]
        if c.kind[arg] in LAMBDAS:
            fits = [c.infer.kind(t) in (tyk.FN, tyk.PARAM) for t in takes]
        elif len(set(takes)) > 1:
            found = known[arg] = c.operand(arg)
            fits = [could_be(c, t, found) for t in takes]
        else:
            continue
        left = list(compress(left, fits)) or left[:1]
    if len(left) > 1 and want not in (NONE, VOID):
        left = [f for f in left if could_be(c, c.program.queries.signature(f).result, want)] or left[:1]
    if len(left) > 1 and ERROR not in known.values():
        report_alike(c, node, left[0], [(f.span, trait_of(f)) for f in left])
    return left[0]


def call_selected(
    c: Checker,
    node: int,
    function: FunctionDecl,
    args: list[int],
    want: TypeId,
    checked: TypeId = NONE,
    owner: TypeId = NONE,
    known: Mapping[int, TypeId] = MappingProxyType({}),
) -> TypeId:
    """Place the arguments of a function that is called, and check each whose type is not ``known``."""
    signature = c.program.queries.signature(function)
    c.body.has_references |= signature.result_borrow != Borrow.NONE
    placed, rest = place_all(c, node, function, signature, args)
    if signature.type_params:
        return _call_generic(c, node, function, signature, placed, rest, want, checked, owner, known)
    refuse_type_arguments(c, node)
    result = signature.result or c.program.queries.result(function, c.infer)
    _check_arguments(c, node, function, signature, placed, rest, {}, checked, known)
    c.body.calls[node] = CallPlan(function, tuple(placed), rest=rest)
    return result


def _call_generic(
    c: Checker,
    node: int,
    function: FunctionDecl,
    signature: Signature,
    placed: list[int],
    rest: tuple[int, ...] | None,
    want: TypeId,
    checked: TypeId,
    owner: TypeId,
    known: Mapping[int, TypeId],
) -> TypeId:
    """A call of a generic function. What its type parameters are follows from the type arguments, the type of
    the receiver, the bounds, the result asked for, the arguments, in this order."""
    fresh = open_params(c, signature)
    holder = function.module.owners.get(function.owner)
    n_known = len(holder.type_params) if holder is not None and checked != NONE else 0
    apply_type_arguments(c, node, signature.type_params[n_known:], fresh)
    if owner != NONE and holder is not None:
        c.infer.unify(c.infer.instantiate(holder.self_type, fresh), owner)
    if checked != NONE:
        _check_receiver(c, placed[0], c.infer.instantiate(signature.params[0].type, fresh), checked)
    if checked or owner:
        learn_from_asked(c, function, checked or owner, fresh)
    learn_from_bounds(c, signature, fresh, may_wait=True)
    fresh = {param: c.infer.resolve(found) for param, found in fresh.items()}
    depends = bool(signature.structural) and not function.result_written
    result = NONE
    if not depends:
        general = c.program.queries.result(function, c.infer)
        result = c.infer.instantiate(general, fresh)
        learns = want not in (NONE, VOID) and (general < 0 or c.program.types.mentions_param(general))
        if node in c.cast_operands and c.infer.kind(general) is tyk.PARAM:
            learns = False  # `max(a, b) as String` may open a newtype
        if learns and not _joins_afterwards(c, signature, general, placed, fresh, want):
            c.infer.accepts(want, result)
    _check_arguments(c, node, function, signature, placed, rest, fresh, checked, known)
    learn_from_bounds(c, signature, fresh)
    if is_undecided(c, node, function, signature, fresh):
        _give_up_types(c, fresh)
        return ERROR
    if any(param.type == ERROR for param in signature.params):
        _give_up_types(c, fresh)
    c.plan(node, function, tuple(placed), tuple(fresh.values()), rest)
    require_bounds(c, node, function, signature, fresh)
    require_rows(c, node, function, signature, fresh)
    return result_of_instance(c, node, function, fresh) if depends else c.resolved(result)


def _joins_afterwards(
    c: Checker,
    signature: Signature,
    general: TypeId,
    placed: list[int],
    fresh: Mapping[TypeId, TypeId],
    want: TypeId,
) -> bool:
    """Whether a result is to become the union or the `dyn` that is asked for when it is there, not what
    computes it: `v.reduce(0, (sum, n) -> sum + n)` adds numbers whoever asks, unless `v` holds what is asked
    for."""
    want = c.infer.resolve(want)
    is_open = general >= 0 and c.infer.kind(general) is tyk.PARAM
    if c.infer.kind(want) not in (tyk.UNION, tyk.DYN) or not is_open or want in fresh.values():
        return False
    first, functions = 0, 0
    for arg, param in zip(placed, signature.params, strict=False):
        if general not in c.program.types.params_in(param.type):
            continue
        first += param.type == general and arg != DEFAULT_ARGUMENT
        takes = c.infer.kind(param.type) is tyk.FN and general in c.infer.args(param.type)[1:-1]
        if param.type != general and not takes:
            return False
        functions += takes
    return first == 1 and functions > 0


def _give_up_types(c: Checker, fresh: Mapping[TypeId, TypeId]) -> None:
    """What arguments would have said of type parameters, had nothing been wrong in the header."""
    for variable in fresh.values():
        if c.infer.kind(variable) is tyk.VARIABLE:
            c.infer.poison(c.infer.resolve(variable))


def plan_call(
    c: Checker, key: int, group: FunctionGroup, args: tuple[int, ...], types: tuple[TypeId, ...]
) -> TypeId:
    """Plan a call whose arguments were checked already and have these types; gives its result."""
    plan, result = plan_of(c, abs(key), group, args, types)
    if plan is not None:
        c.plan(key, plan.function, plan.args, plan.type_args)
        signature = c.program.queries.signature(plan.function)
        _lend_place(c, args[0], signature.params[0], is_self=signature.has_self, is_checked=True)
    return result


def plan_of(
    c: Checker, node: int, group: FunctionGroup, args: tuple[int, ...], types: tuple[TypeId, ...]
) -> tuple[CallPlan | None, TypeId]:
    """The plan of such a call, and its result; the plan is None where that was reported."""
    function = choose(c, group, len(args), types[0])
    if function is None:
        report_arity(c, node, group, len(args) - 1, True)
        return None, ERROR
    signature = c.program.queries.signature(function)
    fresh = open_params(c, signature)
    for param, found, arg in zip(signature.params, types, args, strict=False):
        _check_receiver(c, arg, c.infer.instantiate(param.type, fresh), found)
    args += (DEFAULT_ARGUMENT,) * (len(signature.params) - len(args))
    learn_from_asked(c, function, types[0], fresh)
    learn_from_bounds(c, signature, fresh)
    require_bounds(c, node, function, signature, fresh)
    result = c.infer.instantiate(c.program.queries.result(function, c.infer), fresh)
    return CallPlan(function, args, tuple(fresh.values())), result


def _check_arguments(
    c: Checker,
    node: int,
    function: FunctionDecl,
    signature: Signature,
    placed: list[int],
    rest: tuple[int, ...] | None,
    fresh: dict[TypeId, TypeId],
    checked: TypeId,
    known: Mapping[int, TypeId],
) -> None:
    """Check what was given against the parameters, lambdas last; a receiver was checked before, and so was
    what has a ``known`` type."""
    params = signature.params
    for index in functions_last(c, placed[: len(params)], are_generic=bool(fresh)):
        arg, param = placed[index], params[index]
        if arg == DEFAULT_ARGUMENT:
            continue
        expected = c.held(c.infer.instantiate(param.type, fresh)) if fresh else param.type
        if param.borrow:
            c.body.has_references = True
        if param.is_rest:
            check_rest(c, function, param, expected, rest or ())
            continue
        if index or checked == NONE:
            if function.abi == "C" and arg not in known:
                _check_for_c(c, node, arg, expected, _asked_by(c, function, param, expected))
            else:
                found = known[arg] if arg in known else c.expr(arg, expected)
                if found != expected:
                    c.must_fit(arg, expected, found, _asked_by(c, function, param, expected), node)
        elif not fresh:
            _check_receiver(c, arg, expected, checked)
        is_self = not index and signature.has_self
        _lend_place(c, arg, param, is_self=is_self, is_checked=not index and checked != NONE)
        if c.kind[arg] in LENT and c.infer.kind(expected) is tyk.FN:
            c.body.lent[arg] = (node, index)
    for extra in placed[len(params) :]:
        check_c_argument(c, extra)


def _lend_place(c: Checker, arg: int, param: Parameter, *, is_self: bool, is_checked: bool) -> None:
    """Note an argument that is changed in its place, or may be in an instance for such a receiver."""
    is_self = is_self and param.borrow is Borrow.MUTABLE
    if param.borrow is Borrow.IN_PLACE or (is_self and c.infer.kind(param.type) is tyk.PARAM):
        c.lent_places.append((arg, is_checked, is_self))


def _check_for_c(c: Checker, node: int, arg: int, expected: TypeId, why: Why) -> None:
    """Check an argument of a C function, which may be one that C calls."""
    if not callback(c, arg, expected, why):
        c.value(arg, expected, why, node)


def _asked_by(c: Checker, function: FunctionDecl, param: Parameter, expected: TypeId) -> Why:
    """Says that a parameter asks for a type."""
    return lambda: Note(function.span, f"`{function.name}` takes `{param.name}: {c.show(expected)}`")


def _check_receiver(c: Checker, node: int, expected: TypeId, found: TypeId) -> None:
    if not c.infer.accepts(expected, found):
        c.sink.report("QZ0400", c.extent(node), found=c.show(found), expected=c.show(expected))


def report_arity(c: Checker, node: int, group: FunctionGroup, n_args: int, method: bool) -> None:
    if method and any(misses_self(function) for function in group.functions):
        return
    signatures = [c.program.queries.signature(f) for f in group.functions]
    own = 1 if method else 0
    least = min(s.n_required for s in signatures) - own
    most = max(len(s.params) for s in signatures) - own
    if any(s.variadic or s.has_rest for s in signatures) or (n_args < least < most):
        expected = f"at least {_arguments(least)}"
    elif least == most:
        expected = _arguments(most)
    else:
        expected = f"at most {_arguments(most)}" if n_args > most else f"{least} to {_arguments(most)}"
    callee = c.lhs[node] if c.kind[node] == nk.CALL else node
    name = group.functions[0].name
    notes = [Note(f.span, f"`{f.name}` is declared here") for f in group.functions]
    c.sink.report("QZ0200", c.span(callee), notes=notes, name=name, expected=expected, found=n_args)


def _arguments(n: int) -> str:
    return f"{n} argument" if n == 1 else f"{n} arguments"
