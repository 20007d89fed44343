"""Packed structs: literals, `as` from and to their words, and numbers that do not fit the bits they go to."""

from __future__ import annotations

from qz.diagnostics.model import Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema.binary.packed import INTEGER_NAMES, packed_of, word_width
from qz.sema.check.checker import Checker
from qz.sema.check.integers import is_integer
from qz.sema.check.records import field_value, require_bits
from qz.sema.decls import PackedDecl
from qz.sema.types import BITS, ERROR, INT, INTEGERS, TypeId, TypeKind
from qz.syntax.nodes import NodeKind


def packed_literal(c: Checker, node: int, decl: PackedDecl) -> TypeId:
    """`Gpio { pin0: 3 }`: bits that are not mentioned are 0."""
    given: dict[str, int] = {}
    for init in c.list(c.rhs[node]):
        name = c.text(init)
        if name in given:
            notes = [Note(c.span(given[name]), "first given here")]
            c.sink.report("QZ0205", c.span(init), notes=notes, name=name)
        given.setdefault(name, init)
        check_bits(c, init, decl, name)
    return decl.type


def check_bits(c: Checker, init: int, decl: PackedDecl, name: str) -> None:
    """What bits of a packed struct are given in a literal or behind `with`."""
    field = decl.bits.get(name)
    if field is None:
        if c.program.queries.underlying(decl) != ERROR:
            hint = did_you_mean(name, list(decl.bits))
            c.sink.report("QZ0303", c.span(init), help=hint, type=decl.name, name=name)
        field_value(c, init, ERROR, None)
        return
    field_value(c, init, field.type, lambda: Note(field.span, f"field `{name}` is declared here"))
    require_bits(c, init, field)


def cast_target(c: Checker, node: int) -> TypeId:
    """The type behind `as`, where the integer types may be written as in layouts: `x as u32`."""
    name = c.text(node)
    known = INTEGER_NAMES.get(name) if c.kind[node] == NodeKind.TYPE_NAME else None
    if known is None or c.body.module.lookup(c.symbol(node)) is not None:
        return c.annotation(node)
    return known


def casts_word(c: Checker, node: int, found: TypeId, target: TypeId) -> bool:
    """Whether `as` goes from a packed struct to an integer or back; reports where their widths differ.

    An `Int` stands for a word of any width.
    """
    decl = packed_of(c.program, found) or packed_of(c.program, target)
    if decl is None:
        return False
    other = target if decl.type == found else found
    word = c.program.queries.underlying(decl)
    if ERROR in (word, other) or other in (word, INT):
        return True
    if not is_integer(c, other) or other not in INTEGERS:
        return False
    width, width_of_other = word_width(c.program, decl), BITS[TypeKind(other)]
    if width == width_of_other:
        return True
    notes = [Note(decl.span, f"`{decl.name}` is declared here")]
    hint = f"convert to or from its word first: `… as {c.show(word)} as {c.show(target)}`"
    shown = c.show(other)
    c.sink.report(
        "QZ0955",
        c.extent(node),
        notes=notes,
        help=hint,
        packed=decl.name,
        width=width,
        type=shown,
        other=width_of_other,
    )
    return True


def is_packed(c: Checker, node: int) -> bool:
    """Whether an expression that was checked is a packed struct."""
    return packed_of(c.program, c.resolved(c.types[node])) is not None
