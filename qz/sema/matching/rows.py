"""The matrix of patterns that a decision is made from (Maranget 2008), and what rewrites its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qz.sema.matching.occurrences import Occurrence
from qz.sema.matching.patterns import ANYTHING, Binding, Either, Pattern, Product, leading_test


class Row(NamedTuple):
    """What is left to test for an arm, a pattern a column, and what was bound on the way.

    ``origin`` is the number of the row it came from in the matrix before, ``alternatives`` the sides of a `|`
    that were chosen since.
    """

    arm: int
    patterns: tuple[Pattern, ...]
    bindings: tuple[Binding, ...]
    origin: int = 0
    alternatives: tuple[int, ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether nothing is left to test."""
        return self.patterns.count(ANYTHING) == len(self.patterns)

    def replaced(self, column: int, patterns: Sequence[Pattern]) -> Row:
        """With other patterns in place of that of a column."""
        before, after = self.patterns[:column], self.patterns[column + 1 :]
        return Row(self.arm, (*before, *patterns, *after), self.bindings, self.origin, self.alternatives)


class Matrix(NamedTuple):
    """Rows in the order of the arms; a column is the occurrence that its patterns are about."""

    columns: tuple[Occurrence, ...]
    rows: list[Row]

    def replaced(self, column: int, columns: Sequence[Occurrence], rows: list[Row]) -> Matrix:
        """With other columns in place of one."""
        before, after = self.columns[:column], self.columns[column + 1 :]
        return Matrix((*before, *columns, *after), rows)

    def test_of(self, column: int) -> Pattern:
        """What a column tests, by the first pattern in it that tests anything."""
        for row in self.rows:
            found = leading_test(row.patterns[column])
            if found is not ANYTHING:
                return found
        return ANYTHING


def numbered(rows: list[Row]) -> list[Row]:
    """The rows of a matrix as those that the next matrices come from; of most, they are that already."""
    if all(row.origin == n and not row.alternatives for n, row in enumerate(rows)):
        return rows
    return [Row(row.arm, row.patterns, row.bindings, n) for n, row in enumerate(rows)]


def split_alternatives(rows: list[Row], column: int) -> list[Row]:
    """The rows with a `|` in a column once for each side of it."""
    if Either not in [type(row.patterns[column]) for row in rows]:
        return rows
    found: list[Row] = []
    pending = list(reversed(rows))
    while pending:
        row = pending.pop()
        pattern = row.patterns[column]
        if not isinstance(pattern, Either):
            found.append(row)
            continue
        for side in reversed(pattern.alternatives):
            chosen = row.replaced(column, (side.pattern,))
            alternatives = (*row.alternatives, side.node)
            bindings = row.bindings + side.bindings
            pending.append(chosen._replace(bindings=bindings, alternatives=alternatives))
    return found


def opened(matrix: Matrix) -> Matrix:
    """The matrix with a column for each field that is tested, in place of structs and tuples.

    A `|` that tests nothing on either side is split as well.
    """
    column = 0
    while column < len(matrix.columns):
        test = matrix.test_of(column)
        if isinstance(test, Product):
            matrix = _open_product(matrix, column)
            continue
        if test is ANYTHING and any(row.patterns[column] is not ANYTHING for row in matrix.rows):
            matrix = Matrix(matrix.columns, split_alternatives(matrix.rows, column))
        column += 1
    return matrix


def _open_product(matrix: Matrix, column: int) -> Matrix:
    rows = split_alternatives(matrix.rows, column)
    fields: set[int] = set()
    for row in rows:
        pattern = row.patterns[column]
        if isinstance(pattern, Product):
            fields.update(pattern.parts)
    order = sorted(fields)
    opened: list[Row] = []
    for row in rows:
        pattern = row.patterns[column]
        parts = pattern.parts if isinstance(pattern, Product) else {}
        opened.append(row.replaced(column, [parts.get(field, ANYTHING) for field in order]))
    occurrence = matrix.columns[column]
    return matrix.replaced(column, [occurrence.field(field) for field in order], opened)


def without_idle_columns(matrix: Matrix) -> Matrix:
    """The matrix without the columns in which nothing is tested."""
    columns = matrix.columns
    busy = [c for c in range(len(columns)) if any(row.patterns[c] is not ANYTHING for row in matrix.rows)]
    if len(busy) == len(columns):
        return matrix
    rows = [
        Row(row.arm, tuple([row.patterns[c] for c in busy]), row.bindings, row.origin, row.alternatives)
        for row in matrix.rows
    ]
    return Matrix(tuple([columns[c] for c in busy]), rows)
