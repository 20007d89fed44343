"""Calls: which function is meant, and which argument goes to which parameter.

A plain call `f(x)` names its function. `x.f(a)` looks, in this order, for a method of x's type (inherent,
then from
`extend`; they share one table) and for a free function `f(x, a)`.
"""

from __future__ import annotations

from collections.abc import Sequence

from qz.diagnostics.model import Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema.body import DEFAULT_ARGUMENT, CallPlan
from qz.sema.check.arguments import place
from qz.sema.check.checker import Checker, Why
from qz.sema.check.enums import (
    construct,
    enum_of,
    find_variant,
    find_variant_of,
    instance,
    report_unknown_name,
    report_unknown_variant,
)
from qz.sema.decls import (
    AliasDecl,
    Ambiguity,
    Decl,
    EnumDecl,
    FunctionDecl,
    FunctionGroup,
    ModuleDecl,
    Parameter,
    Signature,
    StructDecl,
)
from qz.sema.type_syntax import TYPE_DECLS, TypeSyntax, describe
from qz.sema.types import ERROR, NAMED_TYPES, NEVER, NONE, VOID, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

K = NodeKind


def call(c: Checker, node: int, want: TypeId) -> TypeId:
    callee = c.lhs[node]
    args = c.list(c.rhs[node])
    explicit: list[int] = []
    if c.kind[callee] == K.TYPE_APPLY:
        explicit = c.list(c.rhs[callee])
        callee = c.lhs[callee]
    kind = c.kind[callee]
    if kind == K.FIELD:
        return _member_call(c, node, callee, args, want)
    if kind in (K.IDENT, K.PATH):
        entry = c.decls[callee]
        if entry > 0:
            return _not_a_function(c, node, args, c.body.locals[entry - 1].name, "a local value")
        variant = find_variant(c, callee, want)
        if variant is not None:
            return construct(c, node, callee, variant, args, want)
        if entry < 0:
            return _call_decl(c, node, c.program.decls[-entry - 1], args, want, explicit)
        if kind == K.PATH:
            found = _static_method(c, callee)
            if found is not None:
                return call_group(c, node, found, args, want)
        elif callee in c.body.unknown:
            report_unknown_name(c, callee)
    else:
        c.expr(callee)
        if kind not in (K.POISON, K.LAMBDA, K.LAMBDA_IT):
            c.program.report_unsupported(c.span(node), "calling a computed value is")
    return _give_up(c, args)


def _give_up(c: Checker, args: Sequence[int]) -> TypeId:
    for arg in args:
        c.expr(c.lhs[arg] if c.kind[arg] == K.NAMED_ARG else arg)
    return ERROR


def _not_a_function(c: Checker, node: int, args: Sequence[int], name: str, what: str) -> TypeId:
    c.sink.report("QZ0206", c.span(c.lhs[node]), name=name, what=what)
    return _give_up(c, args)


def _call_decl(
    c: Checker, node: int, decl: Decl, args: list[int], want: TypeId, explicit: Sequence[int] = ()
) -> TypeId:
    if isinstance(decl, FunctionGroup):
        return call_group(c, node, decl, args, want, explicit)
    return _not_a_function(c, node, args, decl.name, describe(decl))


def _member_call(c: Checker, node: int, callee: int, args: list[int], want: TypeId) -> TypeId:
    head = c.lhs[callee]
    if c.kind[head] == K.TYPE_APPLY:
        return _static_on_type(c, node, callee, args, want)
    entry = c.decls[head]
    if c.kind[head] == K.IDENT and entry <= 0:
        decl = c.program.decls[-entry - 1] if entry < 0 else None
        if isinstance(decl, ModuleDecl) and decl.target is not None:
            member = decl.target.public(c.symbol(callee))
            if member is None:
                hint = did_you_mean(c.text(callee), [d.name for d in decl.target.names.values()])
                c.sink.report(
                    "QZ0603", c.span(callee), help=hint, name=c.text(callee), module=decl.target.name
                )
                return _give_up(c, args)
            return _call_decl(c, node, member, args, want)
        if isinstance(decl, TYPE_DECLS) or (decl is None and _is_type_name(c, head)):
            variant = find_variant_of(c, head, c.text(callee))
            if variant is not None:
                return construct(c, node, callee, variant, args, want)
            found = _static_method(c, callee)
            if found is not None:
                return call_group(c, node, found, args, want)
            return _give_up(c, args)
    receiver = c.operand(head)
    return call_method(c, node, callee, receiver, args, want)


def _is_type_name(c: Checker, node: int) -> bool:
    name = c.text(node)
    return name in NAMED_TYPES or name == "Vec"


def _type_named(c: Checker, node: int) -> TypeId:
    """The type an IDENT in front of `.new` or `::new` names; for `Vec` one with an open element."""
    entry = c.decls[node]
    if entry < 0:
        decl = c.program.decls[-entry - 1]
        if isinstance(decl, AliasDecl):
            return TypeSyntax(c.program, decl.module, {}).alias(decl)
        if isinstance(decl, EnumDecl):
            return instance(c, decl)
        return decl.type if isinstance(decl, StructDecl) else ERROR
    name = c.text(node)
    if name == "Vec":
        return c.infer.make(TypeKind.VEC, (c.infer.fresh(),))
    return NAMED_TYPES.get(name, ERROR)


def _static_on_type(c: Checker, node: int, callee: int, args: list[int], want: TypeId) -> TypeId:
    """`Vec<Int>.new()`: the type's arguments are given, so the result has that type."""
    head = c.lhs[callee]
    named, type_args = c.lhs[head], c.list(c.rhs[head])
    if c.kind[named] == K.IDENT and c.text(named) == "Vec" and len(type_args) == 1:
        element = c.annotation(type_args[0])
        if element == ERROR:
            return _give_up(c, args)
        want = c.program.types.vec(element)
        group = c.program.method(want, c.symbol(callee))
        if group is not None:
            return call_group(c, node, group, args, want)
        c.sink.report("QZ0304", c.span(callee), type=c.show(want), name=c.text(callee))
        return _give_up(c, args)
    c.program.report_unsupported(c.span(head), "generic types are")
    return _give_up(c, args)


def _static_method(c: Checker, callee: int) -> FunctionGroup | None:
    """The methods of that name of a type named by IDENT; reported where there is none."""
    owner = _type_named(c, c.lhs[callee])
    if owner == ERROR:
        return None
    table_type = owner_in_table(c, owner)
    group = c.program.method(table_type, c.symbol(callee))
    enum = enum_of(c, owner)
    if group is None and enum is not None:
        report_unknown_variant(c, callee, enum)
    elif group is None:
        hint = did_you_mean(c.text(callee), c.program.methods_of(table_type))
        c.sink.report("QZ0304", c.span(callee), help=hint, type=c.show(owner), name=c.text(callee))
    return group


def call_method(
    c: Checker, node: int, callee: int, receiver: TypeId, args: list[int], want: TypeId
) -> TypeId:
    """`receiver.f(args)`, the receiver checked already; ``callee`` is the FIELD node."""
    receiver = c.resolved(receiver)
    if receiver in (ERROR, NEVER):
        return _give_up(c, args)
    kind = c.infer.kind(receiver)
    symbol = c.symbol(callee)
    name = c.text(callee)
    if kind is TypeKind.VARIABLE:
        c.sink.report("QZ0404", c.extent(c.lhs[callee]), what="this")
        return _give_up(c, args)
    table_type = owner_in_table(c, receiver)
    group = c.program.method(table_type, symbol)
    head = c.lhs[callee]
    if group is not None and _has_self(c, group):
        return call_group(c, node, group, [head, *args], want, checked=receiver)
    free = c.body.module.lookup(symbol)
    if isinstance(free, FunctionGroup) and free.functions[0].abi != "C":
        function = _select(c, free, len(args) + 1)
        if function is not None and _takes(c, function, receiver):
            return call_group(c, node, free, [head, *args], want, checked=receiver)
    if isinstance(free, Ambiguity):
        notes = [Note(d.span, f"from module `{d.module.name}`") for d in (free.first, free.second)]
        c.sink.report("QZ0602", c.span(callee), notes=notes, name=name)
        return _give_up(c, args)
    fields = _field_names(c, receiver)
    hint = did_you_mean(name, [*c.program.methods_of(table_type), *fields])
    notes: list[Note] = []
    if c.kind[head] == K.IDENT and c.body.module.import_named(c.text(head)) is not None:
        notes.append(
            Note(None, f"`{c.text(head)}` is a local here; `{c.text(head)}::{name}` means the module")
        )
    code = "QZ0303" if node == callee and fields else "QZ0304"
    c.sink.report(code, c.span(callee), notes=notes, help=hint, type=c.show(receiver), name=name)
    return _give_up(c, args)


def owner_in_table(c: Checker, type_id: TypeId) -> TypeId:
    """A type of the table with the same methods: arguments that are still open do not matter."""
    if type_id >= 0:
        return type_id
    enum = enum_of(c, type_id)
    return enum.type if enum is not None else c.program.types.vec(NEVER)


def _has_self(c: Checker, group: FunctionGroup) -> bool:
    return any(c.program.queries.signature(f).has_self for f in group.functions)


def _field_names(c: Checker, type_id: TypeId) -> list[str]:
    if c.infer.kind(type_id) is not TypeKind.STRUCT:
        return []
    decl = c.program.decls[c.infer.args(type_id)[0]]
    return list(c.program.queries.fields(decl)) if isinstance(decl, StructDecl) else []


def _takes(c: Checker, function: FunctionDecl, receiver: TypeId) -> bool:
    """Whether a free function's first parameter accepts the receiver (constructors are compared, not
    filled in)."""
    signature = c.program.queries.signature(function)
    if not signature.params:
        return False
    first = signature.params[0].type
    if first in signature.type_params:
        return True
    if c.infer.kind(first) is TypeKind.VEC:
        return c.infer.kind(receiver) is TypeKind.VEC
    return c.infer.accepts(first, receiver)


def _select(c: Checker, group: FunctionGroup, n_args: int) -> FunctionDecl | None:
    """The overload for that many arguments; an exact arity is nearer than one filled up with defaults."""
    fitting: FunctionDecl | None = None
    for function in group.functions:
        signature = c.program.queries.signature(function)
        n = len(signature.params)
        if n == n_args:
            return function
        if signature.n_required <= n_args and (n_args <= n or signature.variadic):
            fitting = fitting or function
    return fitting


def call_group(
    c: Checker,
    node: int,
    group: FunctionGroup,
    args: list[int],
    want: TypeId,
    explicit: Sequence[int] = (),
    checked: TypeId = NONE,
) -> TypeId:
    """Pick the overload, place the arguments, check each. ``checked`` is the type of ``args[0]`` if it is
    known."""
    function = _select(c, group, len(args))
    if function is None:
        _report_arity(c, node, group, len(args) - (checked != NONE), checked != NONE)
        return _give_up(c, args[1:] if checked != NONE else args)
    signature = c.program.queries.signature(function)
    placed = place(c, c.lhs[node], function, signature.params, args)
    fresh = {param: c.infer.fresh() for param in signature.type_params}
    _apply_explicit(c, node, signature, fresh, explicit)
    declared = c.program.queries.result(function, c.span(node))
    result = c.infer.instantiate(declared, fresh) if fresh else declared
    if fresh and want not in (NONE, VOID) and result < 0:
        c.infer.accepts(want, result)
    for index, param in enumerate(signature.params):
        arg = placed[index] if index < len(placed) else DEFAULT_ARGUMENT
        if arg == DEFAULT_ARGUMENT:
            continue
        expected = c.infer.instantiate(param.type, fresh) if fresh else param.type
        if index == 0 and checked != NONE:
            _check_receiver(c, arg, expected, checked)
        else:
            c.value(arg, expected, _parameter_note(c, function, param, expected))
    for extra in placed[len(signature.params) :]:
        c.operand(extra)
    c.body.calls[node] = CallPlan(function, tuple(placed))
    return c.resolved(result)


def _parameter_note(c: Checker, function: FunctionDecl, param: Parameter, expected: TypeId) -> Why:
    return lambda: Note(function.span, f"`{function.name}` takes `{param.name}: {c.show(expected)}`")


def _check_receiver(c: Checker, node: int, expected: TypeId, found: TypeId) -> None:
    if not c.infer.accepts(expected, found):
        c.sink.report("QZ0400", c.extent(node), found=c.show(found), expected=c.show(expected))


def _apply_explicit(
    c: Checker, node: int, signature: Signature, fresh: dict[TypeId, TypeId], explicit: Sequence[int]
) -> None:
    """`f<T>(x)`: bind the type parameters in order."""
    if not explicit:
        return
    if len(explicit) != len(signature.type_params):
        expected = f"{len(signature.type_params)} type arguments"
        name = c.text(c.lhs[c.lhs[node]])
        c.sink.report("QZ0307", c.span(node), name=name, expected=expected, found=len(explicit))
        return
    for param, given in zip(signature.type_params, explicit, strict=True):
        c.infer.unify(fresh[param], c.annotation(given))


def _report_arity(c: Checker, node: int, group: FunctionGroup, n_args: int, method: bool) -> None:
    signatures = [c.program.queries.signature(f) for f in group.functions]
    own = 1 if method else 0
    least = min(s.n_required for s in signatures) - own
    most = max(len(s.params) for s in signatures) - own
    if any(s.variadic for s in signatures) or (n_args < least < most):
        expected = f"at least {_arguments(least)}"
    elif least == most:
        expected = _arguments(most)
    else:
        expected = f"at most {_arguments(most)}" if n_args > most else f"{least} to {_arguments(most)}"
    callee = c.lhs[node] if c.kind[node] == K.CALL else node
    name = group.functions[0].name
    notes = [Note(f.span, f"`{f.name}` is declared here") for f in group.functions]
    c.sink.report("QZ0200", c.span(callee), notes=notes, name=name, expected=expected, found=n_args)


def _arguments(n: int) -> str:
    return f"{n} argument" if n == 1 else f"{n} arguments"
