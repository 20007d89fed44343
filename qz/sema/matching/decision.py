"""Decisions (Maranget, "Compiling pattern matching to good decision trees", 2008).

A matrix whose first row has nothing left to test is an arm; from any other a column is chosen and tested,
and each outcome has a matrix of its own. Every value is tested once on any way, so each way is that of some
value: an arm that no way leads to is unreachable, and a way that leads to no arm shows what the arms forget
(Maranget, "Warnings for pattern matching", 2007). Equal matrices share one node, so what is made is a graph
without cycles. It is made with a work list: its depth is that of the patterns, which may be any.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from qz.sema.matching.nodes import Aspect, Case, Fail, Fork, Label, Leaf, Node
from qz.sema.matching.occurrences import Occurrence
from qz.sema.matching.patterns import ANYTHING
from qz.sema.matching.rows import Matrix, Row, numbered, opened, without_idle_columns
from qz.sema.matching.splitting import domain_of, split, test_kind

MAX_NODES = 20_000
"""More than any program means: then the tests of several values multiply."""

_COSTS = {Aspect.VARIANT: 0, Aspect.ORDINAL: 0, Aspect.LENGTH: 1, Aspect.TEXT: 2}

Key: TypeAlias = tuple[object, ...]


class TooManyTestsError(Exception):
    """The decision would have more than `MAX_NODES` nodes."""


class State:
    """A node, the matrix that it decides, and the states that it leads to."""

    __slots__ = ("following", "matrix", "node", "reached")

    def __init__(self, matrix: Matrix, node: Node) -> None:
        self.matrix = matrix
        self.node = node
        self.following: list[tuple[State, list[Row]]] = []
        """Each with the rows of its matrix as they came from this one's."""
        self.reached: set[int] = set()
        """The rows through which some arm is entered from here on."""


class Decision:
    """The graph, which arms it enters, and whether there are values that none of them takes."""

    def __init__(self, state: State, first: list[Row], arms: set[int], *, may_fail: bool) -> None:
        self.root = state.node
        self.arms = arms
        self.may_fail = may_fail
        self._state = state
        self._first = first
        """The rows that remained of those that there were."""

    @property
    def alternatives(self) -> set[int]:
        """Which sides of a `|` matter."""
        found = _mark_reached(self._state)
        for number in self._state.reached:
            found.update(self._first[number].alternatives)
        return found


def decide(columns: Sequence[Occurrence], rows: list[Row], guarded: Sequence[bool]) -> Decision:
    """Decide between the arms of ``rows``; ``guarded`` says by arm whether it may turn a value down."""
    builder = _Builder(guarded)
    state, first = builder.state(Matrix(tuple(columns), rows))
    builder.run()
    return Decision(state, first, builder.arms, may_fail=builder.may_fail)


class _Builder:
    """Makes states until each has a node with everything that follows it."""

    def __init__(self, guarded: Sequence[bool]) -> None:
        self.arms: set[int] = set()
        self.may_fail = False
        self._guarded = guarded
        self._known: dict[Key, State] = {}
        self._pending: list[tuple[State, int]] = []

    def run(self) -> None:
        """Work off the states whose nodes lack what follows."""
        while self._pending:
            state, column = self._pending.pop()
            matrix = Matrix(state.matrix.columns, numbered(state.matrix.rows))
            if isinstance(state.node, Leaf):
                state.node.otherwise = self._follow(state, Matrix(matrix.columns, matrix.rows[1:]))
            elif isinstance(state.node, Fork):
                self._branch(state, state.node, matrix, column)

    def _branch(self, state: State, test: Fork, matrix: Matrix, column: int) -> None:
        """The cases of a test; labels that lead to the same node are one case."""
        outcome = split(matrix, column)
        labels: dict[int, list[Label]] = {}
        for label, rest in outcome.cases:
            node = self._follow(state, rest)
            known = labels.get(id(node))
            if known is None:
                known = labels[id(node)] = []
                test.cases.append(Case(known, node))
            known.append(label)
        if outcome.default is not None:
            test.default = self._follow(state, outcome.default)

    def _follow(self, state: State, matrix: Matrix) -> Node:
        following, rows = self.state(matrix)
        state.following.append((following, rows))
        return following.node

    def state(self, matrix: Matrix) -> tuple[State, list[Row]]:
        """The state for a matrix, and the rows that remained of it: equal matrices have one state."""
        matrix = self._reduced(matrix)
        rows = matrix.rows
        key = (matrix.columns, *[(row.arm, row.patterns, row.bindings) for row in rows])
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MAX_NODES:
                raise TooManyTestsError
            found = self._known[key] = self._new_state(matrix)
        return found, rows

    def _new_state(self, matrix: Matrix) -> State:
        if not matrix.rows:
            self.may_fail = True
            return State(matrix, Fail())
        first = matrix.rows[0]
        if first.is_free:
            state = State(matrix, Leaf(first.arm, first.bindings))
            self.arms.add(first.arm)
            if self._guarded[first.arm]:
                self._pending.append((state, 0))
            return state
        column = _best_column(matrix)
        pattern = matrix.test_of(column)
        test = Fork(test_kind(pattern), matrix.columns[column], domain_of(pattern))
        state = State(matrix, test)
        self._pending.append((state, column))
        return state

    def _reduced(self, matrix: Matrix) -> Matrix:
        """Without what can no longer matter: rows behind one that takes everything, columns without tests."""
        first = matrix.rows[0] if matrix.rows else None
        if first is not None and first.is_free and not self._guarded[first.arm]:
            return Matrix((), [Row(first.arm, (), first.bindings, first.origin, first.alternatives)])
        while True:
            matrix = opened(matrix)
            n_rows = self._n_needed(matrix.rows)
            if n_rows == len(matrix.rows):
                return without_idle_columns(matrix)
            matrix = Matrix(matrix.columns, matrix.rows[:n_rows])

    def _n_needed(self, rows: list[Row]) -> int:
        for number, row in enumerate(rows, 1):
            if row.is_free and not self._guarded[row.arm]:
                return number
        return len(rows)


def _best_column(matrix: Matrix) -> int:
    """The column that most rows from the top on need; of equals, the cheapest, with the fewest outcomes."""
    n_columns = len(matrix.columns)
    if n_columns == 1:
        return 0
    return min(range(n_columns), key=lambda column: _weight(matrix, column))


def _weight(matrix: Matrix, column: int) -> tuple[int, int, int, int]:
    needed = 0
    for row in matrix.rows:
        if row.patterns[column] is ANYTHING:
            break
        needed += 1
    cost = _COSTS[test_kind(matrix.test_of(column))]
    different = {id(row.patterns[column]) for row in matrix.rows[:needed]}
    return (-needed, cost, len(different), column)


def _mark_reached(root: State) -> set[int]:
    """Find the rows of every state through which an arm is entered; the alternatives chosen on those ways."""
    alternatives: set[int] = set()
    for state in _inside_out(root):
        if isinstance(state.node, Leaf):
            state.reached.add(0)
        for following, rows in state.following:
            for number in following.reached:
                state.reached.add(rows[number].origin)
                alternatives.update(rows[number].alternatives)
    return alternatives


def _inside_out(root: State) -> list[State]:
    """Every state behind those that it leads to."""
    order: list[State] = []
    seen = {id(root)}
    pending: list[tuple[State, int]] = [(root, 0)]
    while pending:
        state, number = pending.pop()
        if number == len(state.following):
            order.append(state)
            continue
        pending.append((state, number + 1))
        following = state.following[number][0]
        if id(following) not in seen:
            seen.add(id(following))
            pending.append((following, 0))
    return order
