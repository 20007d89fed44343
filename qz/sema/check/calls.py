"""Calls: what the callee is.

A plain call `f(x)` calls a local that is a function, or names its function; where no function of that name
takes so many arguments, a method of x's type will do. `x.f(a)` looks, in this order, for a field that holds a
function, for a method of x's type (inherent, then from `extend`; they share one table) and for a free
function `f(x, a)`.
"""

from __future__ import annotations

from collections.abc import Sequence

from qz.diagnostics.model import Note
from qz.sema import type_kinds as tyk
from qz.sema.check import tuples
from qz.sema.check.candidates import choose
from qz.sema.check.checker import Checker
from qz.sema.check.derived_calls import call_derived
from qz.sema.check.dynamic import call_of_method, goes_through_table
from qz.sema.check.enums import construct, find_variant, find_variant_of, report_unknown_name
from qz.sema.check.function_values import call_lambda, call_value, give_up
from qz.sema.check.group_calls import call_group, call_selected, report_arity
from qz.sema.check.missing_members import report_missing_member
from qz.sema.check.receivers import find_methods
from qz.sema.check.records import field_type
from qz.sema.check.static_calls import names_type, static_call, static_on_type, type_named
from qz.sema.check.traits import could_be, follows_from_another
from qz.sema.check.type_arguments import refuse_type_arguments
from qz.sema.decl_nouns import describe
from qz.sema.decls import (
    Ambiguity,
    ConstDecl,
    Decl,
    FunctionDecl,
    FunctionGroup,
    GlobalDecl,
    ModuleDecl,
    NewtypeDecl,
    StructDecl,
)
from qz.sema.resolve.reports import report_unknown
from qz.sema.types import ERROR, NEVER, NONE, TypeId
from qz.syntax import node_numbers as nk
from qz.syntax.nodes import LAMBDAS


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
            return static_call(c, node, callee, type_named(c, c.lhs[callee]), args, want)
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
        return call_selected(c, node, function, args, want)
    if args and c.kind[c.tree.callee(node)] == nk.IDENT:
        return _call_as_method(c, node, decl, args, want)
    report_arity(c, node, decl, len(args), method=False)
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
            give_up(c, args[1:])
            return receiver
        open_type = c.infer.kind(receiver) is tyk.VARIABLE
        group = None if open_type else find_methods(c, receiver, c.symbol(callee))
        if group is not None and _has_self(c, group):
            return call_of_method(c, node, group, args, want, receiver)
    if free is None:
        report_unknown(c.program, c.body, c.token[callee])
    else:
        report_arity(c, node, free, len(args), method=False)
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
        return static_on_type(c, node, callee, args, want)
    entry = c.decls[head]
    if c.kind[head] in (nk.IDENT, nk.PATH) and entry <= 0:
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
        if names_type(c, head):
            variant = find_variant_of(c, head, c.text(callee))
            if variant is not None:
                return construct(c, node, callee, variant, args, want)
            return static_call(c, node, callee, type_named(c, head), args, want)
    receiver = c.operand(head)
    return call_method(c, node, callee, receiver, args, want)


def call_method(
    c: Checker, node: int, callee: int, receiver: TypeId, args: list[int], want: TypeId
) -> TypeId:
    """`receiver.f(args)`, the receiver checked already; ``callee`` is the FIELD node."""
    receiver = c.resolved(receiver)
    if receiver in (ERROR, NEVER):
        give_up(c, args)
        return receiver
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
        goes_through_table(c, node, callee, receiver)
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
