"""Decisions in the IR: tests one after the other, each leading to a `qz.take` of the arm that it finds.

A test whose outcome is not yet an arm goes on in the same block: what the other outcomes do stands in regions
that end in a take. So the text is as deep as the patterns are, not as long. What several ways lead to is made
once, as an arm of the match that decides on; it is handed what was looked at before and is needed there, so
that nothing is read twice: a guard might have changed it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import TypeAlias

from xdsl.ir import Attribute, Region, SSAValue

from dialects.fast_ops import region_with_block
from dialects.qz.branches import IfOp
from dialects.qz.matches import TakeOp
from dialects.qz.properties import char_const, int_attr, int_const
from dialects.qz.scalar import ConstOp, NotOp
from dialects.qz.types import boolean, is_int_type
from qz.irgen.builder import NO_PROPERTIES, Builder, Diverged
from qz.irgen.matching.decision_tests import emit_test, is_end, outcomes
from qz.irgen.matching.places import Places
from qz.sema.matching.nodes import Fail, Fork, Leaf, Node
from qz.sema.matching.occurrences import Occurrence

Ending: TypeAlias = "Callable[[Decision, Leaf | Fail], Diverged]"
"""Emits what follows where the decision is made, and gives what is to be raised."""


class Decision:
    """Emits one graph of tests into the current block, which it ends."""

    def __init__(
        self,
        builder: Builder,
        columns: Sequence[Occurrence],
        values: Sequence[SSAValue],
        root: Node,
        ending: Ending,
        *,
        shares: bool = True,
        branching_guards: Container[int] = (),
    ) -> None:
        self.b = builder
        self.places = Places(builder, dict(zip(columns, values, strict=True)))
        self.root = root
        self.ending = ending
        self.shared = _shared_nodes(root, branching_guards) if shares else []
        """What is made once, as the first arms of the match."""
        self._numbers = {id(node): number for number, node in enumerate(self.shared)}
        self._needs = {id(node): _needed(node) for node in self.shared}

    def emit(self) -> Diverged:
        """The decision itself."""
        return self._node(self.root)

    def shared_regions(self) -> list[Region]:
        """The arms for what several ways lead to."""
        return [self._shared_region(node) for node in self.shared]

    def _shared_region(self, node: Node) -> Region:
        b = self.b
        needs = self._needs[id(node)]
        region, block = region_with_block([b.ir_types.of(occurrence.type) for occurrence in needs])
        outer, places = b.block, self.places
        b.block = block
        self.places = Places(b, dict(zip(needs, block.args, strict=True)), guarded=True)
        try:
            raise self._follow(node)
        except Diverged:
            pass
        finally:
            b.block, self.places = outer, places
        return region

    def _node(self, node: Node) -> Diverged:
        """Emit a node, or take the arm that it is."""
        number = self._numbers.get(id(node))
        if number is None:
            return self._follow(node)
        values = [self.places.value(occurrence) for occurrence in self._needs[id(node)]]
        return take(self.b, number, values)

    def _follow(self, node: Node) -> Diverged:
        """Emit a node and what follows it; of a test, the outcome that is left goes on in this block."""
        while isinstance(node, Fork):
            following = emit_test(self, node)
            if id(following) in self._numbers:
                return self._node(following)
            node = following
        return self.ending(self, node)

    def otherwise(self, leaf: Leaf) -> Diverged:
        """What follows where the guard of a leaf does not hold."""
        assert leaf.otherwise is not None
        self.places.guarded = True
        return self._node(leaf.otherwise)

    def branch(self, node: Node) -> Region:
        """A region for an outcome of a test."""
        region, block = region_with_block()
        outer, places = self.b.block, self.places
        self.b.block = block
        self.places = places.copy()
        try:
            raise self._node(node)
        except Diverged:
            pass
        finally:
            self.b.block, self.places = outer, places
        return region

    def falling_through(self, fill: Callable[[], None]) -> Region:
        """A region behind which control goes on, unless all of ``fill`` ends in a take."""
        places = self.places
        self.places = places.copy()

        def filled() -> Sequence[SSAValue]:
            fill()
            return ()

        region = self.b.region(filled)
        self.places = places
        return region

    def number(self, value: int, type_: Attribute) -> SSAValue:
        """A number of the type of what is switched on."""
        if is_int_type(type_):
            return self.b.make(ConstOp, (), type_, int_const(value, type_))
        properties = char_const(value)
        return self.b.make(ConstOp, (), type_, properties)

    def negated(self, condition: SSAValue) -> SSAValue:
        return self.b.make(NotOp, (condition,), boolean)

    def if_(self, holds: SSAValue, node: Node) -> None:
        """Go on with a node if a condition holds, else in this block."""
        self.b.do(IfOp, (holds,), NO_PROPERTIES, (), (self.branch(node),))


def take(b: Builder, arm: int, values: Sequence[SSAValue] = ()) -> Diverged:
    """Enter an arm of the match around."""
    properties: dict[str, Attribute] = {"arm": int_attr(arm)}
    return b.end(TakeOp, values, properties)


def _shared_nodes(root: Node, branching_guards: Container[int]) -> list[Node]:
    """The nodes that are emitted apart, each before those behind it.

    They are those that several outcomes lead to, or a guard that can fail in several places, by its arm.
    """
    n_uses: dict[int, int] = {}
    order: list[Node] = []
    pending: list[tuple[Node, list[Node]]] = [(root, outcomes(root))]
    seen = {id(root)}
    while pending:
        node, following = pending[-1]
        if not following:
            order.append(node)
            pending.pop()
            continue
        target = following.pop()
        is_branching = isinstance(node, Leaf) and node.arm in branching_guards
        n_uses[id(target)] = n_uses.get(id(target), 0) + (2 if is_branching else 1)
        if id(target) not in seen:
            seen.add(id(target))
            pending.append((target, outcomes(target)))
    return [node for node in reversed(order) if n_uses.get(id(node), 0) > 1 and not is_end(node)]


def _needed(root: Node) -> list[Occurrence]:
    """What is looked at or bound from a node on, but for what lies inside of something tested there."""
    tested: set[int] = set()
    needed: dict[int, Occurrence] = {}
    pending: list[Node] = [root]
    seen = {id(root)}
    while pending:
        node = pending.pop()
        if isinstance(node, Fork):
            tested.add(id(node.occurrence))
            needed[id(node.occurrence)] = node.occurrence
        elif isinstance(node, Leaf):
            for _, occurrence in node.bindings:
                needed[id(occurrence)] = occurrence
        for following in node.following():
            if id(following) not in seen:
                seen.add(id(following))
                pending.append(following)
    return [occurrence for occurrence in needed.values() if not _is_inside(occurrence, tested)]


def _is_inside(occurrence: Occurrence, tested: set[int]) -> bool:
    parent = occurrence.parent
    while parent is not None:
        if id(parent) in tested:
            return True
        parent = parent.parent
    return False
