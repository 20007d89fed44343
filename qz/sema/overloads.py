"""Functions of one name: overloads by how many parameters they have, clauses, or one too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.diagnostics.model import Note
from qz.sema import clauses
from qz.sema.decls import Decl, FunctionDecl, FunctionGroup, ImplDecl
from qz.sema.types import ERROR

if TYPE_CHECKING:
    from qz.sema.program import Program


def join(program: Program, group: FunctionGroup, function: FunctionDecl) -> None:
    """Put an overload into its group and give it a symbol.

    The same arity again is a clause of the first one or an error.
    """
    items = function.module.items
    n_params = items.n_params[function.item]
    for other in group.functions:
        same_arity = other.module.items.n_params[other.item] == n_params
        if same_arity and _same_place(program, other, function):
            if clauses.joins(program, other, function):
                clauses.add(program, other, function)
                return
            report_duplicate(program, other, function)
            return
    abi = items.abi[function.item]
    function.abi = abi
    prefix = group.name if function.owner >= 0 else f"{function.module.name}${function.name}"
    overload = f".{n_params}" if group.functions else ""
    function.symbol = function.name if abi == "C" else program.unique_symbol(prefix + overload)
    group.functions.append(function)


def _same_place(program: Program, a: FunctionDecl, b: FunctionDecl) -> bool:
    """Whether two functions of one name and arity are in each other's way: they are for the same type and
    neither belongs to a trait."""
    first, second = a.module.owners.get(a.owner), b.module.owners.get(b.owner)
    if not isinstance(first, ImplDecl) or not isinstance(second, ImplDecl):
        return first is second
    both = first.extends == second.extends and first.trait == second.trait
    same_type = first.self_type == second.self_type
    return both and (
        first is second
        or same_type
        or (first.trait > ERROR and program.types.overlap(first.self_type, second.self_type, {}))
        or _differ_in_names_only(program, first, second)
    )


def _differ_in_names_only(program: Program, first: ImplDecl, second: ImplDecl) -> bool:
    """Whether two headers say the same of their type parameters, whatever those are called."""
    if first.bounds or second.bounds or len(first.type_params) != len(second.type_params):
        return False
    renamed = dict(zip(first.type_params, second.type_params, strict=True))
    return program.types.substitute(first.self_type, renamed) == second.self_type


def report_duplicate(program: Program, first: Decl, second: Decl) -> None:
    """A name that has a meaning already is declared again."""
    how = "first declared"
    if first.module.is_own and not second.module.is_own:  # the library was there, and read later
        first, second, how = second, first, "declared"
    note = Note(first.span, f"`{first.name}` is {how} here")
    program.sink.report("QZ0305", second.span, notes=[note], name=second.name)
