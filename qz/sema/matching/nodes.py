"""What a decision consists of: forks, arms with their bindings, and the end where no arm is left."""

from __future__ import annotations

from enum import IntEnum, auto
from typing import NamedTuple, TypeAlias

from qz.sema.matching.occurrences import Occurrence
from qz.sema.matching.patterns import Binding, Domain

Label: TypeAlias = int | bytes | tuple[int, int]
"""What an edge is for: a variant's tag, an interval of ordinals, a string, a length."""


class Aspect(IntEnum):
    """What is asked of a value."""

    VARIANT = auto()
    ORDINAL = auto()
    TEXT = auto()
    LENGTH = auto()


class Leaf:
    """The arm is entered; with a guard, only if that holds, and ``otherwise`` says how it goes on."""

    __slots__ = ("arm", "bindings", "otherwise")

    def __init__(self, arm: int, bindings: tuple[Binding, ...], otherwise: Node | None = None) -> None:
        self.arm = arm
        self.bindings = bindings
        self.otherwise = otherwise

    def following(self) -> list[Node]:
        return [] if self.otherwise is None else [self.otherwise]


class Fail:
    """No arm is left."""

    __slots__ = ()

    def following(self) -> list[Node]:
        return []


class Case(NamedTuple):
    """The labels that lead to a node."""

    labels: list[Label]
    node: Node


class Fork:
    """One value is looked at. Without a default, the cases are all there can be."""

    __slots__ = ("cases", "default", "domain", "kind", "occurrence")

    def __init__(self, kind: Aspect, occurrence: Occurrence, domain: Domain | None = None) -> None:
        self.kind = kind
        self.occurrence = occurrence
        self.domain = domain
        self.cases: list[Case] = []
        self.default: Node | None = None

    def following(self) -> list[Node]:
        found = [case.node for case in self.cases]
        return found if self.default is None else [*found, self.default]


Node: TypeAlias = Leaf | Fork | Fail
