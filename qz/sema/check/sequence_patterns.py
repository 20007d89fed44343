"""Patterns of what has parts in a row: tuples, vectors and arrays, with a `..` for those left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qz.sema.check.slices import row_element, slice_type
from qz.sema.matching import patterns as p
from qz.sema.matching.occurrences import Occurrence
from qz.sema.matching.patterns import ANYTHING, Pattern, product
from qz.sema.types import TypeKind
from qz.syntax.nodes import NodeKind

if TYPE_CHECKING:
    from qz.sema.check.checker import Checker
    from qz.sema.check.patterns import PatternReader

K = NodeKind


def tuple_pattern(reader: PatternReader, node: int, occurrence: Occurrence) -> Pattern:
    """`(a, b)`, `(first, ..)`."""
    c = reader.c
    parts = c.list(c.lhs[node])
    kind = reader.kind(occurrence)
    if kind is TypeKind.VARIABLE:
        c.infer.unify(occurrence.type, c.infer.make(TypeKind.TUPLE, tuple(c.infer.fresh() for _ in parts)))
    elif kind is not TypeKind.TUPLE:
        reader.poison(node)
        return reader.mismatch(node, occurrence, f"({', '.join('_' * len(parts))})")
    types = c.infer.args(occurrence.type)
    placed = spread(c, parts, len(types))
    if placed is None:
        reader.poison(node)
        return reader.mismatch(node, occurrence, f"({', '.join('_' * len(parts))})")
    read = {
        index: reader.read(part, occurrence.field(index, type_part))
        for index, (part, type_part) in enumerate(zip(placed, types, strict=True))
        if part
    }
    return product(read)


def row_pattern(reader: PatternReader, node: int, occurrence: Occurrence) -> Pattern:
    """`[a, b]`, `[first, ..rest]`, `[.., last]`."""
    c = reader.c
    parts = c.list(c.lhs[node])
    kind = reader.kind(occurrence)
    if kind is TypeKind.VARIABLE:
        c.infer.unify(occurrence.type, c.infer.make(TypeKind.VEC, (c.infer.fresh(),)))
    element = row_element(c, c.resolved(occurrence.type))
    if element is None:
        reader.poison(node)
        return reader.mismatch(node, occurrence, "Vec<_>")
    rest = next((n for n, part in enumerate(parts) if c.kind[part] == K.PAT_REST), len(parts))
    before, after = parts[:rest], parts[rest + 1 :]
    if rest < len(parts):
        rest_type = slice_type(c, element)
        reader.bind(parts[rest], occurrence.rest(len(before), len(after), rest_type))
    if kind is TypeKind.ARRAY:
        return _array(reader, node, occurrence, before, after, has_rest=rest < len(parts))
    prefix = tuple(reader.read(part, occurrence.element(n, element)) for n, part in enumerate(before))
    suffix = tuple(
        reader.read(part, occurrence.from_end(len(after) - n, element)) for n, part in enumerate(after)
    )
    return p.Sequence(element, prefix, suffix, has_rest=rest < len(parts))


def _array(
    reader: PatternReader,
    node: int,
    occurrence: Occurrence,
    before: list[int],
    after: list[int],
    *,
    has_rest: bool,
) -> Pattern:
    """The elements of an array are there as the fields of a struct are; there must be as many."""
    c = reader.c
    element, size = c.infer.args(occurrence.type)
    n_parts = len(before) + len(after)
    n = c.infer.args(size)[0] if c.infer.kind(size) is TypeKind.CONSTANT else -1
    if n < n_parts or (n > n_parts and not has_rest):
        reader.poison(node)
        c.sink.report("QZ0415", c.extent(node), type=c.show(occurrence.type), found=n_parts)
        return ANYTHING
    places = [*enumerate(before), *enumerate(after, n - len(after))]
    read = {index: reader.read(part, occurrence.field(index, element)) for index, part in places}
    return product(read)


def spread(c: Checker, parts: Sequence[int], n: int) -> list[int] | None:
    """The parts, one for each of ``n`` places, 0 where a `..` leaves it out; None where they do not fit."""
    for at, part in enumerate(parts):
        if c.kind[part] == K.PAT_REST:
            gap = n - (len(parts) - 1)
            return [*parts[:at], *[0] * gap, *parts[at + 1 :]] if gap >= 0 else None
    return list(parts) if len(parts) == n else None
