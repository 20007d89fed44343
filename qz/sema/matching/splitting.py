"""How a column is told apart: for each kind of test, the cases that its patterns distinguish.

A matrix is split into one for each case, which has the rows that the case leaves possible, and one for
everything else. A row that does not care goes into all of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import NamedTuple

from qz.sema.matching.nodes import Aspect, Label
from qz.sema.matching.occurrences import Step, StepKind
from qz.sema.matching.patterns import ANYTHING, Domain, Interval, Pattern, Sequence, Text, Variant
from qz.sema.matching.rows import Matrix, Row, split_alternatives


class Split(NamedTuple):
    """What a test makes of a matrix; no default where the cases are all there can be."""

    cases: list[tuple[Label, Matrix]]
    default: Matrix | None


def split(matrix: Matrix, column: int) -> Split:
    """Split a matrix by one of its columns, which tests something."""
    rows = split_alternatives(matrix.rows, column)
    matrix = Matrix(matrix.columns, rows)
    return _SPLITTERS[type(matrix.test_of(column))](matrix, column)


def test_kind(pattern: Pattern) -> Aspect:
    """What the test for a pattern asks."""
    return _KINDS[type(pattern)]


def domain_of(pattern: Pattern) -> Domain | None:
    """The domain of a test of ordinals."""
    return pattern.domain if isinstance(pattern, Interval) else None


def _without(matrix: Matrix, column: int, rows: list[Row]) -> Matrix:
    """What is left of rows once a column is known."""
    return matrix.replaced(column, (), [row.replaced(column, ()) for row in rows])


def _variants(matrix: Matrix, column: int) -> Split:
    groups: dict[int, list[tuple[Row, tuple[Pattern, ...]]]] = {}
    others: list[Row] = []
    n_variants = 0
    for row in matrix.rows:
        pattern = row.patterns[column]
        if not isinstance(pattern, Variant):
            others.append(row)
            for group in groups.values():
                group.append((row, ()))
            continue
        n_variants = pattern.n_variants
        group = groups.get(pattern.tag)
        if group is None:
            group = groups[pattern.tag] = [(other, ()) for other in others]
        group.append((row, pattern.parts))
    cases: list[tuple[Label, Matrix]] = []
    occurrence = matrix.columns[column]
    for tag, group in groups.items():
        n_parts = max(len(parts) for _, parts in group)
        free = (ANYTHING,) * n_parts
        rows = [row.replaced(column, parts or free) for row, parts in group]
        columns = [occurrence.payload(tag, index) for index in range(n_parts)]
        cases.append((tag, matrix.replaced(column, columns, rows)))
    is_complete = len(groups) == n_variants
    return Split(cases, None if is_complete else _without(matrix, column, others))


def _texts(matrix: Matrix, column: int) -> Split:
    groups: dict[bytes, list[Row]] = {}
    others: list[Row] = []
    for row in matrix.rows:
        pattern = row.patterns[column]
        if isinstance(pattern, Text):
            groups.setdefault(pattern.text, list(others)).append(row)
        else:
            others.append(row)
            for group in groups.values():
                group.append(row)
    cases: list[tuple[Label, Matrix]] = [
        (text, _without(matrix, column, group)) for text, group in groups.items()
    ]
    return Split(cases, _without(matrix, column, others))


def _intervals(matrix: Matrix, column: int) -> Split:
    """Intervals are cut where any of them begins or ends, so that what is left of them is equal or apart."""
    patterns = [row.patterns[column] for row in matrix.rows]
    intervals = [pattern for pattern in patterns if isinstance(pattern, Interval)]
    domain = intervals[0].domain
    cuts = sorted({i.low for i in intervals} | {i.high + 1 for i in intervals})
    groups: list[list[Row]] = [[] for _ in cuts]
    tested = [False] * len(cuts)
    others: list[Row] = []
    for row, pattern in zip(matrix.rows, patterns, strict=True):
        if isinstance(pattern, Interval):
            for piece in range(bisect_left(cuts, pattern.low), bisect_left(cuts, pattern.high + 1)):
                groups[piece].append(row)
                tested[piece] = True
        else:
            others.append(row)
            for group in groups:
                group.append(row)
    cases: list[tuple[Label, Matrix]] = []
    n_covered = 0
    for piece, group in enumerate(groups):
        if tested[piece]:
            low, high = cuts[piece], cuts[piece + 1] - 1
            n_covered += high - low + 1
            cases.append(((low, high), _without(matrix, column, group)))
    is_complete = not domain.width and n_covered == domain.high - domain.low + 1
    return Split(cases, None if is_complete else _without(matrix, column, others))


def _lengths(matrix: Matrix, column: int) -> Split:
    """The lengths that are named or too short for some rest are cases; the default has all others."""
    sequences = [p for row in matrix.rows if isinstance(p := row.patterns[column], Sequence)]
    open_ended = [s for s in sequences if s.has_rest]
    n_before = max((len(s.prefix) for s in open_ended), default=0)
    n_after = max((len(s.suffix) for s in open_ended), default=0)
    lengths = {len(s.prefix) for s in sequences if not s.has_rest}
    lengths.update(range(n_before + n_after))
    element = sequences[0].element
    occurrence = matrix.columns[column]
    cases: list[tuple[Label, Matrix]] = []
    for n in sorted(lengths):
        columns = [occurrence.element(index, element) for index in range(n)]
        for index, place in enumerate(columns):
            if (same := occurrence.children.get(Step(StepKind.FROM_END, n - index))) is not None:
                place.learn(same)
        rows = _fitting(matrix.rows, column, n)
        cases.append((n, matrix.replaced(column, columns, rows)))
    columns = [occurrence.element(index, element) for index in range(n_before)]
    columns += [occurrence.from_end(places, element) for places in range(n_after, 0, -1)]
    rows: list[Row] = []
    for row in matrix.rows:
        pattern = row.patterns[column]
        if not isinstance(pattern, Sequence):
            rows.append(row.replaced(column, (ANYTHING,) * (n_before + n_after)))
        elif pattern.has_rest:
            gap = n_before - len(pattern.prefix) + n_after - len(pattern.suffix)
            rows.append(row.replaced(column, (*pattern.prefix, *(ANYTHING,) * gap, *pattern.suffix)))
    return Split(cases, matrix.replaced(column, columns, rows))


def _fitting(rows: list[Row], column: int, n: int) -> list[Row]:
    """The rows that a vector of ``n`` elements may match, with a pattern for each element."""
    found: list[Row] = []
    for row in rows:
        pattern = row.patterns[column]
        if not isinstance(pattern, Sequence):
            found.append(row.replaced(column, (ANYTHING,) * n))
            continue
        gap = n - len(pattern.prefix) - len(pattern.suffix)
        if gap == 0 or (gap > 0 and pattern.has_rest):
            found.append(row.replaced(column, (*pattern.prefix, *(ANYTHING,) * gap, *pattern.suffix)))
    return found


_SPLITTERS: dict[type[Pattern], Callable[[Matrix, int], Split]] = {
    Variant: _variants,
    Text: _texts,
    Interval: _intervals,
    Sequence: _lengths,
}

_KINDS: dict[type[Pattern], Aspect] = {
    Variant: Aspect.VARIANT,
    Text: Aspect.TEXT,
    Interval: Aspect.ORDINAL,
    Sequence: Aspect.LENGTH,
}
