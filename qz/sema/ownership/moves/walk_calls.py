"""Calls in the graph of moves: what a function takes over of what it is given, and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qz.sema.body import DEFAULT_ARGUMENT, CallPlan
from qz.sema.decls import DerivedDecl
from qz.sema.ownership.arenas import is_arena
from qz.sema.ownership.lending import Borrow, param_borrow
from qz.sema.ownership.moves import walk_arenas
from qz.sema.ownership.moves.graph import Block
from qz.sema.ownership.moves.uses import LOOK, STORED, Given, Kept, Use, put_away
from qz.sema.types import TypeKind
from qz.syntax.nodes import NodeKind

if TYPE_CHECKING:
    from qz.sema.ownership.moves.walk import Walk

K = NodeKind


def call(w: Walk, node: int, plan: CallPlan, use: Use) -> None:
    if w.body.goes_on_appending(node):
        w.value(w.lhs[node], LOOK)
    for arg in plan.rest or ():
        w.value(arg, STORED)
    args = plan.args if plan.rest is None else plan.args[:-1]
    before: Block | None = None
    for position, arg in enumerate(args):
        use_of_it = use_of_argument(w, plan, position)
        if arg != DEFAULT_ARGUMENT:
            w.value(arg, use_of_it)
        elif not w.is_taken(use_of_it):
            _lose_default(w, node, plan, position)
        if not position and _is_optional(w, node):
            before = w.block
            w.block = w.branch()
    if before is not None:
        w.join([before, w.block])
    _end_arenas(w, node, plan)
    if w.owners_of_result(plan) is None:
        w.made(node, use)
    elif w.is_owned(w.body.types[node]) and w.is_taken(use):
        w.complain("QZ1209", node, name=w.text(node), why="only lent")


def _lose_default(w: Walk, node: int, plan: CallPlan, position: int) -> None:
    """What a default value makes for a function that only looks at it is nobody's."""
    params = w.program.queries.signature(plan.function).params
    if position < len(params):
        why = f"`{plan.function.name}` only looks at what it has for `{params[position].name}`"
        w.lose(node, params[position].type, why)


def _end_arenas(w: Walk, node: int, plan: CallPlan) -> None:
    """Who is not known to look only at an arena may reset it."""
    function = plan.function
    params = w.program.queries.signature(function).params
    for position, arg in enumerate(plan.args):
        if arg == DEFAULT_ARGUMENT or not is_arena(w.program, w.body.types[arg]):
            continue
        borrow = params[position].borrow if position < len(params) else Borrow.NONE
        looks = w.program.queries.reading.looked_at
        if borrow is Borrow.SHARED or (not function.abi and position in looks(function)):
            continue
        walk_arenas.end(w, arg, node, f"`{function.name}` may end what was made in the arena")


def _is_optional(w: Walk, node: int) -> bool:
    """Whether nothing but the receiver is evaluated where that is nothing: `e?.f(a)`."""
    return K.OPT_FIELD in (w.kind[node], w.kind[w.lhs[node]])


def use_of_argument(w: Walk, plan: CallPlan, position: int) -> Use:
    function = plan.function
    params = w.program.queries.signature(function).params
    is_lent = position < len(params) and params[position].borrow is not Borrow.NONE
    if is_lent or isinstance(function, DerivedDecl) or function.abi == "C":
        return LOOK
    if function.abi:
        is_kept = position in put_away(w.program, function)
    elif plan.slot >= 0:
        is_kept = position > 0
    else:
        return Given(function, position)
    return Kept(f"given to `{function.name}` here") if is_kept else LOOK


def _unknown_call(w: Walk, node: int, use: Use) -> None:
    """A call of a value, or of a variant."""
    variant = w.body.variants.get(node)
    if variant is not None and w.owners(node) is not None:
        w.each(variant.payload, LOOK)
        return
    if variant is not None:
        w.each(variant.payload, STORED)
    else:
        function = w.lhs[node]
        w.value(function, LOOK)
        types = w.program.types
        type_id = w.body.types[function]
        lent = types.args[type_id][0] if types.kinds[type_id] is TypeKind.FN else 0
        for position, arg in enumerate(w.tree.list(w.rhs[node])):
            w.value(arg, LOOK if param_borrow(lent, position) else Kept("given to a function here"))
    w.made(node, use)


RULES: dict[int, Callable[[Walk, int, Use], None]] = {K.CALL: _unknown_call}
