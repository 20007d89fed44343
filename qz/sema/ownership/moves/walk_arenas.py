"""Arenas in the graph of moves: who refers to what was made in one, and where that may be gone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qz.sema.body import DEFAULT_ARGUMENT, CallPlan
from qz.sema.data.parts import is_plain
from qz.sema.ownership.arenas import arena_named, is_arena
from qz.sema.ownership.moves.graph import Act
from qz.sema.ownership.moves.uses import THROUGH
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children

if TYPE_CHECKING:
    from qz.sema.ownership.moves.walk import Walk

K = NodeKind


def refers(w: Walk, local: int) -> bool:
    """Whether a local refers to what was made in an arena."""
    return any(local in made for made in w.in_arenas.values())


def arenas_of(w: Walk, node: int) -> set[int]:
    """The arenas that a value was made in, or that a reference to it has come from."""
    if not node or is_plain(w.program, w.body.types[node], or_copied=True):
        return set()
    kind = w.kind[node]
    if kind in (K.IDENT, K.SELF):
        local = w.local_of(node)
        return {arena for arena, made in w.in_arenas.items() if local in made}
    plan = w.body.calls.get(node)
    if plan is not None:
        return _of_result(w, plan)
    parts = w.body.variants[node].payload if node in w.body.variants else ()
    if parts or kind == K.TUPLE:
        parts = parts or w.tree.list(w.lhs[node])
        return {arena for part in parts for arena in arenas_of(w, part)}
    if kind in (K.FIELD, K.INDEX, K.REF, K.REF_MUT, K.TRY, K.TAP, K.BEHIND) or kind in THROUGH:
        return arenas_of(w, w.lhs[node])
    return {arena for part in w.results(node) for arena in arenas_of(w, part)}


def _of_result(w: Walk, plan: CallPlan) -> set[int]:
    signature = w.program.queries.signature(plan.function)
    if not signature.result_borrow:
        return set()
    pairs = zip(plan.args, signature.params, strict=False)
    found: set[int] = set()
    for arg in [arg for arg, param in pairs if param.borrow and arg != DEFAULT_ARGUMENT]:
        arena = arena_named(w.program, w.body, arg)
        if arena >= 0:
            found.add(w.aliases.get(arena, arena))
        elif is_arena(w.program, w.body.types[arg]):
            w.complain("QZ1213", arg)
        else:
            found |= arenas_of(w, arg)
    return found


def refer(w: Walk, local: int, arenas: set[int], node: int) -> None:
    """A local refers to what was made in some arenas from here on."""
    for arena in arenas:
        w.in_arenas.setdefault(arena, set()).add(local)
    if arenas:
        w.step(Act.BIND, local, node)


def refer_all(w: Walk, patterns: Iterable[int], arenas: set[int]) -> None:
    """The same of the names in some patterns."""
    nodes = list(patterns) if arenas else []
    for node in nodes:
        nodes += children(w.tree, node)
        local = w.body.decls[node] - 1
        if local >= 0 and not is_plain(w.program, w.body.locals[local].type, or_copied=True):
            refer(w, local, arenas, node)


def end(w: Walk, arg: int, node: int, how: str) -> None:
    """What was made in an arena may be gone, by what a function does that is given the arena."""
    arena = arena_named(w.program, w.body, arg)
    arena = w.aliases.get(arena, arena)
    if arena < 0:
        return
    w.ends[node] = how
    w.step(Act.END, arena, node)
    if w.body.locals[arena].depth < w.depth:
        why = "captured by a lambda, which may run at any time"
        w.complain("QZ1209", arg, arena, name=w.body.locals[arena].name, why=why)
