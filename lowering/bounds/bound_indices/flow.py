"""What is known where each block of a function begins: rules followed on all ways until nothing changes."""

# pyright: reportPrivateUsage=false

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

from xdsl.dialects import cf, func
from xdsl.ir import Block, Operation, SSAValue

from dialects.qz.arith import RemOp
from dialects.qz.bits import BitAndOp
from dialects.qz.scalar import CmpOp, ConstOp
from dialects.qz.types import is_int
from dialects.qz.vec import VecFilledOp, VecGetOp
from lowering.bounds.bound_indices.conditions import assume
from lowering.bounds.bound_indices.rules import goes_over
from lowering.bounds.bound_indices.states import MAX_SIZE, Facts, Linear, State, Steps, Symbol, joined
from lowering.bounds.bound_indices.vectors import Vectors
from lowering.bounds.bound_indices.walk import Walk
from lowering.op_lists import flat_ops
from lowering.shared_attributes import number_of

MAX_VISITS = 16
"""Of each block, on average: what takes more is given up."""

MAX_STEPS = 24

_MENTIONS = (CmpOp, BitAndOp, RemOp, VecFilledOp)
_Way = tuple[State, Sequence[Linear]]


def _steps(ops: list[Operation]) -> Steps:
    """The numbers that a function compares with, and those beside them."""
    found: set[int] = {0}
    for op in ops:
        found.update(n for n in (number_of(op.properties.get("size")),) if n is not None)
        if type(op) in _MENTIONS:
            for operand in op._operands:
                if type(operand.owner) is ConstOp and is_int(operand.type):
                    found.add(number_of(operand.owner.properties["value"]) or 0)
    if len(found) > MAX_STEPS:
        found = {0}
    return Steps((-1, *found, MAX_SIZE))


def _in_order(entry: Block) -> dict[Block, int]:
    """The blocks of a function that control may get to, each behind those before it, loops apart."""
    finished: list[Block] = []
    seen = {entry}
    pending: list[tuple[Block, Iterator[Block]]] = [(entry, iter(_successors(entry)))]
    while pending:
        block, rest = pending[-1]
        following = next(rest, None)
        if following is None:
            finished.append(block)
            pending.pop()
        elif following not in seen:
            seen.add(following)
            pending.append((following, iter(_successors(following))))
    return {block: number for number, block in enumerate(reversed(finished))}


def _successors(block: Block) -> Sequence[Block]:
    last = block._last_op
    return () if last is None else last._successors


def _blocks_that_read(vec: SSAValue) -> list[Block]:
    """The blocks in which an element of a vector is read."""
    reads = [use.operation for use in vec.uses if type(use.operation) is VecGetOp]
    return [read.parent for read in reads if read.parent is not None]


class Flow:
    """What is known in one function."""

    def __init__(self, function: func.FuncOp) -> None:
        ops = flat_ops(function)
        self._steps = _steps(ops)
        self.vectors = Vectors(ops, self._steps)
        self.walk = Walk(self.vectors, State(set(), {}, {}))
        entry = function.body.blocks[0]
        self._order = _in_order(entry)
        self._blocks = list(self._order)
        self._ways: dict[Block, dict[tuple[Block, int], _Way]] = {block: {} for block in self._blocks}
        self._heads = {
            successor
            for block, number in self._order.items()
            for successor in _successors(block)
            if self._order[successor] <= number
        }
        self.at_start: dict[Block, State] = {}

    def follow(self) -> bool:
        """Goes along all ways until nothing changes; whether that took no longer than it may."""
        pending, is_pending = [0], {0}
        reads: set[Block] = set()
        n_left = MAX_VISITS * len(self._blocks) + MAX_VISITS
        while pending:
            n_left -= 1
            if n_left < 0:
                return False
            number = heappop(pending)
            is_pending.discard(number)
            block = self._blocks[number]
            following = self._visit(block, block in reads)
            reads.discard(block)
            for vec in self.vectors.take_changed():
                found = [block for block in _blocks_that_read(vec) if block in self.at_start]
                reads.update(found)
                following += found
            for block in following:
                if (next_one := self._order[block]) not in is_pending:
                    is_pending.add(next_one)
                    heappush(pending, next_one)
        return True

    def _visit(self, block: Block, again: bool) -> list[Block]:
        """Goes through a block, and tells which of those behind it have to be gone through again."""
        walk, before = self.walk, self.at_start.get(block)
        last = block._last_op
        assert last is not None
        after = self._joined(block, before)
        if before is not None and before.cells == after.cells and before.facts == after.facts and not again:
            return []
        self.at_start[block] = after
        walk.state = after.copy()
        gets_there = all(goes_over(walk, op) for op in block.ops)
        changed: list[Block] = []
        for index, successor in enumerate(last._successors):
            way = self._way(last, index) if gets_there else None
            if self._take(block, index, successor, way):
                changed.append(successor)
        return changed

    def _way(self, last: Operation, index: int) -> _Way | None:
        """What goes along one of the ways out of a block; None if nothing does."""
        walk = self.walk
        state, values = walk.state, last._operands
        if type(last) is cf.ConditionalBranchOp:
            walk.state = state.copy()
            is_possible = assume(walk, values[0], index == 0)
            gone, walk.state = walk.state, state
            given = last.then_arguments if index == 0 else last.else_arguments
            return (gone, [walk.number(value) for value in given]) if is_possible else None
        given = values if type(last) is cf.BranchOp else ()
        return state, [walk.number(value) for value in given]

    def _take(self, block: Block, index: int, successor: Block, way: _Way | None) -> bool:
        """Has something go into a block; whether that is another thing than before.

        What went there once stays: so nothing ever gets narrower.
        """
        if way is None:
            return False
        ways = self._ways[successor]
        before = ways.get((block, index))
        ways[block, index] = way
        if before is None:
            return True
        (old, given), (new, gives) = before, way
        return given != gives or old.cells != new.cells or old.facts != new.facts

    def _joined(self, block: Block, before: State | None) -> State:
        """What is known in a block that some ways lead to."""
        ways = list(self._ways[block].values())
        if not ways:
            return State(self.walk.state.rulers, {}, {})
        states = [state for state, _ in ways]
        first, *others = states
        cells: dict[SSAValue, Linear] = {}
        numbers: dict[Symbol, list[Linear]] = {}
        for number, argument in enumerate(block.args):
            given = [values[number] for _, values in ways if number < len(values)]
            numbers[argument] = given if len(given) == len(ways) else []
        for cell, held in first.cells.items():
            if any(cell not in state.cells for state in others):
                continue
            phi = (block, cell)
            was_one = before is not None and cell in before.cells and before.cells[cell].symbol == phi
            if was_one or any(state.cells[cell] != held for state in others):
                numbers[phi] = [state.cells[cell] for state in states]
                cells[cell] = Linear(phi)
            else:
                cells[cell] = held
        facts: dict[Symbol, Facts] = {}
        for symbol in first.facts:
            if symbol not in numbers and all(symbol in state.facts for state in others):
                facts[symbol] = joined([(state.facts[symbol], state) for state in states])
        for symbol, given in numbers.items():
            if given:
                parts = [(state.of(number), state) for state, number in zip(states, given, strict=True)]
                facts[symbol] = joined(parts)
        after = State(first.rulers, cells, facts)
        self._renew(after, numbers)
        if before is not None and block in self._heads:
            for symbol, known in after.facts.items():
                if symbol in before.facts:
                    after.facts[symbol] = self._steps.widened(before.facts[symbol], known, after)
        return after

    def _renew(self, state: State, numbers: dict[Symbol, list[Linear]]) -> None:
        """Forgets what was known beside earlier values of what a block gives new ones to."""
        for symbol in numbers:
            if symbol in state.rulers:
                state.learn(symbol, state.facts.get(symbol))
            if ("size", symbol) in state.rulers:
                state.learn(("size", symbol))
