"""Along every path: who still has a value, and who has given it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from qz.sema.ownership.moves.graph import Act, Block, Step


class Held(NamedTuple):
    """Of a local: whether it may own a value, and where it may have given one away (0: nowhere)."""

    owns: bool
    moved: int = 0


State: TypeAlias = dict[int, Held]
"""By local; one that is not there has not been bound."""

_ENDS = frozenset({Act.LEAVE, Act.END, Act.MOVE, Act.ASSIGN})
"""What ends everything that was made in an arena."""

Meet: TypeAlias = Callable[[Step, Held], None]


Made: TypeAlias = dict[int, set[int]]
"""By the local of an arena: the locals that refer to what was made in it."""


def follow(entry: Block, meet: Meet, made: Made | None = None) -> None:
    """Show ``meet`` every step that is reached, once each, with what is known of its local there. What is
    ``made`` in an arena is gone where that ends or its scope is left."""
    made = made or {}
    states: dict[Block, State] = {entry: {}}
    pending = [entry]
    while pending:
        block = pending.pop()
        state = dict(states[block])
        for step in block.steps:
            _apply(state, step, made)
        for following in block.following:
            before = states.get(following)
            after = state if before is None else _join(before, state)
            if before is None or after != before:
                states[following] = dict(after)
                if following not in pending:
                    pending.append(following)
    for block, known in states.items():
        state = dict(known)
        for step in block.steps:
            meet(step, state.get(step.local, Held(owns=False)))
            _apply(state, step, made)


def _apply(state: State, step: Step, made: Made) -> None:
    if step.act in (Act.BIND, Act.ASSIGN):
        state[step.local] = Held(owns=True)
    elif step.act is Act.MOVE:
        state[step.local] = Held(owns=False, moved=step.node)
    elif step.act is Act.LEAVE:
        state.pop(step.local, None)
    if step.act in _ENDS:
        for local in made.get(step.local, ()):
            if local in state:
                state[local] = Held(owns=False, moved=step.node)


def _join(first: State, second: State) -> State:
    """What is known where two paths meet."""
    joined = dict(first)
    for local, held in second.items():
        known = joined.get(local)
        if known is None:
            joined[local] = held
        else:
            joined[local] = Held(known.owns or held.owns, known.moved or held.moved)
    return joined
