"""`Option` and `Result`: `e!`, `e?`, `a ?? b`, `a ??= b`, `e?.name`.

The two are ordinary enums, found by their declarations in the prelude; what they hold is their first type
argument, and an `Err` holds the second.
"""

from __future__ import annotations

from typing import NamedTuple

from qz.sema.check.calls import call_method
from qz.sema.check.checker import Checker
from qz.sema.check.enums import enum_of
from qz.sema.check.function_values import give_up
from qz.sema.check.records import field_type
from qz.sema.check.tuples import element, index_of
from qz.sema.decls import EnumDecl, VariantDecl
from qz.sema.types import ERROR, NEVER, NONE, VOID, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

K = NodeKind


class Fallible(NamedTuple):
    """An `Option` or `Result`: its declaration and what it holds where there is something."""

    enum: EnumDecl
    held: TypeId

    @property
    def is_option(self) -> bool:
        return self.enum.name == "Option"


def fallible(c: Checker, type_id: TypeId) -> Fallible | None:
    """A type as one of the two; None for any other."""
    enum = enum_of(c, type_id)
    if enum is None or enum.name not in ("Option", "Result"):
        return None
    prelude = c.body.module.prelude
    if prelude is None or prelude.everywhere(c.program.interner.intern(enum.name)) is not enum:
        return None
    return Fallible(enum, c.infer.args(type_id)[1])


def _opened(c: Checker, node: int, operand: int, *, options_only: bool) -> Fallible | None:
    """The operand as an `Option` or `Result`; None where it is neither, which is reported."""
    found = c.resolved(c.operand(operand))
    if found in (ERROR, NEVER):
        return None
    if c.infer.kind(found) is TypeKind.VARIABLE:
        c.sink.report("QZ0404", c.extent(operand), what="this")
        return None
    one = fallible(c, found)
    if one is not None and (one.is_option or not options_only):
        return one
    known = "an `Option`" if options_only else "an `Option` or a `Result`"
    help_text = f"`{c.text(node)}` is for {known}"
    if one is not None:
        help_text += _OF_RESULTS[_sign(c, node)]
    c.sink.report("QZ0402", c.span(node), help=help_text, operator=_sign(c, node), types=f"`{c.show(found)}`")
    return None


_OF_RESULTS = {
    "?.": "; `$try(e).name` leaves the function with the error",
    "??": "; `e.unwrap_or(other)` has a value for an `Err`",
}
"""What a `Result` has instead."""


def _sign(c: Checker, node: int) -> str:
    return "?." if c.kind[node] == K.OPT_VALUE else c.text(node)


def unwrap(c: Checker, node: int, want: TypeId) -> TypeId:
    """`e!`: what it holds; a panic where it holds nothing."""
    one = _opened(c, node, c.lhs[node], options_only=False)
    return ERROR if one is None else c.resolved(one.held)


def try_(c: Checker, node: int, want: TypeId) -> TypeId:
    """`e?`: what it holds; where it holds nothing, the function returns that."""
    one = _opened(c, node, c.lhs[node], options_only=False)
    if one is None:
        return ERROR
    c.returns_value = True
    failure = c.infer.args(c.types[c.lhs[node]])[2:]
    result = c.resolved(c.result)
    returned = c.infer.make(
        TypeKind.ENUM, (one.enum.id, c.infer.fresh(), *_as_returned(c, node, one, failure, result))
    )
    if result != ERROR and (result in (VOID, NONE, NEVER) or not c.infer.unify(result, returned)):
        _report_result(c, node, one, failure)
    return c.resolved(one.held)


def _as_returned(
    c: Checker, node: int, one: Fallible, failure: tuple[TypeId, ...], result: TypeId
) -> tuple[TypeId, ...]:
    """The type of the error that a `?` returns: what it becomes by itself where the function gives that,
    which is noted for the node's negative."""
    if one.is_option or c.infer.kind(result) is not TypeKind.ENUM or c.infer.args(result)[0] != one.enum.id:
        return failure
    asked = c.resolved(c.infer.args(result)[2])
    becomes = c.infer.kind(asked) in (TypeKind.UNION, TypeKind.DYN)
    return (asked,) if becomes and c.fits(-node, asked, c.resolved(failure[0])) else failure


def _report_result(c: Checker, node: int, one: Fallible, failure: tuple[TypeId, ...]) -> None:
    """Report a `?` whose failure the function cannot return."""
    returned = "None" if one.is_option else f"Err({c.show(failure[0])})"
    notes = () if c.result_note is None else (c.result_note(),)
    shown = "Option<…>" if one.is_option else f"Result<…, {c.show(failure[0])}>"
    function = c.returns_from or "this"
    found = "nothing" if c.result in (VOID, NONE) else f"`{c.show(c.result)}`"
    help_text = f"let it return `{shown}`, or open the value with `!`"
    returns = c.holder(c.result)
    if returns == "Result" and not one.is_option:
        help_text = f"`e.map_err(f)?` makes the error that `{function}` returns; or let it return `{shown}`"
    if returns and (returns == "Option") != one.is_option:
        way = "ok_or(why)" if one.is_option else "ok()"
        help_text = f"`e.{way}?` returns what `{function}` does; or open the value with `!`"
    elif function == "main":
        help_text = "`main` hands nothing on: look at it with `match`, or open the value with `!`"
    c.sink.report(
        "QZ0413", c.span(node), notes=notes, help=help_text, failure=returned, function=function, found=found
    )


def coalesce(c: Checker, node: int, want: TypeId) -> TypeId:
    """`a ?? b`: what `a` holds, else `b`; an `Option` where `b` is one as well. Both become what is asked
    for; of what `a` holds that is noted for the node's negative."""
    one = _opened(c, node, c.lhs[node], options_only=True)
    if one is None:
        c.operand(c.rhs[node])
        return ERROR
    option, want = c.resolved(c.types[c.lhs[node]]), c.resolved(want)
    if c.infer.kind(want) in (TypeKind.UNION, TypeKind.DYN) and c.fits(-node, want, one.held):
        return c.value(c.rhs[node], want)
    found = _other(c, c.rhs[node], one.held, option)
    return found if found == ERROR else c.resolved(option if found == option else one.held)


def _other(c: Checker, node: int, held: TypeId, option: TypeId) -> TypeId:
    """The type of what stands in for nothing: that of what the option holds, or the option's own."""
    if c.holder(held) != "Option" and _writes(c, node, option):
        found = c.operand(node, option)
        return option if found != ERROR and c.fits(node, option, found) else ERROR
    found = c.operand(node, held)
    if found in (ERROR, NEVER) or c.fits(node, held, found):
        return ERROR if found == ERROR else held
    if c.infer.kind(found) is TypeKind.ENUM and c.infer.accepts(option, found):
        return option
    c.sink.report("QZ0400", c.extent(node), found=c.show(found), expected=c.show(held))
    return ERROR


def _writes(c: Checker, node: int, option: TypeId) -> bool:
    """Whether an expression is a variant of the option itself: `Some(…)`, `None`."""
    callee = c.tree.callee(node) if c.kind[node] == K.CALL else node
    entry = c.decls[callee] if c.kind[callee] in (K.IDENT, K.PATH) else 0
    decl = c.program.decls[-entry - 1] if entry < 0 else None
    return isinstance(decl, VariantDecl) and decl.enum.id == c.infer.args(option)[0]


def coalesce_assign(c: Checker, node: int, target: TypeId) -> None:
    """`a ??= b`: `b` is stored where `a` holds nothing."""
    one = fallible(c, target)
    if one is None or not one.is_option:
        c.operand(c.rhs[node])
        if c.resolved(target) != ERROR:
            help_text = "`??=` is for an `Option`"
            types = f"`{c.show(target)}`"
            c.sink.report("QZ0402", c.span(node), help=help_text, operator="??=", types=types)
        return
    _other(c, c.rhs[node], one.held, c.resolved(target))


# Optional chaining


def held_value(c: Checker, node: int, want: TypeId) -> TypeId:
    """What the object in front of a `?.` holds."""
    one = _opened(c, node, c.lhs[node], options_only=True)
    return ERROR if one is None else c.resolved(one.held)


def optional_field(c: Checker, node: int, want: TypeId) -> TypeId:
    """`e?.name`: a field, an element, else a method without arguments, of what `e` holds; `e?.f(a)` too."""
    if c.kind[node] == K.CALL:
        return _optional_call(c, node, c.tree.callee(node), c.list(c.rhs[node]))
    holder = c.operand(c.lhs[node])
    found = field_type(c, holder, c.text(node))
    if found is None and c.infer.kind(holder) is TypeKind.TUPLE and index_of(c.text(node)) >= 0:
        found = element(c, node, holder)
    if found is None:
        found = call_method(c, node, node, holder, [], NONE)
    return _as_option(c, node, found)


def _optional_call(c: Checker, node: int, callee: int, args: list[int]) -> TypeId:
    """`e?.f(a)`: the arguments are computed only where there is something to call it on."""
    holder = c.operand(c.lhs[callee])
    if holder == ERROR:
        return give_up(c, args)
    return _as_option(c, node, call_method(c, node, callee, holder, args, NONE))


def _as_option(c: Checker, node: int, found: TypeId) -> TypeId:
    """The type of a link of a chain: an `Option` of what the member gives, which may be one already."""
    found = c.resolved(found)
    if found in (ERROR, VOID, NEVER):
        c.body.optional[node] = found
        return VOID if found == NEVER else found
    c.body.optional[node] = found
    one = fallible(c, found)
    if one is not None and one.is_option:
        return found
    option = enum_of(c, c.types[_object(c, node)])
    assert option is not None
    return c.infer.make(TypeKind.ENUM, (option.id, found))


def _object(c: Checker, node: int) -> int:
    """What stands in front of the `?.` of a link."""
    link = c.tree.callee(node) if c.kind[node] == K.CALL else node
    return c.lhs[c.lhs[link]]
