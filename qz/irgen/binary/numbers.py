"""Numbers of binary layouts: of the bytes of a run, and back, by the pieces in which they lie there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xdsl.dialects.builtin import LocationAttr
from xdsl.ir import Attribute, SSAValue

from dialects.qz.bits import BitAndOp, BitOrOp, ShlOp, ShrOp
from dialects.qz.properties import PREDICATES, bytes_const
from dialects.qz.scalar import CastOp, CmpOp, ConstOp, ReinterpretOp
from dialects.qz.strings import ShowOp, StrConcatOp, StrConstOp
from dialects.qz.types import boolean, si64, string, ui8
from qz.irgen.builder import Builder
from qz.irgen.panics import panic_at
from qz.sema.binary.layouts import BYTE, Number, pieces
from qz.sema.binary.packed import n_bits
from qz.sema.types import F32, INT, TypeKind

WORD = 64


def int_value(b: Builder, value: int) -> SSAValue:
    """An `Int`."""
    return b.make(ConstOp, (), si64, b.ir_types.number(INT, value))


def numbers_of(b: Builder, numbers: Sequence[Number], byte: Callable[[int], SSAValue]) -> list[SSAValue]:
    """The numbers of a run; ``byte`` gives each of its bytes, as an `Int`."""
    bytes_: dict[int, SSAValue] = {}
    words: list[SSAValue | None] = [None] * len(numbers)
    for piece in pieces(numbers):
        if piece.byte not in bytes_:
            bytes_[piece.byte] = byte(piece.byte)
        bits = _shifted(b, ShrOp, bytes_[piece.byte], piece.shift)
        if piece.shift + piece.width < BYTE:
            bits = _masked(b, bits, piece.width)
        words[piece.number] = _joined(b, words[piece.number], _shifted(b, ShlOp, bits, piece.low))
    return [_value(b, word, number) for word, number in zip(words, numbers, strict=True) if word is not None]


def bytes_of(b: Builder, numbers: Sequence[Number], values: Sequence[SSAValue]) -> list[SSAValue]:
    """The bytes of a run of numbers that fit."""
    words = [_word(b, value, number) for value, number in zip(values, numbers, strict=True)]
    found: list[SSAValue | None] = [None] * (sum(number.width for number in numbers) // BYTE)
    for piece in pieces(numbers):
        bits = _shifted(b, ShrOp, words[piece.number], piece.low)
        if piece.width < BYTE:
            bits = _shifted(b, ShlOp, _masked(b, bits, piece.width), piece.shift)
        found[piece.byte] = _joined(b, found[piece.byte], bits)
    return [b.make(CastOp, (byte,), ui8) for byte in found if byte is not None]


def _joined(b: Builder, before: SSAValue | None, bits: SSAValue) -> SSAValue:
    return bits if before is None else b.make(BitOrOp, (before, bits), si64)


def _shifted(b: Builder, op: type[ShlOp | ShrOp], value: SSAValue, by: int) -> SSAValue:
    return b.make(op, (value, int_value(b, by)), si64) if by else value


def _masked(b: Builder, value: SSAValue, width: int) -> SSAValue:
    return b.make(BitAndOp, (value, int_value(b, (1 << width) - 1)), si64)


def _value(b: Builder, word: SSAValue, number: Number) -> SSAValue:
    """What the bits of a number mean."""
    want = b.ir_types.of(number.type)
    if number.is_float:
        bits = b.ir_types.of(TypeKind.U32 if number.type == F32 else INT)
        return b.make(ReinterpretOp, (_cast(b, word, bits),), want)
    if number.signed:
        word = _extended(b, word, number.width)
    return _cast(b, word, want)


def _word(b: Builder, value: SSAValue, number: Number) -> SSAValue:
    """The bits of a value."""
    if number.is_float:
        bits = b.ir_types.of(TypeKind.U32 if number.type == F32 else INT)
        value = b.make(ReinterpretOp, (value,), bits)
    return _cast(b, value, si64)


def _cast(b: Builder, value: SSAValue, want: Attribute) -> SSAValue:
    return value if value.type == want else b.make(CastOp, (value,), want)


def _extended(b: Builder, word: SSAValue, width: int) -> SSAValue:
    """The lowest bits of a word as a signed number."""
    by = WORD - width
    return _shifted(b, ShrOp, _shifted(b, ShlOp, word, by), by)


def require_width(b: Builder, value: SSAValue, number: Number, name: str, where: LocationAttr) -> None:
    """Panic on a number that its bits cannot hold, where overflow of arithmetic would panic too."""
    if b.options.overflow != "trap" or number.type != INT or number.width == WORD:
        return
    held = _extended(b, value, number.width) if number.signed else _masked(b, value, number.width)
    fits = b.make(CmpOp, (held, value), boolean, PREDICATES["eq"])

    def message() -> SSAValue:
        said = f" does not fit the {n_bits(number.width)} of `{name}`"
        text = b.make(StrConstOp, (), string, bytes_const(said.encode()))
        return b.make(StrConcatOp, (b.make(ShowOp, (value,), string), text), string)

    panic_at(b, where, fits, message)
