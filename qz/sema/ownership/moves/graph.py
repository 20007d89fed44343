"""What happens to the owned values of a body, in the order in which it happens: blocks of steps, and what
follows which.

The walk over the body (`walk.py`) makes one; `flow.py` goes along all of its paths.
"""

from __future__ import annotations

from enum import IntEnum, auto
from typing import NamedTuple


class Act(IntEnum):
    """What happens to a local that owns a value."""

    BIND = auto()  # it gets its first value
    LOOK = auto()
    MOVE = auto()  # the value goes to another owner
    ASSIGN = auto()  # it gets a new value, and whatever it still has is lost
    LEAVE = auto()  # its scope is left
    END = auto()  # it is an arena, and what was made in it is gone
    PAUSE = auto()  # a generator stops here, perhaps for good


class Step(NamedTuple):
    """``node`` is where it happens."""

    act: Act
    local: int
    node: int


class Block:
    """Steps in order, then one of ``following``."""

    __slots__ = ("following", "steps")

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.following: list[Block] = []


class Scope:
    """The locals of a block that own something, and what it defers, in order."""

    __slots__ = ("deferred", "locals")

    def __init__(self) -> None:
        self.locals: list[int] = []
        self.deferred: list[int] = []
