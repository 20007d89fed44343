"""Decoding: the functions that make a value of a binary layout from bytes.

`T.decode(bytes)` calls the function that reads a `T`, which other layouts call too. That one goes through the
parts in their order, with a `Reader` of the library; what goes wrong is noted there, and ends it with `None`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xdsl.ir import Attribute, SSAValue

from dialects.qz.arith import AddOp
from dialects.qz.branches import IfOp
from dialects.qz.loops import ForOp, WhileOp
from dialects.qz.matches import SwitchOp, numbers
from dialects.qz.properties import EXACT, UNCHECKED, string_attr
from dialects.qz.scalar import CastOp
from dialects.qz.terminators import ReturnOp
from dialects.qz.types import si64, ui8
from dialects.qz.vec import VecGetOp, VecLitOp, VecPushOp
from qz.irgen.binary.numbers import int_value, numbers_of
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.calls.direct import call_function, call_library
from qz.irgen.constants import constant
from qz.irgen.data.enums import new_variant
from qz.irgen.data.fields import new_struct, read_field
from qz.irgen.data.options import Opened, return_result
from qz.irgen.loops.counting import loop_region
from qz.sema.binary.layouts import (
    BYTE,
    Blob,
    Choice,
    Form,
    LayoutField,
    Nested,
    Number,
    Part,
    Row,
    Run,
    all_fields,
    empty_value,
    least_bits,
)
from qz.sema.decls import BinaryDecl, DerivedDecl, FunctionDecl
from qz.sema.types import TypeId

LABEL: dict[str, Attribute] = {"label": string_attr("items")}


def decode(b: Builder, function: DerivedDecl, values: Sequence[SSAValue]) -> None:
    """`T.decode(bytes)`: `Ok` with what was read, or `Err` with what the reader has noted."""
    result = b.program.queries.signature(function).result
    reader = _library(b, "reader", values)
    read = b.program.derivations.derived("read", function.subject, b.body.module)
    found = call_function(b, 0, read, [reader])
    assert found is not None
    opened = Opened(b, found, b.program.queries.signature(read).result)
    return_result(b, result, opened, lambda: read_field(b, reader, _reader_type(b), "error"))


def read(b: Builder, function: DerivedDecl, values: Sequence[SSAValue]) -> None:
    """The function that reads a value: `Some`, or `None` where the reader has noted why."""
    option = b.program.queries.signature(function).result
    decl = b.program.decls[b.program.types.args[function.subject][0]]
    assert isinstance(decl, BinaryDecl)
    reading = _Reading(b, decl, values[0], option)
    reading.parts(decl.layout)
    some = b.ir_types.enums.declaration(option).names["Some"].tag
    b.do(ReturnOp, (new_variant(b, option, some, (reading.whole(),)),))


def _library(b: Builder, name: str, values: Sequence[SSAValue]) -> SSAValue:
    found = _run(b, name, values)
    assert found is not None
    return found


def _run(b: Builder, name: str, values: Sequence[SSAValue]) -> SSAValue | None:
    return call_library(b, "binary", name, values)


def _reader_type(b: Builder) -> TypeId:
    return b.program.library.struct("binary", "Reader").type


class _Reading:
    """One value on its way: the fields that have been read."""

    def __init__(self, b: Builder, decl: BinaryDecl, reader: SSAValue, option: TypeId) -> None:
        self.b = b
        self.decl = decl
        self.reader = reader
        self.option = option
        self.found: dict[str, SSAValue] = {}
        self._empty = {field.name: field for field in all_fields(decl.layout)}

    def parts(self, parts: Sequence[Part]) -> None:
        """Read parts, one after the other."""
        for part in parts:
            match part:
                case Run():
                    self.run(part)
                case LayoutField():
                    self.found[part.name] = self.value(part.form, part.type)
                case Choice():
                    self.choice(part)

    def whole(self) -> SSAValue:
        """The value of what is known; the other fields have nothing in them."""
        b = self.b
        fields = b.program.queries.fields(self.decl)
        return new_struct(b, self.decl.type, [self._known(name) for name in fields])

    def _known(self, name: str) -> SSAValue:
        found = self.found.get(name)
        return found if found is not None else self._nothing(name)

    def _nothing(self, name: str) -> SSAValue:
        field = self._empty[name]
        return constant(self.b, field.type, empty_value(self.b.program, field.form, field.type))

    def leave_if_failed(self) -> None:
        """Return `None` where the reader has noted an error."""
        b = self.b
        failed = read_field(b, self.reader, _reader_type(b), "failed")

        def leave() -> Sequence[SSAValue]:
            raise self.leave()

        b.do(IfOp, (failed,), NO_PROPERTIES, (), (b.region(leave),))

    def leave(self) -> Exception:
        """The end of the function, with `None`; raise what this returns."""
        none = self.b.ir_types.enums.declaration(self.option).names["None"].tag
        return self.b.end(ReturnOp, (new_variant(self.b, self.option, none),))

    # What there is

    def run(self, run: Run) -> None:
        """Numbers end to end: one look whether they are there, then each byte once."""
        found = self.numbers(run.numbers, run.n_bytes)
        self.found.update(zip((field.name for field in run.fields), found, strict=True))

    def numbers(self, forms: Sequence[Number], n_bytes: int) -> list[SSAValue]:
        b = self.b
        start = _library(b, "take", (self.reader, int_value(b, n_bytes)))
        self.leave_if_failed()
        data = read_field(b, self.reader, _reader_type(b), "data")

        def byte(index: int) -> SSAValue:
            at = b.make(AddOp, (start, int_value(b, index)), si64, EXACT) if index else start
            return b.make(CastOp, (b.make(VecGetOp, (data, at), ui8, UNCHECKED),), si64)

        return numbers_of(b, forms, byte)

    def value(self, form: Form, type_id: TypeId) -> SSAValue:
        """A value by itself."""
        b = self.b
        if isinstance(form, Number):
            return self.numbers((form,), form.width // BYTE)[0]
        if isinstance(form, Row):
            return self.row(form, type_id)
        if isinstance(form, Nested):
            return self.nested(form)
        if isinstance(form, Blob) and form.size is None:
            found = _library(b, "take_rest", (self.reader,))
        elif isinstance(form, Blob):
            found = _library(b, "take_bytes", (self.reader, self.size(form)))
        elif form.prefix is None:
            found = _library(b, "take_terminated", (self.reader,))
        else:
            (size,) = self.numbers((form.prefix,), form.prefix.width // BYTE)
            found = _library(b, "take_text", (self.reader, size))
        self.leave_if_failed()
        return found

    def nested(self, form: Nested) -> SSAValue:
        b = self.b
        function = b.program.derivations.derived("read", form.decl.type, b.body.module)
        found = call_function(b, 0, function, [self.reader])
        assert found is not None
        self.leave_if_failed()
        return Opened(b, found, b.program.queries.signature(function).result).held()

    def size(self, form: Blob | Row) -> SSAValue:
        """How many there are."""
        b = self.b
        match form.size:
            case int():
                return int_value(b, form.size)
            case str():
                return self.found[form.size]
            case FunctionDecl():
                found = call_function(b, 0, form.size, [self.whole()])
                assert found is not None
                return found
            case None:
                raise ValueError("what takes the rest has no size")

    def row(self, form: Row, type_id: TypeId) -> SSAValue:
        b = self.b
        made = b.make(VecLitOp, (), b.ir_types.of(type_id))
        (element,) = b.program.types.args[type_id]

        def turn(_: Sequence[SSAValue]) -> None:
            b.do(VecPushOp, (made, self.value(form.element, element)))

        if form.size is None:
            more = b.region(lambda: (_library(b, "more?", (self.reader,)),))
            b.do(WhileOp, (), LABEL, (), (more, loop_region(b, [], turn)))
            return made
        n = self.size(form)
        _run(b, "require_room", (self.reader, n, int_value(b, least_bits(form.element) // BYTE)))
        self.leave_if_failed()
        b.do(ForOp, (int_value(b, 0), n), LABEL, (), (loop_region(b, [si64], turn),))
        return made

    def choice(self, choice: Choice) -> None:
        """The fields of all arms; those of the others have nothing in them."""
        b = self.b
        names = list({field.name: None for arm in choice.arms.values() for field in all_fields(arm)})
        types: list[Attribute] = [b.ir_types.of(self._empty[name].type) for name in names]
        before = dict(self.found)

        def arm(parts: Sequence[Part]) -> Callable[[], Sequence[SSAValue]]:
            def fill() -> Sequence[SSAValue]:
                self.found = dict(before)
                self.parts(parts)
                return [self._known(name) for name in names]

            return fill

        def other() -> Sequence[SSAValue]:
            _run(b, "fail_to_choose", (self.reader,))
            raise self.leave()

        regions = [b.region(arm(parts)) for parts in choice.arms.values()]
        properties: dict[str, Attribute] = {
            "values": numbers(list(choice.arms)),
            "counts": numbers([1] * len(choice.arms)),
        }
        decides = before[choice.discriminant]
        op = b.do(SwitchOp, (decides,), properties, types, (*regions, b.region(other)))
        self.found = before | dict(zip(names, op.results, strict=True))
