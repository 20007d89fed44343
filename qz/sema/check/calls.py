"""Calls: which function is meant, and which argument goes to which parameter.

A plain call `f(x)` calls a local that is a function, or names its function; where no function of that name
takes so many arguments, a method of x's type will do. `x.f(a)` looks, in this order, for a field that holds a
function, for a method of x's type (inherent, then from `extend`; they share one table) and for a free
function `f(x, a)`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from qz.diagnostics.model import Note
from qz.diagnostics.other_words import OTHER_METHODS
from qz.diagnostics.suggest import did_you_mean
from qz.sema import type_kinds as tyk
from qz.sema.body import DEFAULT_ARGUMENT, CallPlan
from qz.sema.check import tuples
from qz.sema.check.callbacks import callback
from qz.sema.check.candidates import choose, report_rival
from qz.sema.check.checker import Checker
from qz.sema.check.derived_calls import call_derived, derive_hint
from qz.sema.check.dynamic import through_table
from qz.sema.check.enums import (
    construct,
    enum_of,
    find_variant,
    find_variant_of,
    report_unknown_name,
    report_unknown_variant,
)
from qz.sema.check.function_values import (
    call_lambda,
    call_value,
    function_value,
    functions_last,
    give_up,
)
from qz.sema.check.generics import (
    learn_from_bounds,
    learn_from_promises,
    open_params,
    require_bounds,
    result_of_instance,
)
from qz.sema.check.missing_members import report_missing_member
from qz.sema.check.receivers import find_methods, method_names
from qz.sema.check.records import field_names, field_type, require_rows
from qz.sema.check.traits import could_be, follows_from_another, json_method
from qz.sema.check.type_arguments import apply_type_arguments, refuse_type_arguments
from qz.sema.check.variadics import check_c_argument, check_rest, place_all
from qz.sema.decl_nouns import describe
from qz.sema.decls import (
    TYPE_DECLS,
    AliasDecl,
    Ambiguity,
    ConstDecl,
    Decl,
    EnumDecl,
    FunctionDecl,
    FunctionGroup,
    GlobalDecl,
    ModuleDecl,
    NewtypeDecl,
    Parameter,
    Signature,
    StructDecl,
)
from qz.sema.ownership.lending import Borrow
from qz.sema.resolve.reports import report_unknown
from qz.sema.type_syntax.reader import n_type_arguments
from qz.sema.types import ERROR, NAMED_TYPES, NEVER, NOMINAL, NONE, ROWS, VOID, TypeId
from qz.syntax import node_numbers as nk
from qz.syntax.nodes import LAMBDAS

LENT = LAMBDAS | {nk.IDENT}
"""Arguments of which it matters whether the function keeps them."""


def call(c: Checker, node: int, want: TypeId) -> TypeId:
    callee = c.tree.callee(node)
    args = c.list(c.rhs[node])
    kind = c.kind[callee]
    if kind == nk.FIELD:
        return _member_call(c, node, callee, args, want)
    if kind == nk.OPT_FIELD:
        return c.rules[kind](c, node, want)
    if kind in (nk.IDENT, nk.PATH):
        entry = c.decls[callee]
        if entry > 0:
            return _call_local(c, node, callee, args)
        variant = find_variant(c, callee, want)
        if variant is not None:
            return construct(c, node, callee, variant, args, want)
        if entry < 0:
            return _call_decl(c, node, c.program.decls[-entry - 1], args, want)
        if callee in c.body.unknown:
            report_unknown_name(c, callee)
            return give_up(c, args)
        if kind == nk.IDENT and args and c.body.module.lookup(c.symbol(callee)) is None:
            return _call_as_method(c, node, None, args, want)
        if kind == nk.PATH:
            return _static_call(c, node, callee, _type_named(c, c.lhs[callee]), args, want)
        return give_up(c, args)
    if kind in LAMBDAS:
        return call_lambda(c, node, args)
    return call_value(c, node, args, c.operand(callee))


def _call_local(c: Checker, node: int, callee: int, args: list[int]) -> TypeId:
    refuse_type_arguments(c, node)
    found = c.resolved(c.expr(callee))
    c.body.lent[callee] = None
    if c.infer.kind(found) in (tyk.FN, tyk.VARIABLE, tyk.ERROR, tyk.NEVER):
        return call_value(c, node, args, found)
    return _not_a_function(c, node, args, c.text(callee), "a local value")


def _not_a_function(
    c: Checker, node: int, args: Sequence[int], name: str, what: str, help_text: str = ""
) -> TypeId:
    c.sink.report("QZ0206", c.span(c.lhs[node]), help=help_text, name=name, what=what)
    return give_up(c, args)


def _call_decl(c: Checker, node: int, decl: Decl, args: list[int], want: TypeId) -> TypeId:
    if not isinstance(decl, FunctionGroup):
        refuse_type_arguments(c, node)
        if isinstance(decl, NewtypeDecl):
            return _wrap(c, node, decl, args)
        if isinstance(decl, ConstDecl | GlobalDecl):
            found = c.resolved(c.expr(c.lhs[node]))
            if c.infer.kind(found) in (tyk.FN, tyk.ERROR):
                return call_value(c, node, args, found)
        return _not_a_function(c, node, args, decl.name, describe(decl), _way_to_make(c, decl))
    function = choose(c, decl, len(args))
    if function is not None:
        return _call_selected(c, node, function, args, want)
    if args and c.kind[c.tree.callee(node)] == nk.IDENT:
        return _call_as_method(c, node, decl, args, want)
    _report_arity(c, node, decl, len(args), method=False)
    return give_up(c, args)


def _way_to_make(c: Checker, decl: Decl) -> str:
    """How a value of a struct is made."""
    if not isinstance(decl, StructDecl):
        return ""
    fields = ", ".join(f"{name}: …" for name in c.program.queries.fields(decl))
    return f"a value of it is made by `{decl.name} {{ {fields} }}`"


def _call_as_method(
    c: Checker, node: int, free: FunctionGroup | None, args: list[int], want: TypeId
) -> TypeId:
    """`f(x, a)` where no free function takes so many arguments: a method of x's type, if it has one."""
    callee = c.tree.callee(node)
    receiver = NONE
    if c.kind[args[0]] not in (nk.NAMED_ARG, nk.SPREAD):
        receiver = c.resolved(c.operand(args[0]))
        if receiver in (ERROR, NEVER) and free is None:
            return give_up(c, args[1:])
        open_type = c.infer.kind(receiver) is tyk.VARIABLE
        group = None if open_type else find_methods(c, receiver, c.symbol(callee))
        if group is not None and _has_self(c, group):
            return call_group(c, node, group, args, want, checked=receiver)
    if free is None:
        report_unknown(c.program, c.body, c.token[callee])
    else:
        _report_arity(c, node, free, len(args), method=False)
    return give_up(c, args[1:] if receiver != NONE else args)


def _wrap(c: Checker, node: int, decl: NewtypeDecl, args: list[int]) -> TypeId:
    """`Meters(5)`."""
    if len(args) != 1 or c.kind[args[0]] == nk.NAMED_ARG:
        notes = [Note(decl.span, "declared here")]
        expected = "one value to wrap"
        c.sink.report(
            "QZ0200", c.span(c.lhs[node]), notes=notes, name=decl.name, expected=expected, found=len(args)
        )
        give_up(c, args)
        return decl.type
    underlying = c.program.queries.underlying(decl)
    c.value(args[0], underlying, lambda: Note(decl.span, f"`{decl.name}` wraps `{c.show(underlying)}`"))
    return decl.type


def _member_call(c: Checker, node: int, callee: int, args: list[int], want: TypeId) -> TypeId:
    head = c.lhs[callee]
    if c.kind[head] == nk.TYPE_APPLY:
        return _static_on_type(c, node, callee, args, want)
    entry = c.decls[head]
    if (c.kind[head] == nk.IDENT and entry <= 0) or (c.kind[head] == nk.PATH and entry < 0):
        decl = c.program.decls[-entry - 1] if entry < 0 else None
        if isinstance(decl, ModuleDecl) and decl.target is not None:
            member = decl.target.public(c.symbol(callee))
            if member is None:
                hint = decl.target.help_without(c.body.module, c.symbol(callee), c.text(callee))
                c.sink.report(
                    "QZ0603", c.span(callee), help=hint, name=c.text(callee), module=decl.target.name
                )
                return give_up(c, args)
            return _call_decl(c, node, member, args, want)
        if isinstance(decl, TYPE_DECLS) or (decl is None and is_type_name(c, head)):
            variant = find_variant_of(c, head, c.text(callee))
            if variant is not None:
                return construct(c, node, callee, variant, args, want)
            return _static_call(c, node, callee, _type_named(c, head), args, want)
    receiver = c.operand(head)
    return call_method(c, node, callee, receiver, args, want)


def is_type_name(c: Checker, node: int) -> bool:
    """Whether an IDENT names a type that no declaration is for."""
    name = c.text(node)
    return name in NAMED_TYPES or name in ROWS or c.symbol(node) in c.body.type_scope


def _type_named(c: Checker, node: int) -> TypeId:
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


def _static_on_type(c: Checker, node: int, callee: int, args: list[int], want: TypeId) -> TypeId:
    """`Vec<Int>.new()`: the type's arguments are given, so the result has that type."""
    head = c.lhs[callee]
    owner = _type_named(c, c.lhs[head]) if c.kind[c.lhs[head]] in (nk.IDENT, nk.PATH) else ERROR
    given = [c.annotation(node) for node in c.list(c.rhs[head])]
    if owner == ERROR or ERROR in given:
        return give_up(c, args)
    kind = c.infer.kind(owner)
    params = c.infer.args(owner)[1 if kind in NOMINAL else 0 :]
    if len(params) != len(given):
        expected = n_type_arguments(len(params))
        c.sink.report("QZ0307", c.span(head), name=c.text(c.lhs[head]), expected=expected, found=len(given))
        return give_up(c, args)
    for param, type_id in zip(params, given, strict=True):
        c.infer.unify(param, type_id)
    return _static_call(c, node, callee, owner, args, want)


def _static_call(c: Checker, node: int, callee: int, owner: TypeId, args: list[int], want: TypeId) -> TypeId:
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
        hint = derive_hint(c, name, owner) or OTHER_METHODS.get(name, "")
        hint = hint or did_you_mean(name, method_names(c, owner)) or _made_without_new(c, callee, owner)
        c.sink.report("QZ0304", c.span(callee), help=hint, type=c.show(owner), name=name)
    return group


def _made_without_new(c: Checker, callee: int, owner: TypeId) -> str:
    """How a struct is made that has no `new`, where that is asked for."""
    if c.text(callee) != "new" or c.infer.kind(owner) is not tyk.STRUCT:
        return ""
    fields = ", ".join(f"{name}: …" for name in field_names(c, owner))
    return f"a value is written `{c.show(owner)} {{ {fields} }}`"


def static_value(c: Checker, node: int, want: TypeId) -> TypeId:
    """`Stack::new` as a value."""
    owner = _type_named(c, c.lhs[node]) if c.kind[c.lhs[node]] in (nk.IDENT, nk.PATH) else ERROR
    group = _methods_of(c, node, owner)
    return ERROR if group is None else function_value(c, node, group, want, owner)


def call_method(
    c: Checker, node: int, callee: int, receiver: TypeId, args: list[int], want: TypeId
) -> TypeId:
    """`receiver.f(args)`, the receiver checked already; ``callee`` is the FIELD node."""
    receiver = c.resolved(receiver)
    if receiver in (ERROR, NEVER):
        return give_up(c, args)
    symbol = c.symbol(callee)
    name = c.text(callee)
    if c.infer.kind(receiver) is tyk.VARIABLE:
        c.unknown(c.lhs[callee], receiver)
        return give_up(c, args)
    if node != callee:
        is_element = c.infer.kind(receiver) is tyk.TUPLE and tuples.index_of(name) >= 0
        function = tuples.element(c, callee, receiver) if is_element else field_type(c, receiver, name)
        if function is not None and (is_element or c.infer.kind(function) is tyk.FN):
            c.types[callee] = function
            if function < 0:
                c.open_nodes.append(callee)
            refuse_type_arguments(c, node)
            return call_value(c, node, args, function)
        if function == ERROR:
            return give_up(c, args)
    group = find_methods(c, receiver, symbol)
    head = c.lhs[callee]
    if group is not None and _has_self(c, group):
        found = call_group(c, node, group, [head, *args], want, checked=receiver)
        plan = c.body.calls.get(node)
        if plan is not None and c.infer.kind(receiver) is tyk.DYN:
            if (dynamic := through_table(c, callee, receiver, plan)) is not None:
                c.body.calls[node] = dynamic
            else:
                c.body.calls.pop(node)
        return found
    free = c.body.module.lookup(symbol)
    if isinstance(free, FunctionGroup) and free.functions[0].abi != "C":
        function = choose(c, free, len(args) + 1, receiver)
        if function is not None and _takes(c, function, receiver):
            return call_group(c, node, free, [head, *args], want, checked=receiver)
    if isinstance(free, Ambiguity):
        notes = [Note(d.span, f"from module `{d.module.name}`") for d in (free.first, free.second)]
        c.sink.report("QZ0602", c.span(callee), notes=notes, name=name)
        return give_up(c, args)
    derived = call_derived(c, node, callee, receiver, args)
    if derived is not None:
        refuse_type_arguments(c, node)
        return derived
    if follows_from_another(c):
        return give_up(c, args)
    report_missing_member(c, node, callee, receiver)
    return give_up(c, args)


def owner_in_table(c: Checker, type_id: TypeId) -> TypeId:
    """A type of the table with the same methods: arguments that are still open do not matter."""
    if type_id >= 0:
        return type_id
    enum = enum_of(c, type_id)
    return enum.type if enum is not None else c.program.types.vec(NEVER)


def _has_self(c: Checker, group: FunctionGroup) -> bool:
    signature = c.program.queries.signature
    return any(signature(function).has_self for function in group.functions)


def _takes(c: Checker, function: FunctionDecl, receiver: TypeId) -> bool:
    """Whether a free function's first parameter accepts the receiver (constructors are compared, not
    filled in)."""
    signature = c.program.queries.signature(function)
    if not signature.params or signature.params[0].is_rest:
        return False
    first = signature.params[0].type
    if c.program.types.mentions_param(first):
        return could_be(c, first, receiver)
    return c.infer.accepts(first, receiver)


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
        _report_arity(c, node, group, len(args) - (checked != NONE), checked != NONE)
        return give_up(c, args[1:] if checked != NONE else args)
    if checked or owner:
        report_rival(c, node, group, function, checked or owner)
    return _call_selected(c, node, function, args, want, checked, owner)


def _call_selected(
    c: Checker,
    node: int,
    function: FunctionDecl,
    args: list[int],
    want: TypeId,
    checked: TypeId = NONE,
    owner: TypeId = NONE,
) -> TypeId:
    """Place the arguments of a function that is called, and check each."""
    signature = c.program.queries.signature(function)
    c.body.has_references |= signature.result_borrow != Borrow.NONE
    placed, rest = place_all(c, node, function, signature, args)
    if signature.type_params:
        return _call_generic(c, node, function, signature, placed, rest, want, checked, owner)
    refuse_type_arguments(c, node)
    result = signature.result or c.program.queries.result(function, c.infer)
    _check_arguments(c, node, function, signature, placed, rest, {}, checked)
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
        learn_from_promises(c, function, checked or owner, fresh)
    learn_from_bounds(c, signature, fresh)
    fresh = {param: c.infer.resolve(found) for param, found in fresh.items()}
    depends = bool(signature.structural) and not function.result_written
    result = NONE
    if not depends:
        general = c.program.queries.result(function, c.infer)
        result = c.infer.instantiate(general, fresh)
        if want not in (NONE, VOID) and (general < 0 or c.program.types.mentions_param(general)):
            c.infer.accepts(want, result)
    _check_arguments(c, node, function, signature, placed, rest, fresh, checked)
    learn_from_bounds(c, signature, fresh)
    if any(param.type == ERROR for param in signature.params):
        _give_up_types(c, fresh)
    c.plan(node, function, tuple(placed), tuple(fresh.values()), rest)
    require_bounds(c, node, function, signature, fresh)
    require_rows(c, node, function, signature, fresh)
    return result_of_instance(c, node, function, fresh) if depends else c.resolved(result)


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
    return result


def plan_of(
    c: Checker, node: int, group: FunctionGroup, args: tuple[int, ...], types: tuple[TypeId, ...]
) -> tuple[CallPlan | None, TypeId]:
    """The plan of such a call, and its result; the plan is None where that was reported."""
    function = choose(c, group, len(args), types[0])
    if function is None:
        _report_arity(c, node, group, len(args) - 1, True)
        return None, ERROR
    signature = c.program.queries.signature(function)
    fresh = open_params(c, signature)
    for param, found, arg in zip(signature.params, types, args, strict=False):
        _check_receiver(c, arg, c.infer.instantiate(param.type, fresh), found)
    args += (DEFAULT_ARGUMENT,) * (len(signature.params) - len(args))
    learn_from_promises(c, function, types[0], fresh)
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
) -> None:
    """Check what was given against the parameters, lambdas last; a receiver was checked before."""
    params = signature.params
    for index in functions_last(c, placed[: len(params)]):
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
            why = partial(_parameter_note, c, function, param, expected)
            if function.abi != "C" or not callback(c, arg, expected, why):
                c.value(arg, expected, why)
        elif not fresh:
            _check_receiver(c, arg, expected, checked)
        is_self = not index and signature.has_self and param.borrow is Borrow.MUTABLE
        if param.borrow is Borrow.IN_PLACE or (is_self and c.infer.kind(param.type) is tyk.PARAM):
            c.lent_places.append((arg, not index and checked != NONE, is_self))
        if c.kind[arg] in LENT and c.infer.kind(expected) is tyk.FN:
            c.body.lent[arg] = (node, index)
    for extra in placed[len(params) :]:
        check_c_argument(c, extra)


def _parameter_note(c: Checker, function: FunctionDecl, param: Parameter, expected: TypeId) -> Note:
    return Note(function.span, f"`{function.name}` takes `{param.name}: {c.show(expected)}`")


def _check_receiver(c: Checker, node: int, expected: TypeId, found: TypeId) -> None:
    if not c.infer.accepts(expected, found):
        c.sink.report("QZ0400", c.extent(node), found=c.show(found), expected=c.show(expected))


def _report_arity(c: Checker, node: int, group: FunctionGroup, n_args: int, method: bool) -> None:
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
