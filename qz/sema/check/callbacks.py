"""Functions and addresses: what C calls is an address and nothing else, so no closure will do for it; and
what is at an address of C's can be called as a type of functions says."""

from __future__ import annotations

from collections.abc import Sequence

from qz.diagnostics.model import Note
from qz.sema.check.checker import Checker, Why
from qz.sema.data.c_values import check_called, why_not_by_value
from qz.sema.data.value_structs import is_value
from qz.sema.decls import FunctionDecl, FunctionGroup
from qz.sema.types import BOOL, ERROR, NUMBERS, POINTER, VOID, TypeId, TypeKind, lends_places
from qz.syntax.nodes import LAMBDAS, NodeKind

K = NodeKind

_FOR_C = frozenset({*NUMBERS, BOOL, POINTER, VOID, ERROR})
"""The types that C has too."""


def callback(c: Checker, node: int, expected: TypeId, why: Why) -> bool:
    """Check an argument of a C function that C is to call; False where it is none of that kind.

    A parameter of type `Fn(…)` takes nothing else. One of type `CPtr` takes a function as well; then its own
    types say what C must call it with.
    """
    asks = c.infer.kind(expected) is TypeKind.FN
    named = _named(c, node)
    if not asks and (expected != POINTER or not (named or c.kind[node] in LAMBDAS)):
        return False
    asks = asks and not _is_declared_as(c, named, expected)
    found = c.value(node, expected, why) if asks else c.expr(node)
    if found != ERROR and c.infer.kind(found) is TypeKind.FN and _is_plain(c, node):
        c.body.callbacks.add(node)
        c.later.append(lambda: _require_c_types(c, node, found))
    return True


def at_address(c: Checker, node: int, function: TypeId) -> None:
    """`address as Fn(…)`: what is there is called by C's rules, as the type says."""
    c.body.at_addresses.add(node)
    check_called(c.program, function, c.extent(node))


def _named(c: Checker, node: int) -> Sequence[FunctionDecl]:
    """The functions of the name that an argument is."""
    entry = c.decls[node]
    if c.kind[node] not in (K.IDENT, K.PATH) or entry >= 0:
        return ()
    group = c.program.decls[-entry - 1]
    return group.functions if isinstance(group, FunctionGroup) else ()


def _is_declared_as(c: Checker, named: Sequence[FunctionDecl], expected: TypeId) -> bool:
    """Whether a C function has just the types that are expected; Quartz widens some integers."""
    if len(named) != 1 or named[0].abi != "C":
        return False
    signature = c.program.queries.signature(named[0])
    return c.infer.args(expected)[1:] == (*signature.c_params, signature.c_result)


def _is_plain(c: Checker, node: int) -> bool:
    """Whether a function needs nothing but its code; reported where it does."""
    if c.kind[node] in LAMBDAS:
        captures = c.body.lambdas[node].captures
        if not captures:
            return True
        first = c.body.locals[next(iter(captures))]
        span = c.body.module.tokens.span(first.token)
        notes = [Note(span, f"`{first.name}` is bound here, outside of the lambda")]
        help_text = "give it to C as an argument, if C hands one on, or keep it in a global"
        what = f"a lambda that captures `{first.name}`"
        c.sink.report("QZ0210", c.span(node), notes=notes, help=help_text, what=what)
        return False
    if node in c.body.functions:
        return True
    help_text = "name the function, or write a lambda that captures nothing, where it is given"
    c.sink.report("QZ0210", c.extent(node), help=help_text, what="a function value, which may be a closure,")
    return False


def _require_c_types(c: Checker, node: int, function: TypeId) -> None:
    if lends_places(c.program.types, c.program.queries.stripped(c.infer.finish(function))):
        c.sink.report("QZ0210", c.extent(node), what="a function that changes its parameter in its place")
        return
    for part in c.infer.args(function)[1:]:
        part = c.program.queries.stripped(c.resolved(part))
        by_value = is_value(c.program, part) and not why_not_by_value(c.program, part)
        if part >= 0 and part not in _FOR_C and not by_value:
            what = f"a function with a `{c.show(part)}`"
            c.sink.report("QZ0210", c.extent(node), what=what)
            return
