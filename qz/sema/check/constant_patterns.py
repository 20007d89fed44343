"""Patterns that are values known to the compiler: literals, constants, and ranges of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from qz.diagnostics.model import Note
from qz.sema.check.enums import none_of
from qz.sema.const_values import AGGREGATES
from qz.sema.constants import evaluate
from qz.sema.decls import ConstDecl, ConstValue
from qz.sema.matching.occurrences import Occurrence
from qz.sema.matching.ordinals import domain_of, ordinal_of
from qz.sema.matching.patterns import ANYTHING, Interval, Pattern, Text, Variant
from qz.sema.types import BOOL, CHAR, ERROR, FLOATS, INTEGERS, STRING, SYMBOL, TypeId
from qz.syntax.nodes import NodeKind

if TYPE_CHECKING:
    from qz.sema.check.patterns import PatternReader

K = NodeKind


def literal(reader: PatternReader, node: int, occurrence: Occurrence) -> Pattern:
    """A literal, `-` in front of a number included; an integer takes the width of the value."""
    c = reader.c
    if c.kind[node] == K.NIL:
        return _nil(reader, node, occurrence)
    found = c.expr(node, c.resolved(occurrence.type))
    if not reader.expect(node, occurrence, found):
        return ANYTHING
    value = evaluate(c.program, c.body, node, quiet=True)
    return _pattern_of(reader, value, c.resolved(occurrence.type))


def _nil(reader: PatternReader, node: int, occurrence: Occurrence) -> Pattern:
    """`nil` is `None`."""
    found = none_of(reader.c, occurrence.type)
    if found is None or not reader.expect(node, occurrence, found.type):
        reader.failed = True
        return ANYTHING
    return Variant(found.variant.tag, len(found.enum.names), ())


def constant(reader: PatternReader, node: int, decl: ConstDecl, occurrence: Occurrence) -> Pattern:
    """A name that stands for a constant."""
    c = reader.c
    known = c.program.queries.constant(decl)
    if not reader.expect(node, occurrence, known.type):
        return ANYTHING
    if isinstance(known.value, AGGREGATES):
        what = f"a pattern of a constant of type `{c.show(known.type)}` is"
        c.program.report_unsupported(c.span(node), what)
    return _pattern_of(reader, known.value, c.resolved(occurrence.type))


def _pattern_of(reader: PatternReader, value: ConstValue | None, type_id: TypeId) -> Pattern:
    """The pattern that one value matches."""
    if isinstance(value, bytes):
        return Text(value)
    if value is None or isinstance(value, AGGREGATES) or (isinstance(value, float) and math.isnan(value)):
        reader.failed = True
        return ANYTHING
    domain = domain_of(type_id)
    ordinal = ordinal_of(value, domain)
    return Interval(ordinal, ordinal, domain)


def constant_range(reader: PatternReader, node: int, occurrence: Occurrence) -> Pattern:
    """`a..b`, `a..=b` over numbers and code points."""
    c = reader.c
    low_node, high_node = c.lhs[node], c.rhs[node]
    low = _bound(reader, low_node, occurrence)
    if low is None:
        c.expr(high_node)
        return ANYTHING
    high = _bound(reader, high_node, occurrence)
    if high is None:
        return ANYTHING
    type_id = c.resolved(occurrence.type)
    if type_id not in INTEGERS and type_id not in FLOATS and type_id != CHAR:
        if type_id in (BOOL, STRING, SYMBOL):
            return reader.mismatch(node, occurrence, "a range of numbers")
        reader.failed = True
        return ANYTHING
    domain = domain_of(type_id)
    first, last = ordinal_of(low, domain), ordinal_of(high, domain)
    if c.text(node) == "..":
        last -= 1
    if first > last:
        hint = f"write `{c.source(low_node)}..={c.source(high_node)}`" if first == last + 1 else ""
        c.sink.report("QZ0104", c.extent(node), help=hint)
        reader.failed = True
        return ANYTHING
    return Interval(first, last, domain)


def _bound(reader: PatternReader, node: int, occurrence: Occurrence) -> int | float | None:
    """The value of one end of a range."""
    c = reader.c
    found = c.expr(node, c.resolved(occurrence.type))
    if not reader.expect(node, occurrence, found):
        return None
    if c.kind[node] in (K.IDENT, K.PATH):
        entry = c.decls[node]
        decl = c.program.decls[-entry - 1] if entry < 0 else None
        if not isinstance(decl, ConstDecl):
            notes = [Note(decl.span, "declared here")] if decl is not None else []
            if found != ERROR:
                c.sink.report("QZ0105", c.span(node), notes=notes, name=c.text(node))
            reader.failed = True
            return None
    value = evaluate(c.program, c.body, node, quiet=True)
    if (
        value is None
        or isinstance(value, (bytes, *AGGREGATES))
        or (isinstance(value, float) and math.isnan(value))
    ):
        reader.failed = True
        if isinstance(value, (bytes, *AGGREGATES)):
            reader.mismatch(node, occurrence, "a range of numbers")
        return None
    return value
