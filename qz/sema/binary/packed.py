"""Packed structs: an unsigned integer whose bits have names, the lowest first.

Their values are that integer, as those of a newtype are what it wraps; nothing is ever allocated. This is the
one place where widths and positions are decided, and those who read and write bits go by `BitField`.
"""

from __future__ import annotations

from qz.diagnostics.model import Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema.decls import BitField, PackedDecl
from qz.sema.program import Program
from qz.sema.types import BITS, ERROR, INT, SIGNED, U64, UNSIGNED, TypeId, TypeKind
from qz.syntax import node_numbers as nk
from qz.syntax.ast import AstArena
from qz.syntax.literals import int_value

WORD_TYPES: dict[str, TypeId] = {f"u{BITS[kind]}": kind for kind in map(TypeKind, UNSIGNED)}
"""The types of words by the names that layouts have for them."""

INTEGER_NAMES = WORD_TYPES | {f"i{BITS[kind]}": kind for kind in map(TypeKind, SIGNED)}
"""All integer types by such names."""


def value_type(width: int, *, signed: bool = False) -> TypeId:
    """What a number of that many bits is read as: all but a whole unsigned word are `Int`."""
    return U64 if width == BITS[TypeKind.U64] and not signed else INT


def packed_of(program: Program, type_id: TypeId) -> PackedDecl | None:
    """The packed struct that a type is, with its fields; None for any other type."""
    if type_id < 0 or program.types.kinds[type_id] is not TypeKind.NEWTYPE:
        return None
    decl = program.decls[program.types.args[type_id][0]]
    if not isinstance(decl, PackedDecl):
        return None
    program.queries.underlying(decl)
    return decl


def word_width(program: Program, decl: PackedDecl) -> int:
    """How many bits the word has; 0 where its declaration is wrong."""
    return BITS.get(TypeKind(program.queries.underlying(decl)), 0)


def read_packed(program: Program, decl: PackedDecl, arena: AstArena, node: int) -> TypeId:
    """Read the fields of a packed struct; the type of its word, `ERROR` where that was reported."""
    if arena.kind[node] != nk.PACKED:
        return ERROR
    tokens, sink = decl.module.tokens, program.sink
    backing = arena.lhs[node]
    name = tokens.text(backing) if backing else ""
    word = WORD_TYPES.get(name.lower())
    if word is None:
        if backing:  # else the parser has said so
            hint = did_you_mean(name, WORD_TYPES) or "a packed struct lies in `u8`, `u16`, `u32` or `u64`"
            sink.report(
                "QZ0954", tokens.span(backing), help=hint, name=name, what="the word of a packed struct"
            )
        return ERROR
    room = BITS[TypeKind(word)]
    first = 0
    for member in arena.list(arena.rhs[node]):
        if arena.kind[member] != nk.BIN_FIELD:
            continue
        span = tokens.span(arena.token[member])
        field = tokens.text(arena.token[member])
        number = arena.token[arena.lhs[member]]
        width = int_value(tokens.bytes(number))[0]
        if field in decl.bits:
            notes = [Note(decl.bits[field].span, f"`{field}` is first declared here")]
            sink.report("QZ0305", span, notes=notes, name=field)
            continue
        if not 1 <= width <= room - first:
            notes = [Note(tokens.span(backing), f"`{name}` has {room} bits")]
            left = f"{room - first} of the {room} bits are left"
            problem = f"`{field}` takes {n_bits(width)}, and {left}" if width else f"`{field}` takes no bit"
            sink.report("QZ0958", tokens.span(number), notes=notes if width else (), problem=problem)
            return ERROR
        decl.bits[field] = BitField(field, first, width, value_type(width), span)
        first += width
    return word


def n_bits(number: int) -> str:
    """A number of bits, in words."""
    return "1 bit" if number == 1 else f"{number} bits"
