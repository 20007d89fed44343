"""Patterns that are values known to the compiler: literals, constants, and ranges of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from qz.diagnostics.model import Note
from qz.sema.binary.packed import packed_of
from qz.sema.check.comparison import has_equality
from qz.sema.check.enums import none_of
from qz.sema.check.receivers import find_methods
from qz.sema.constants.evaluation import evaluate
from qz.sema.constants.values import (
    AGGREGATES,
    ConstMade,
    ConstStruct,
    ConstTable,
    ConstVariant,
    ConstVec,
    n_parts,
    table_elements,
)
from qz.sema.constants.values import parts as parts_of
from qz.sema.data.parts import part_types
from qz.sema.decls import ConstDecl, ConstValue, EnumDecl
from qz.sema.matching.occurrences import Occurrence
from qz.sema.matching.ordinals import domain_of, ordinal_of
from qz.sema.matching.patterns import ANYTHING, Interval, Pattern, Sequence, Text, Variant, product
from qz.sema.types import BITS, BOOL, CHAR, ERROR, FLOATS, INTEGERS, STRING, SYMBOL, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

if TYPE_CHECKING:
    from qz.sema.check.checker import Checker
    from qz.sema.check.patterns import PatternReader
    from qz.sema.program import Program

K = NodeKind

NOT_A_NUMBER = "NaN is equal to nothing"
MAX_PARTS = 1000
"""How much may be in a constant that is a pattern; each part is tested by itself."""


def literal(reader: PatternReader, node: int, occurrence: Occurrence) -> Pattern:
    """A literal, `-` in front of a number included; an integer takes the width of the value."""
    c = reader.c
    if c.kind[node] == K.NIL:
        return _nil(reader, node, occurrence)
    found = c.expr(node, c.resolved(occurrence.type))
    if not reader.expect(node, occurrence, found):
        return ANYTHING
    value = evaluate(c.program, c.body, node, quiet=True)
    return _pattern_of(reader, value, occurrence)


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
    known = c.program.queries.values.constant(decl)
    if not reader.expect(node, occurrence, known.type):
        return ANYTHING
    problem = "" if known.value is None else _why_none(c, known.value, known.type)
    if problem:
        name = decl.name
        can_compare = problem != NOT_A_NUMBER and has_equality(c, known.type)
        hint = f"compare with it: `x if x == {name} => …`" if can_compare else ""
        notes = [Note(decl.span, "declared here")]
        c.sink.report("QZ0113", c.span(node), notes=notes, help=hint, name=name, problem=problem)
        reader.failed = True
        return ANYTHING
    return _pattern_of(reader, known.value, occurrence)


def _why_none(c: Checker, value: ConstValue, type_id: TypeId) -> str:
    """Why no pattern is equal to a constant; nothing if one is."""
    if isinstance(value, ConstMade):
        return f"functions cannot be compared, and `{c.show(type_id)}` holds some"
    if n_parts(value, MAX_PARTS + 1) > MAX_PARTS:
        return f"it is made of more than {MAX_PARTS} values"
    equality = c.program.interner.intern("op_eq")
    pending: list[tuple[ConstValue, TypeId]] = [(value, type_id)]
    for part, of in pending:
        if isinstance(part, float) and math.isnan(part):
            return NOT_A_NUMBER
        if isinstance(part, AGGREGATES) and find_methods(c, of, equality) is not None:
            return f"`{c.show(of)}` has an `op_eq` of its own, and a pattern goes by what it is made of"
        packed = packed_of(c.program, of)
        n_named = sum(field.width for field in packed.bits.values()) if packed is not None else 0
        if packed is not None and n_named < BITS[TypeKind(packed.underlying)]:
            return f"`{c.show(of)}` has bits without a name, which no pattern looks at"
        pending += _inside(c, part, of)
    return ""


def _inside(c: Checker, value: ConstValue, type_id: TypeId) -> list[tuple[ConstValue, TypeId]]:
    """What a value is made of, each with its type; of a packed struct its bits."""
    packed = packed_of(c.program, type_id)
    if packed is not None and isinstance(value, int):
        bits = packed.bits.values()
        return [((value >> field.first) & ((1 << field.width) - 1), field.type) for field in bits]
    if isinstance(value, ConstTable | ConstVec):
        (element,) = part_types(c.program, value.type)
        if isinstance(value, ConstVec):
            return [(part, element) for part in value.elements]
        return [(part, element) for part in table_elements(value, c.program.queries.stripped(element))]
    if isinstance(value, ConstStruct | ConstVariant):
        types = part_types(c.program, value.type, value.tag if isinstance(value, ConstVariant) else 0)
        return list(zip(parts_of(value), types, strict=True))
    return []


def _pattern_of(reader: PatternReader, value: ConstValue | None, occurrence: Occurrence) -> Pattern:
    """The pattern that one value matches."""
    type_id = reader.c.resolved(occurrence.type)
    if isinstance(value, bytes):
        return Text(value)
    inside = _inside(reader.c, value, type_id) if value is not None else []
    if inside or isinstance(value, AGGREGATES):
        return _pattern_of_parts(reader, value, inside, occurrence)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        reader.failed = True
        return ANYTHING
    domain = domain_of(reader.c.program.queries.stripped(type_id))
    ordinal = ordinal_of(value, domain)
    return Interval(ordinal, ordinal, domain)


def _pattern_of_parts(
    reader: PatternReader,
    value: ConstValue | None,
    inside: list[tuple[ConstValue, TypeId]],
    occurrence: Occurrence,
) -> Pattern:
    """The pattern that is written as such a value is."""
    program = reader.c.program
    is_vec = isinstance(value, ConstTable | ConstVec) and program.types.kinds[value.type] is TypeKind.VEC

    def place(index: int, of: TypeId) -> Occurrence:
        if isinstance(value, ConstVariant):
            return occurrence.payload(value.tag, index, of)
        return occurrence.element(index, of) if is_vec else occurrence.field(index, of)

    parts = tuple([_pattern_of(reader, part, place(at, of)) for at, (part, of) in enumerate(inside)])
    if isinstance(value, ConstVariant):
        return Variant(value.tag, _n_variants(program, value.type), parts)
    if is_vec and isinstance(value, ConstTable | ConstVec):
        return Sequence(part_types(program, value.type)[0], parts)
    return product(dict(enumerate(parts)))


def _n_variants(program: Program, type_id: TypeId) -> int:
    """How many variants an enum has, or members a union."""
    if program.types.kinds[type_id] is TypeKind.UNION:
        return len(program.types.args[type_id])
    enum = program.decls[program.types.args[type_id][0]]
    assert isinstance(enum, EnumDecl)
    return len(enum.names)


def constant_range(reader: PatternReader, node: int, occurrence: Occurrence) -> Pattern:
    """`a..b`, `a..=b` over numbers and code points, or with one end: `a..`, `..b`, `..=b`."""
    c = reader.c
    ends = [end for end in (c.lhs[node], c.rhs[node]) if end]
    bounds: dict[int, float] = {}
    for end in ends:
        bound = _bound(reader, end, occurrence)
        if bound is None:
            if end != ends[-1]:
                c.expr(ends[-1])
            return ANYTHING
        bounds[end] = bound
    type_id = c.resolved(occurrence.type)
    if type_id not in INTEGERS and type_id not in FLOATS and type_id != CHAR:
        if type_id in (BOOL, STRING, SYMBOL):
            return reader.mismatch(node, occurrence, "a range of numbers")
        reader.failed = True
        return ANYTHING
    domain = domain_of(type_id)
    first, last = domain.low, domain.high
    if c.lhs[node]:
        first = ordinal_of(bounds[c.lhs[node]], domain)
    if c.rhs[node]:
        last = ordinal_of(bounds[c.rhs[node]], domain) - (c.text(node) == "..")
    if first > last:
        shown = [c.source(end) for end in ends]
        hint = f"write `{'..='.join(shown)}`" if first == last + 1 and len(shown) > 1 else ""
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
