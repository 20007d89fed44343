"""Where in a matched value something lies: the value itself, a word of a payload, a field, an element."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum, auto
from typing import NamedTuple

from qz.sema.types import NONE, TypeId


class StepKind(IntEnum):
    """How one gets from an occurrence to the next."""

    PAYLOAD = auto()  # of variant `first`, word `second`
    FIELD = auto()  # number `first` of a struct or tuple
    ELEMENT = auto()  # number `first` of a vector
    FROM_END = auto()  # the element `first` places before a vector's end
    REST = auto()  # a vector without its first `first` and last `second` elements


class Step(NamedTuple):
    """One step."""

    kind: StepKind
    first: int
    second: int = 0


class Occurrence:
    """A place in a value. There is one object for each, so that they are compared by identity."""

    __slots__ = ("children", "parent", "step", "type")

    def __init__(
        self, type_id: TypeId = NONE, parent: Occurrence | None = None, step: Step | None = None
    ) -> None:
        self.type = type_id
        self.parent = parent
        self.step = step
        self.children: dict[Step, Occurrence] = {}

    def child(self, step: Step, type_id: TypeId = NONE) -> Occurrence:
        """The place one step further in; the type counts where it was not known yet."""
        found = self.children.get(step)
        if found is None:
            found = self.children[step] = Occurrence(type_id, self, step)
        elif found.type == NONE:
            found.type = type_id
        return found

    def learn(self, other: Occurrence) -> None:
        """Take over the types of what is inside another place, which turns out to be this one."""
        pending = [(self, other)]
        while pending:
            place, same = pending.pop()
            pending += [(place.child(step, child.type), child) for step, child in same.children.items()]

    def finish(self, finish: Callable[[TypeId], TypeId]) -> None:
        """Replace the types of this place and of all inside it by what was found of them."""
        pending: list[Occurrence] = [self]
        while pending:
            place = pending.pop()
            place.type = finish(place.type)
            pending.extend(place.children.values())

    def payload(self, tag: int, index: int, type_id: TypeId = NONE) -> Occurrence:
        return self.child(Step(StepKind.PAYLOAD, tag, index), type_id)

    def field(self, index: int, type_id: TypeId = NONE) -> Occurrence:
        return self.child(Step(StepKind.FIELD, index), type_id)

    def element(self, index: int, type_id: TypeId = NONE) -> Occurrence:
        return self.child(Step(StepKind.ELEMENT, index), type_id)

    def from_end(self, places: int, type_id: TypeId = NONE) -> Occurrence:
        return self.child(Step(StepKind.FROM_END, places), type_id)

    def rest(self, n_before: int, n_after: int, type_id: TypeId = NONE) -> Occurrence:
        return self.child(Step(StepKind.REST, n_before, n_after), type_id)
