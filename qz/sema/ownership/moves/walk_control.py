"""Control flow in the graph of moves: branches, loops, ways out, and what scopes do where they are left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from qz.sema.body import DEFAULT_ARGUMENT
from qz.sema.ownership.moves import walk_arenas, walk_calls
from qz.sema.ownership.moves.graph import Act, Block, Scope
from qz.sema.ownership.moves.uses import LOOK, RETURNED, STORED, UNUSED, Kept, Use
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children

if TYPE_CHECKING:
    from qz.sema.ownership.moves.walk import Walk

K = NodeKind


class Loop(NamedTuple):
    """Where its `break` and `continue` lead, and how many scopes are around it."""

    start: Block
    ends: list[Block]
    n_scopes: int
    use: Use


def leave(w: Walk, first: int, node: int) -> None:
    """What the scopes from number ``first`` on do when they are left at ``node``, the inner ones first."""
    scopes = w.scopes
    for number in reversed(range(first, len(scopes))):
        deferred, scopes[number].deferred = scopes[number].deferred, []
        around, w.scopes = scopes, scopes[: number + 1]
        for statement in reversed(deferred):
            w.value(statement, UNUSED)
        w.scopes = around
        scopes[number].deferred = deferred
        for local in scopes[number].locals:
            w.step(Act.LEAVE, local, node)


def scope(w: Walk, node: int, walk: Callable[[], None]) -> None:
    """Walk something in a scope of its own."""
    w.scopes.append(Scope())
    walk()
    leave(w, len(w.scopes) - 1, node)
    w.scopes.pop()


def maybe(w: Walk, node: int, use: Use) -> None:
    """What may be left out."""
    before = w.block
    w.block = w.branch()
    w.value(node, use)
    w.join([before, w.block])


def _block(w: Walk, node: int, use: Use) -> None:
    statements = w.tree.list(w.lhs[node])

    def walk() -> None:
        for statement in statements[:-1]:
            w.value(statement, UNUSED)
        w.each(statements[-1:], use)
        for last in statements[-1:] if use != UNUSED else ():
            if not walk_arenas.arenas_of(w, last).isdisjoint(w.scopes[-1].locals):
                w.complain("QZ1212", last, name=w.text(last))

    scope(w, node, walk)


def _if(w: Walk, node: int, use: Use) -> None:
    ends: list[Block] = []
    for arm in w.tree.list(w.lhs[node]):
        w.value(w.lhs[arm], LOOK)
        before = w.block
        w.block = w.branch()
        w.value(w.rhs[arm], use)
        ends.append(w.block)
        w.block = before
        w.block = w.branch()
    w.value(w.rhs[node], use)
    w.join([*ends, w.block])


def _select(w: Walk, node: int, use: Use) -> None:
    """All channels and values first; then one of the arms."""
    arms = w.tree.list(w.lhs[node])
    for plan in [w.body.calls[arm] for arm in arms if arm in w.body.calls]:
        channel, *sent = plan.args
        w.value(channel, LOOK)
        w.each(sent, STORED)
    before, ends = w.block, list[Block]()
    for arm in arms:
        w.block = before
        w.block = w.branch()
        body = w.tree.extra[w.rhs[arm] + 1]
        scope(w, body, partial(w.value, body, use))
        ends.append(w.block)
    w.join(ends)


def _coalesce(w: Walk, node: int, use: Use) -> None:
    w.value(w.lhs[node], use)
    maybe(w, w.rhs[node], use)


def _try(w: Walk, node: int, use: Use) -> None:
    """`e?` may leave the function here."""
    w.value(w.lhs[node], use)
    before = w.block
    w.block = w.branch()
    leave(w, w.base, node)
    w.block = before
    w.block = w.branch()


def _return(w: Walk, node: int, use: Use) -> None:
    lends = w.signature.result_borrow and not w.base
    w.value(w.lhs[node], LOOK if lends else RETURNED)
    leave(w, w.base, node)
    w.stop()


def _loop(w: Walk, node: int, use: Use) -> None:
    """`while c`, `loop`: back to the condition, again and again."""
    w.block = w.branch()
    loop = w.loops[node] = Loop(w.block, [], len(w.scopes), use)
    if w.lhs[node]:
        w.value(w.lhs[node], LOOK)
        loop.ends.append(w.block)
        w.block = w.branch()
    w.value(w.rhs[node], UNUSED)
    w.block.following.append(loop.start)
    w.join(loop.ends)


def _for(w: Walk, node: int, use: Use) -> None:
    extra = w.tree.extra
    w.value(extra[w.rhs[node]], LOOK)
    w.block = w.branch()
    loop = w.loops[node] = Loop(w.block, [w.block], len(w.scopes), use)
    w.block = w.branch()

    def turn() -> None:
        for local in _locals_of(w, w.tree.list(w.lhs[node])):
            _bind_element(w, node, local)
        walk_arenas.refer_all(w, w.tree.list(w.lhs[node]), walk_arenas.arenas_of(w, extra[w.rhs[node]]))
        w.value(extra[w.rhs[node] + 1], UNUSED)

    scope(w, extra[w.rhs[node] + 1], turn)
    w.block.following.append(loop.start)
    w.join(loop.ends)


def _locals_of(w: Walk, patterns: Sequence[int]) -> list[int]:
    """The locals of values with an owner that some patterns bind."""
    nodes = list(patterns)
    for node in nodes:
        nodes += children(w.tree, node)
    locals_ = dict.fromkeys(w.body.decls[node] - 1 for node in nodes)
    return [local for local in locals_ if local >= 0 and w.is_owned(w.body.locals[local].type)]


def _bind_element(w: Walk, node: int, local: int) -> None:
    """What an iterator gives is new in each turn; an element stays where it is."""
    iterable = w.tree.extra[w.rhs[node]]
    plan = w.body.protocols.get(-iterable)
    if plan is not None and "next" in plan.plans:
        w.own(local, node)
    else:
        w.lent[local] = w.roots(iterable)


def _jump(w: Walk, node: int, use: Use) -> None:
    loop = w.loops.get(w.body.decls[node])
    if loop is None:
        return
    w.value(w.lhs[node], loop.use if w.kind[node] == K.BREAK else LOOK)
    leave(w, loop.n_scopes, node)
    if w.kind[node] == K.BREAK:
        loop.ends.append(w.block)
    else:
        w.block.following.append(loop.start)
    w.stop()


def _defer(w: Walk, node: int, use: Use) -> None:
    """What is deferred happens where the scope is left."""
    w.scopes[-1].deferred.append(w.lhs[node])


def _yield(w: Walk, node: int, use: Use) -> None:
    """Whoever has a generator may give it up where it waits."""
    w.value(w.lhs[node], STORED)
    for one in w.scopes:
        for local in one.locals:
            w.step(Act.PAUSE, local, node)


def _optional(w: Walk, node: int, use: Use) -> None:
    """`e?.name`: a part of what there may be."""
    w.value(w.lhs[node], LOOK)


def _task(w: Walk, node: int, use: Use) -> None:
    """`go f(x)`: what a task is given, it has for itself."""
    plan = w.body.calls.get(w.lhs[node])
    if plan is None:
        w.value(w.lhs[node], LOOK)
        return
    for position, arg in enumerate(plan.args):
        if arg == DEFAULT_ARGUMENT:
            continue
        w.value(arg, Kept("given to a task here"))
        if not w.is_taken(walk_calls.use_of_argument(w, plan, position)):
            w.lose(arg, w.body.types[arg], "the task only looks at it")


def _tap(w: Walk, node: int, use: Use) -> None:
    w.value(w.lhs[node], use)
    w.value(w.rhs[node], UNUSED)


def _behind(w: Walk, node: int, use: Use) -> None:
    w.value(w.rhs[node], UNUSED)
    w.value(w.lhs[node], use)


def _comptime(w: Walk, node: int, use: Use) -> None:
    """It runs in the compiler, and none of the locals around it has a value there."""


def _collect(w: Walk, node: int, use: Use) -> None:
    w.value(w.lhs[node], STORED)


RULES: dict[int, Callable[[Walk, int, Use], None]] = {
    K.BLOCK: _block,
    K.IF: _if,
    K.SELECT: _select,
    K.COALESCE: _coalesce,
    K.TRY: _try,
    K.RETURN: _return,
    K.WHILE: _loop,
    K.LOOP: _loop,
    K.FOR: _for,
    K.BREAK: _jump,
    K.CONTINUE: _jump,
    K.DEFER: _defer,
    K.YIELD: _yield,
    K.OPT_FIELD: _optional,
    K.GO: _task,
    K.ASYNC: _task,
    K.TAP: _tap,
    K.BEHIND: _behind,
    K.COMPTIME: _comptime,
    K.COLLECT: _collect,
}
