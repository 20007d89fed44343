"""Which function of a name a call means: by how many arguments there are, then by what has the method."""

from __future__ import annotations

from qz.sema.check.checker import Checker
from qz.sema.check.traits import could_be
from qz.sema.decls import FunctionDecl, FunctionGroup
from qz.sema.methods import rank
from qz.sema.types import NONE, TypeId


def choose(c: Checker, group: FunctionGroup, n_args: int, receiver: TypeId = NONE) -> FunctionDecl | None:
    """The overload for that many arguments; an exact arity is nearer than one filled up with defaults.

    Of several methods with that arity, those count whose `impl` is for the receiver's type, and of these the
    nearest: inherent, then from a trait, then from `extend`.
    """
    functions = group.functions
    if len(functions) == 1 and c.program.queries.signature(functions[0]).arity == n_args:
        return functions[0]
    exact: list[FunctionDecl] = []
    fitting: list[FunctionDecl] = []
    for function in functions:
        signature = c.program.queries.signature(function)
        if signature.arity == n_args:
            exact.append(function)
        elif signature.n_required <= n_args and (
            n_args <= signature.arity or signature.variadic or signature.arity < 0
        ):
            fitting.append(function)
    found = exact or fitting
    if len(found) > 1 and receiver != NONE:
        meant = [f for f in found if _is_for(c, f, receiver)] or found
        return min(meant, key=rank)
    return found[0] if found else None


def _is_for(c: Checker, function: FunctionDecl, receiver: TypeId) -> bool:
    owner = function.module.owners.get(function.owner)
    return owner is None or could_be(c, owner.self_type, receiver)
