"""How a value of one type becomes one of another: by itself, or by something to write, which help says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.sema import type_kinds as tyk
from qz.sema.check.loop_counts import taken_for_parts
from qz.sema.decls import FunctionGroup
from qz.sema.types import CHAR, F64, FLOATS, INT, NUMBERS, POINTER, STRING, U8, TypeId
from qz.syntax.nodes import NodeKind

if TYPE_CHECKING:
    from qz.sema.check.checker import Checker

BECOMES = frozenset({(tyk.VEC, tyk.STRUCT), (tyk.VEC, tyk.ARRAY), (tyk.POINTER, tyk.STRUCT)})
"""The kinds of what is asked for and of what is there where a slice or an array becomes a vector, and a
struct with the layout of C its address."""

CONVERTIBLE = frozenset({tyk.VEC, tyk.DYN, tyk.UNION, tyk.POINTER})
"""The kinds of types that a value may become by itself."""

_WAYS = {
    (CHAR, STRING): "`c.to_char_s()` is the text of a character",
    (INT, STRING): "`n.to_s()` is the text of a number",
    (STRING, INT): "`s.to_i()` reads a number, if the text is one",
    (INT, F64): "`n as F64` converts a number",
    (F64, INT): "`x as Int` converts a number, towards 0",
}
"""How a value of one type becomes one of another."""

_OPENED = {
    "Option": "`e!` gives what is in it, or panics; `e ?? other` has a value for `None`",
    "Result": "`e!` gives what is in it, or panics; `$try(e)` leaves the function with the error",
}
"""How the value is got at that is in something."""

_MAKERS = {"Option": ("Some",), "Result": ("Ok", "Err")}
"""What makes one of a value."""

_N_OF_GETTER = 2
"""What a function type without parameters consists of: how it lends, and its result."""

_SHOWN = frozenset(
    {
        *(tyk.F64, tyk.BOOL, tyk.VEC, tyk.ARRAY),
        *(tyk.TUPLE, tyk.STRUCT, tyk.ENUM),
    }
)
"""Kinds of values that are no text and have one."""


def calling(c: Checker, node: int) -> str:
    """How a function is called, where its name is taken for a value: `puts -1`, `puts [1]`."""
    entry = c.decls[node] if c.kind[node] == NodeKind.IDENT else 0
    is_function = entry < 0 and isinstance(c.program.decls[-entry - 1], FunctionGroup)
    return f"the arguments of a call stand in parentheses: `{c.text(node)}(…)`" if is_function else ""


def way(c: Checker, node: int, found: TypeId, want: TypeId) -> str:
    """How a value becomes what is asked for, if there is a way that is short to tell."""
    if c.kind[node] == NodeKind.NIL:
        return f"only an `Option` may lack its value: `Option<{c.show(want)}>`"
    is_function = c.infer.kind(want) is tyk.FN
    if not is_function and (opened := opening(c, found)):
        return opened
    if c.sink.suggests and (counted := taken_for_parts(c, node)):
        return counted
    makers = zip(_MAKERS.get(c.holder(want), ()), c.infer.args(want)[1:], strict=False)
    if fitting := [f"`{maker}(…)`" for maker, held in makers if c.resolved(held) == found]:
        return f"write {' or '.join(fitting)}"
    if is_function and list(map(c.resolved, c.infer.args(want)[1:])) == [found]:
        return "a function is asked for that gives such a value: `-> …`"
    if is_function and c.infer.kind(found) is tyk.FN:
        return _way_of_functions(c, found, want)
    if want == POINTER and c.infer.kind(found) is tyk.STRUCT:
        return "`@repr(C)` before a struct has it laid out as in C, which can be given its address then"
    if want in FLOATS and found == INT and c.source(node).replace("_", "").isdecimal():
        return f"write `{c.source(node)}.0`"
    if found in NUMBERS and want in NUMBERS and (found, want) not in _WAYS:
        return f"`n as {c.show(want)}` converts a number"
    if c.infer.kind(want) is tyk.NEWTYPE and c.program.queries.stripped(want) == found:
        return f"write `{c.show(want)}(…)`"
    is_text = want == STRING and c.infer.kind(found) in _SHOWN
    shown = '`"#{…}"` is the text of a value' if is_text else _way_of_elements(c, found, want)
    return _WAYS.get((found, want), shown)


def _way_of_functions(c: Checker, found: TypeId, want: TypeId) -> str:
    """How a function is made of one that takes or gives something else."""
    (given, *parts), (asked, *wants) = c.infer.args(found), c.infer.args(want)
    is_same = list(map(c.resolved, parts)) == list(map(c.resolved, wants))
    if is_same and given != asked:
        return "what it is lent must agree: write `&` in the same places"
    if len(parts) != len(wants):
        return ""
    *pairs, (gives, wanted) = zip(parts, wants, strict=True)
    becomes = all(_becomes(c, argument, taken) for taken, argument in pairs) and _becomes(c, gives, wanted)
    return "a function stays what it is: write a lambda that calls it" if becomes else ""


def _becomes(c: Checker, found: TypeId, want: TypeId) -> bool:
    """Whether a value may become what is asked for, or is it."""
    is_same = c.resolved(found) == c.resolved(want) or c.infer.kind(want) is tyk.VARIABLE
    return is_same or c.infer.kind(want) in CONVERTIBLE


def _way_of_elements(c: Checker, found: TypeId, want: TypeId) -> str:
    """How a vector is made of what has other elements, each of which may become one of the other kind; or a
    slice of a vector."""
    if c.infer.kind(found) is tyk.VEC and _is_named(c, want, "Slice"):
        return "`v[..]` is a slice of all elements of a vector"
    if c.infer.kind(want) is not tyk.VEC:
        return ""
    element = c.resolved(c.infer.args(want)[0])
    if found == STRING and element == U8:
        return "`text.bytes()` are the bytes of a text"
    if c.infer.kind(found) is tyk.VEC and c.infer.kind(element) in (tyk.DYN, tyk.UNION):
        return f"`v.map(x -> x)` has each element become `{c.show(element)}`"
    return ""


def opening(c: Checker, type_id: TypeId) -> str:
    """How to get at the value of what may be missing or have failed, or of a function that needs nothing;
    empty for any other."""
    if c.infer.kind(type_id) is tyk.FN and len(c.infer.args(type_id)) == _N_OF_GETTER:
        return "`f()` is what a function gives; its name alone is the function"
    if _is_named(c, type_id, "Task"):
        return "`await t` waits for what a task gives"
    return _OPENED.get(c.holder(type_id), "")


def copying(c: Checker, node: int) -> str:
    """Help where a method changes its value, and another, as `sorted` to `sort`, gives a changed copy."""
    plan = c.body.calls.get(node)
    if plan is None or plan.function.owner < 0:
        return ""
    verb, *rest = plan.function.name.split("_")
    participle = "_".join([verb.removesuffix("e") + "ed", *rest])
    for other in plan.function.module.functions:
        if other.name == participle and other.owner >= 0:
            return f"`{plan.function.name}` changes it in place; `{participle}` gives a changed copy"
    return ""


def _is_named(c: Checker, type_id: TypeId, name: str) -> bool:
    """Whether a type is the library's struct of that name; help does not load a module to tell."""
    if c.infer.kind(type_id) is not tyk.STRUCT:
        return False
    decl = c.program.decls[c.infer.args(type_id)[0]]
    return decl.name == name and not decl.module.is_own
