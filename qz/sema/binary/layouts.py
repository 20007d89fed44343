"""What the bytes of a binary layout mean: the data that encoding and decoding are written from.

A layout is a sequence of parts. Numbers that follow each other are a `Run`, whose bits lie where `pieces`
says: this is the one place that knows widths, positions and byte orders. Whatever else there is begins at a
byte: a `LayoutField` of varying size, or a `Choice` between further parts.

    before   version: u4; ihl: u4; total: u16be; payload: bytes
    after    Run(version, ihl, total), payload
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from qz.base.source import Span
from qz.sema.constants.values import ConstStruct, ConstValue, ConstVec
from qz.sema.types import F32, F64, STRING, TypeId, TypeKind

if TYPE_CHECKING:
    from qz.sema.decls import BinaryDecl, FunctionDecl
    from qz.sema.program import Program

BYTE = 8


class Number(NamedTuple):
    """An integer or a float of ``width`` bits, as a value of ``type``."""

    width: int
    type: TypeId
    signed: bool = False
    little: bool = False  # the lowest byte first

    @property
    def is_float(self) -> bool:
        """Whether the bits are those of a float."""
        return self.type in (F32, F64)


Size: TypeAlias = "int | str | FunctionDecl | None"
"""How many there are: that many, as many as an earlier field says, what a function of the value says, or all
that are left."""


class Blob(NamedTuple):
    """Bytes as they are."""

    size: Size


class Text(NamedTuple):
    """A string, behind its size in bytes, or before a NUL where there is no ``prefix``."""

    prefix: Number | None


class Nested(NamedTuple):
    """A value of another layout."""

    decl: BinaryDecl


class Row(NamedTuple):
    """Elements, one after the other."""

    element: Form
    size: Size


Element: TypeAlias = Number | Blob | Text | Nested
Form: TypeAlias = Element | Row


class LayoutField(NamedTuple):
    """``value`` is what is encoded in place of the field's own value: a constant, or what a function makes of
    the whole."""

    name: str
    form: Form
    type: TypeId
    span: Span
    value: ConstValue | FunctionDecl | None = None


class Run(NamedTuple):
    """Numbers end to end that fill whole bytes together."""

    fields: tuple[LayoutField, ...]

    @property
    def numbers(self) -> list[Number]:
        """What its fields are."""
        return [field.form for field in self.fields if isinstance(field.form, Number)]

    @property
    def n_bytes(self) -> int:
        """How many bytes it takes."""
        return sum(number.width for number in self.numbers) // BYTE


class Choice(NamedTuple):
    """What follows depends on the number in an earlier field."""

    discriminant: str
    arms: dict[int, tuple[Part, ...]]


Part: TypeAlias = Run | LayoutField | Choice
Layout: TypeAlias = tuple[Part, ...]


class Piece(NamedTuple):
    """``width`` bits that number ``number`` of a run has from its bit ``low`` upwards, and byte ``byte`` from
    its bit ``shift`` upwards."""

    number: int
    low: int
    byte: int
    shift: int
    width: int


def pieces(numbers: Sequence[Number]) -> Iterator[Piece]:
    """Where the bits of a run of numbers lie: the highest first, in the high bits of the first byte."""
    at = 0
    for index, number in enumerate(numbers):
        step = BYTE if number.little else number.width
        for low in range(0, number.width, step):
            left = step
            while left:
                byte, used = divmod(at, BYTE)
                width = min(BYTE - used, left)
                left -= width
                at += width
                yield Piece(index, low + left, byte, BYTE - used - width, width)


def least_bits(form: Form) -> int:
    """How many bits of input a value takes at least."""
    match form:
        case Number():
            return form.width
        case Text():
            return BYTE if form.prefix is None else form.prefix.width
        case Nested():
            return least_bits_of(form.decl.layout)
        case Blob():
            return BYTE * form.size if isinstance(form.size, int) else 0
        case Row():
            return least_bits(form.element) * form.size if isinstance(form.size, int) else 0


def least_bits_of(layout: Layout) -> int:
    """The same for a whole layout."""
    total = 0
    for part in layout:
        match part:
            case Run():
                total += part.n_bytes * BYTE
            case LayoutField():
                total += least_bits(part.form)
            case Choice():
                total += min(map(least_bits_of, part.arms.values()), default=0)
    return total


def takes_the_rest(form: Form) -> bool:
    """Whether a value takes all input that is left, so that nothing can follow it."""
    match form:
        case Blob():
            return form.size is None
        case Row():
            return form.size is None
        case Nested():
            return layout_takes_the_rest(form.decl.layout)
        case Number() | Text():
            return False


def layout_takes_the_rest(layout: Layout) -> bool:
    """The same for a whole layout."""
    match layout[-1:]:
        case (LayoutField() as last,):
            return takes_the_rest(last.form)
        case (Choice() as last,):
            return any(map(layout_takes_the_rest, last.arms.values()))
        case _:
            return False


def empty_value(program: Program, form: Form, type_id: TypeId) -> ConstValue:
    """What a field has that was not in the input: 0, and whatever else has nothing in it."""
    if isinstance(form, Number):
        return 0.0 if form.is_float else 0
    if isinstance(form, Nested):
        fields = program.queries.fields(form.decl)
        forms = {field.name: field for field in all_fields(form.decl.layout)}
        values = (empty_value(program, forms[name].form, field.type) for name, field in fields.items())
        return ConstStruct(type_id, tuple(values))
    if type_id == STRING:
        return b""
    assert program.types.kinds[type_id] is TypeKind.VEC
    return ConstVec(type_id, ())


def all_fields(layout: Layout) -> Iterator[LayoutField]:
    """Every field, those of all arms too; a name that several arms have comes once for each."""
    for part in layout:
        match part:
            case Run():
                yield from part.fields
            case LayoutField():
                yield part
            case Choice():
                for arm in part.arms.values():
                    yield from all_fields(arm)
