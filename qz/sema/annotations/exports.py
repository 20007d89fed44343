"""Whether C can be given what is exported: its types are C's, and its symbol is nobody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.sema.data.c_values import OF_C, why_not_by_value
from qz.sema.data.value_structs import is_value
from qz.sema.decls import FunctionDecl, FunctionGroup, GlobalDecl
from qz.sema.ownership.lending import Borrow
from qz.sema.program import Program
from qz.sema.types import ERROR, NEVER, VOID, TypeId
from qz.syntax.items import ItemFlag

_SYMBOL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

_C_MODULES = ("rt/libc", "rt/libm")
"""Where the runtime declares what it calls of C."""

_TAKEN = {
    "main": "a program starts there",
    **dict.fromkeys(("_start", "_init", "_fini"), "programs are started and ended by it"),
    **dict.fromkeys(("bcmp", "memcpy", "memmove", "memset"), "compiled code calls that of the C library"),
}
"""Symbols that every program has or needs, besides those that the runtime declares."""


class _Problem(NamedTuple):
    """Why something cannot be exported, and what would help."""

    why: str
    help: str = ""


def check_exports(program: Program) -> None:
    """Report whatever of the program cannot be exported as it is written."""
    first: dict[str, FunctionDecl | GlobalDecl] = {}
    for decl in program.exported:
        assert decl.linking is not None
        if isinstance(decl, FunctionDecl) and _is_further_clause(program, decl):
            continue  # which has no annotations of its own
        problem = _problem(program, decl)
        if problem is not None:
            how = "weak" if decl.linking.is_weak else "exported"
            program.sink.report(
                "QZ0340", decl.linking.span, help=problem.help, name=decl.name, how=how, why=problem.why
            )
        elif _is_free(program, decl):
            other = first.setdefault(decl.linking.symbol, decl)
            if other is not decl:
                assert other.linking is not None
                notes = [Note(other.linking.span, f"`{other.name}` has it already")]
                program.sink.report("QZ0341", decl.linking.span, notes=notes, symbol=decl.linking.symbol)


# What it is


def _problem(program: Program, decl: FunctionDecl | GlobalDecl) -> _Problem | None:
    if isinstance(decl, GlobalDecl):
        type_id = program.queries.values.global_(decl).type
        return None if _is_of_c(program, type_id) else _not_of_c(program, "it is", type_id)
    if decl.abi:
        return _Problem("it is defined elsewhere")
    if decl.owner >= 0:
        return _Problem("it is a method", "export a function that calls it")
    if not decl.module.items.flags[decl.item] & ItemFlag.HAS_BODY:
        return _Problem("it has no body")
    return _problem_of_types(program, decl)


def _problem_of_types(program: Program, function: FunctionDecl) -> _Problem | None:
    signature = program.queries.signature(function)
    if signature.structural or signature.rows:
        return _Problem("its parameters have no types of their own", "write the types of its parameters")
    if signature.variadic:
        return _Problem("it takes any number of arguments", "C's `va_list` is at home in C alone")
    if signature.type_params:
        return _Problem("it is generic", "export a function that calls it with the types that C has")
    for param in signature.params:
        if not _may_pass(program, param.type):
            return _not_passed(program, f"its parameter `{param.name}` is", param.type)
        if param.borrow is Borrow.IN_PLACE:
            return _Problem(f"it changes its parameter `{param.name}` in its place")
    if signature.result not in (VOID, NEVER) and not _may_pass(program, signature.result):
        return _not_passed(program, "it returns", signature.result)
    return None


def _may_pass(program: Program, type_id: TypeId) -> bool:
    """Whether C can give a value, or be given one, by value."""
    if is_value(program, type_id):
        return not why_not_by_value(program, type_id)
    return _is_of_c(program, type_id)


def _not_passed(program: Program, what: str, type_id: TypeId) -> _Problem:
    if is_value(program, type_id):
        return _Problem(f"{what} {why_not_by_value(program, type_id)}, which C does not have")
    return _not_of_c(program, what, type_id)


def _is_of_c(program: Program, type_id: TypeId) -> bool:
    stripped = program.queries.stripped(type_id)
    return stripped == ERROR or program.types.kinds[stripped] in OF_C


def _not_of_c(program: Program, what: str, type_id: TypeId) -> _Problem:
    shown = program.show(type_id)
    if is_value(program, type_id):
        return _Problem(
            f"{what} a `{shown}`, which has no place that C could know", "pass its fields, or a `CPtr`"
        )
    return _Problem(f"{what} a `{shown}`, which C does not have", "C has numbers, `Bool` and `CPtr`")


def _is_further_clause(program: Program, function: FunctionDecl) -> bool:
    group = function.module.names.get(program.interner.intern(function.name))
    return isinstance(group, FunctionGroup) and any(function.item in one.clauses for one in group.functions)


# Its symbol


def _is_free(program: Program, decl: FunctionDecl | GlobalDecl) -> bool:
    """Whether a symbol can be used; reported if not."""
    assert decl.linking is not None
    symbol, span = decl.linking.symbol, decl.linking.span
    if not _SYMBOL.fullmatch(symbol) or symbol.startswith("__"):
        _report_name(program, decl.name, symbol, span)
        return False
    why = _TAKEN.get(symbol)
    if why is None and any(symbol == function.symbol for function in _called_by_runtime(program)):
        why = "the runtime calls that of the C library"
    if why is not None:
        help_text = 'give it another name: `@export("name")`'
        program.sink.report("QZ0342", span, help=help_text, symbol=symbol, why=why)
    return why is None


def _report_name(program: Program, name: str, symbol: str, span: Span | None) -> None:
    help_text = 'give it a name of C: `@export("name")`' if symbol == name else ""
    program.sink.report("QZ0343", span, help=help_text, symbol=symbol)


def _called_by_runtime(program: Program) -> Iterator[FunctionDecl]:
    for name in _C_MODULES:
        module = program.loader.bundled(name)
        assert module is not None, name
        yield from (function for function in module.functions if function.abi == "C")
