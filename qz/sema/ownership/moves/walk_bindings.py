"""Bindings, assignments and lambdas in the graph of moves: who owns what from here on, who only looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qz.sema.ownership.moves import walk_arenas, walk_control
from qz.sema.ownership.moves.graph import Act, Scope
from qz.sema.ownership.moves.uses import BOUND, LOOK, STORED, Kept, Use
from qz.sema.type_syntax.references import strip
from qz.sema.types import TypeId
from qz.syntax.nodes import LAMBDAS, NodeKind
from qz.syntax.shapes import children

if TYPE_CHECKING:
    from qz.sema.ownership.moves.walk import Walk

K = NodeKind


def bind(w: Walk, local: int, value: int, node: int) -> None:
    """`x = e`."""
    if not w.is_owned(w.body.locals[local].type):
        w.value(value, BOUND)
        walk_arenas.refer(w, local, walk_arenas.arenas_of(w, value), node)
        if w.kind[value] in LAMBDAS:
            _bind_lambda(w, local, value)
        return
    owners = w.owners(value)
    if owners is None:
        w.value(value, BOUND)
        w.own(local, node)
    else:
        w.value(value, LOOK)
        w.lent[local] = owners


def _bind_lambda(w: Walk, local: int, value: int) -> None:
    """Who calls it looks at what it captures."""
    found = w.body.lambdas[value]
    captured = found.captures if not found.is_kept else ()  # which is reported
    owners = [owner for one in captured if one != local for owner in w.owners_of(one)]
    if owners:
        w.lent[local] = tuple(owners)


def _lambda(w: Walk, node: int, use: Use) -> None:
    """It looks at what it captures, whenever it runs; one that is kept may run too late."""
    found = w.body.lambdas[node]
    for local in found.captures:
        if local != found.name and not found.is_kept:
            for owner in w.owners_of(local):
                w.step(Act.LOOK, owner, node)
    outside, base = w.block, w.base
    w.block = w.branch()
    w.base = len(w.scopes)
    w.depth += 1
    w.scopes.append(Scope())
    for local in found.params:
        if w.is_owned(w.body.locals[local].type):
            w.own(local, node)
    w.value(w.rhs[node], w.result_use(_lambda_result(w, node)))
    walk_control.leave(w, w.base, w.rhs[node])
    w.scopes.pop()
    w.depth -= 1
    w.base = base
    w.block = outside
    w.block = w.branch()
    for local in found.captures if found.is_kept else ():
        if w.is_owned(w.body.locals[local].type):
            _capture_for_good(w, node, local)


def _capture_for_good(w: Walk, node: int, local: int) -> None:
    """A lambda that is kept takes over what it captures, if that may be: it may never run."""
    spec = w.body.locals[local]
    if w.is_linear(spec.type) or local in w.lent or spec.mutable or spec.depth < w.depth:
        why = "captured by a lambda that may outlive it"
        w.complain("QZ1209", node, local, name=spec.name, why=why)
    else:
        w.give(local, node, Kept("captured by a lambda that may outlive this"))


def _lambda_result(w: Walk, node: int) -> TypeId:
    return w.program.types.args[w.body.types[node]][-1]


def _binding(w: Walk, node: int, use: Use) -> None:
    """`var x = e`, `x: T = e`, `x = e`."""
    local = w.body.decls[node] - 1
    if local >= 0:
        bind(w, local, w.rhs[node], node)
        written = w.lhs[node] if w.kind[node] != K.ASSIGN else 0
        if written and strip(w.arena, written)[1] and local not in w.lent:
            w.lose(w.rhs[node], w.body.types[w.rhs[node]], "it is only lent")
        return
    target = w.lhs[node]
    if w.kind[target] == K.IDENT and w.body.decls[target] > 0:
        _assign_local(w, node, target)
        return
    w.each(children(w.tree, target), LOOK)
    w.value(w.rhs[node], STORED)
    w.lose(target, w.body.types[target], "this replaces the one that is there")


def _assign_local(w: Walk, node: int, target: int) -> None:
    local = w.local_of(target)
    if not w.is_owned(w.body.locals[local].type):
        w.value(w.rhs[node], STORED)
        walk_arenas.refer(w, local, walk_arenas.arenas_of(w, w.rhs[node]), node)
        return
    owners = w.owners(w.rhs[node])
    w.value(w.rhs[node], BOUND if owners is None else LOOK)
    name = w.body.locals[local].name
    if w.body.locals[local].depth < w.depth:
        why = "captured by a lambda, which may run at any time"
        w.complain("QZ1209", target, local, name=name, why=why)
    elif (owners is None) == (local in w.lent):
        why = "lent at one time and owned at another"
        w.complain("QZ1209", w.rhs[node], local, name=name, why=why)
    elif owners is None:
        w.ends[target] = "the arena is replaced here"
        w.step(Act.ASSIGN, local, target)
    else:
        w.lent[local] = (*w.lent[local], *owners)


def _update(w: Walk, node: int, use: Use) -> None:
    """`a += b`; of `a ??= b` the right side is only for where there is nothing."""
    w.value(w.lhs[node], LOOK)
    if w.is_owned(w.body.types[w.rhs[node]]):
        walk_control.maybe(w, w.rhs[node], STORED)
    else:
        w.value(w.rhs[node], LOOK)


def _with(w: Walk, node: int, use: Use) -> None:
    """`x.with { f: e }`: what was there becomes the new value."""
    is_linear = w.is_linear(w.body.types[node])
    is_name = w.kind[w.lhs[node]] in (K.IDENT, K.SELF)  # the parts may look at it
    whole = Kept("changed into another value here") if is_linear else LOOK
    if not is_name:
        w.value(w.lhs[node], whole)
    for part in w.tree.list(w.rhs[node]):
        value = w.lhs[part]
        w.value(value, STORED)
        w.lose(part, w.body.types[value], "this replaces what was there")
    if is_name:
        w.value(w.lhs[node], whole)
    w.made(node, use)


RULES: dict[int, Callable[[Walk, int, Use], None]] = {
    K.VAR: _binding,
    K.LET: _binding,
    K.ASSIGN: _binding,
    K.ASSIGN_OP: _update,
    K.WITH: _with,
    **dict.fromkeys(LAMBDAS, _lambda),
}
