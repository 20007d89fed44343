"""What is known of a local where paths meet: whether it may have its value, and where it gave it away."""

from __future__ import annotations

from itertools import pairwise

from qz.sema.ownership.moves.flow import Held, follow
from qz.sema.ownership.moves.graph import Act, Block, Step

LOCAL = 0


def block(*acts: tuple[Act, int]) -> Block:
    made = Block()
    made.steps += [Step(act, LOCAL, node) for act, node in acts]
    return made


def chain(*blocks: Block) -> None:
    for before, after in pairwise(blocks):
        before.following.append(after)


def met(entry: Block) -> dict[int, Held]:
    """What is known at each node."""
    found: dict[int, Held] = {}

    def meet(step: Step, held: Held) -> None:
        assert step.node not in found, "a step is met once"
        found[step.node] = held

    follow(entry, meet)
    return found


def test_a_value_is_there_until_it_is_given_away() -> None:
    found = met(block((Act.BIND, 1), (Act.LOOK, 2), (Act.MOVE, 3), (Act.LOOK, 4)))
    assert found == {
        1: Held(owns=False),
        2: Held(owns=True),
        3: Held(owns=True),
        4: Held(owns=False, moved=3),
    }


def test_where_two_paths_meet_both_are_known() -> None:
    entry, one, other, end = block((Act.BIND, 1)), block((Act.MOVE, 2)), block((Act.LOOK, 3)), block()
    end.steps.append(Step(Act.LEAVE, LOCAL, 4))
    chain(entry, one, end)
    chain(entry, other, end)
    assert met(entry)[4] == Held(owns=True, moved=2)


def test_a_loop_is_followed_until_nothing_new_is_known() -> None:
    entry, head, body, end = block((Act.BIND, 1)), block(), block((Act.MOVE, 2)), block((Act.LEAVE, 3))
    chain(entry, head, body, head)
    chain(head, end)
    found = met(entry)
    assert found[2] == Held(owns=True, moved=2)
    assert found[3] == Held(owns=True, moved=2)


def test_a_variable_may_be_given_a_value_again() -> None:
    found = met(block((Act.BIND, 1), (Act.MOVE, 2), (Act.ASSIGN, 3), (Act.LEAVE, 4)))
    assert found[3] == Held(owns=False, moved=2)
    assert found[4] == Held(owns=True)


def test_what_is_never_reached_is_never_met() -> None:
    entry, dead = block((Act.BIND, 1)), block((Act.LEAVE, 2))
    chain(dead, entry)
    assert list(met(entry)) == [1]
