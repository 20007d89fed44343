"""Which parameters a function takes over: those whose values its body stores, returns, takes apart, or hands
to a function that does.

Of a body it is noted what it does itself, and to whom it hands its parameters; the answer follows from that,
also where functions call each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from qz.sema.decls import FunctionDecl
from qz.sema.ownership.moves.uses import put_away
from qz.sema.ownership.moves.walk import graph_of
from qz.sema.program import Program
from qz.sema.types import TypeId
from qz.syntax.items import ItemFlag

Place = tuple[FunctionDecl, int]
"""A parameter: its function, its position."""


class Summary(NamedTuple):
    """By position: whether the body itself takes the value over, and to which parameters it hands it."""

    taken: frozenset[int]
    handed: dict[int, list[Place]]


_NOTHING = Summary(frozenset(), {})


class Owning:
    """Answers for every function of a program, and remembers. Asked for are the values of types of which it
    ``matters`` who owns them: in general, of those whose values have one owner at a time."""

    def __init__(self, program: Program, matters: Callable[[TypeId], bool] | None = None) -> None:
        self.program = program
        self._matters = matters
        self._summaries: dict[int, Summary] = {}
        self.is_asking = False
        """Whether a body is checked for nothing but a summary: then nothing is reported about it."""

    def owns(self, function: FunctionDecl, position: int) -> bool:
        """Whether a function takes over what it is given for a parameter."""
        seen = [(self._written(function), position)]
        for asked, index in seen:
            summary = self._summary(asked)
            if index in summary.taken:
                return True
            further = [(self._written(called), at) for called, at in summary.handed.get(index, ())]
            seen += [place for place in further if place not in seen]
        return False

    def _written(self, function: FunctionDecl) -> FunctionDecl:
        """The function whose body says what is done: of an instance the generic one, unless its parameters
        have no types."""
        generic = function.generic
        if generic is None or self.program.queries.signature(generic).structural:
            return function
        return generic

    def _summary(self, function: FunctionDecl) -> Summary:
        found = self._summaries.get(function.id)
        if found is not None:
            self.program.reads.again("owned", function.id)
            return found
        self._summaries[function.id] = found = _NOTHING
        has_body = function.module.items.flags[function.item] & ItemFlag.HAS_BODY
        if function.abi == "intrinsic":
            self._summaries[function.id] = found = Summary(put_away(self.program, function), {})
        elif has_body and not function.abi and function.wraps is None:
            with self.program.reads.of("owned", function.id):
                self._summaries[function.id] = found = self._read(function)
        return found

    def _read(self, function: FunctionDecl) -> Summary:
        asking = self.program.queries.owning
        outer, asking.is_asking = asking.is_asking, True
        with self.program.arenas.function(function.symbol) as arena:
            body = self.program.queries.body(function, arena)
            asking.is_asking = outer
            positions = {local: position for position, local in enumerate(body.params)}
            if not body.is_clean:
                return Summary(frozenset(positions.values()), {})
            matters = self._matters or self.program.queries.owned_types.may_be_owned
            walk = graph_of(self.program, body, function, None, matters)
        handed: dict[int, list[Place]] = {}
        for local, called, at in sorted(walk.given, key=lambda one: (one[0], one[1].id, one[2])):
            if local in positions:
                handed.setdefault(positions[local], []).append((called, at))
        return Summary(frozenset(positions[one] for one in walk.moved if one in positions), handed)
