"""Encoding: the functions that make bytes of a value of a binary layout.

`v.encode()` calls the function that writes a `T` behind other bytes, which other layouts call too. Constants
and what is computed are written in place of what the fields have; so where something is computed, first a
copy of the value is made that has it.
"""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import LocationAttr, StringAttr
from xdsl.ir import Attribute, SSAValue

from dialects.fast_ops import file_location
from dialects.qz.arith import AddOp
from dialects.qz.loops import ForEachOp
from dialects.qz.matches import SwitchOp, numbers
from dialects.qz.properties import EXACT, PREDICATES, UNCHECKED, bytes_const, int_attr, string_attr
from dialects.qz.scalar import CmpOp
from dialects.qz.strings import ShowOp, StrConcatOp, StrConstOp, StrSizeOp
from dialects.qz.structs import StructSetOp
from dialects.qz.terminators import ReturnOp
from dialects.qz.types import boolean, si64, string
from dialects.qz.vec import VecLitOp, VecSetOp, VecSizeOp
from qz.base.source import Span
from qz.irgen.binary.numbers import bytes_of, int_value, require_width
from qz.irgen.builder import Builder
from qz.irgen.calls.direct import call_function, call_library, call_runtime
from qz.irgen.constants import constant
from qz.irgen.data.fields import new_struct, read_field
from qz.irgen.loops.counting import loop_region
from qz.irgen.panics import panic_at
from qz.sema.binary.layouts import (
    Blob,
    Choice,
    Form,
    Layout,
    LayoutField,
    Nested,
    Number,
    Part,
    Row,
    Run,
    Text,
    all_fields,
)
from qz.sema.binary.syntax import of_value
from qz.sema.decls import BinaryDecl, DerivedDecl, FunctionDecl
from qz.sema.types import NONE, TypeId


def encode(b: Builder, function: DerivedDecl, values: Sequence[SSAValue]) -> None:
    """`v.encode()`: the bytes of a value."""
    out = b.make(VecLitOp, (), b.ir_types.of(b.program.queries.signature(function).result))
    write = b.program.derivations.derived("write", function.subject, b.body.module)
    call_function(b, 0, write, [values[0], out])
    b.do(ReturnOp, (out,))


def write(b: Builder, function: DerivedDecl, values: Sequence[SSAValue]) -> None:
    """The function that writes a value behind other bytes."""
    decl = b.program.decls[b.program.types.args[function.subject][0]]
    assert isinstance(decl, BinaryDecl)
    value, out = values
    writing = _Writing(b, decl, _computed(b, decl, value), out)
    writing.parts(decl.layout)
    b.do(ReturnOp, ())


def _computed(b: Builder, decl: BinaryDecl, value: SSAValue) -> SSAValue:
    """A value with what is computed, in the order of the fields; the same one where nothing is."""
    functions = {f.name: f.value for f in all_fields(decl.layout) if isinstance(f.value, FunctionDecl)}
    if not functions:
        return value
    fields = b.ir_types.structs.fields(decl.type)
    copy = new_struct(b, decl.type, [read_field(b, value, decl.type, name) for name in fields])
    for name, function in functions.items():
        found = call_function(b, 0, function, [copy] if of_value(function) else [])
        assert found is not None
        properties: dict[str, Attribute] = {"name": string_attr(name), "index": int_attr(fields[name].first)}
        b.do(StructSetOp, (copy, found), properties)
    return copy


class _Writing:
    """One value on its way out."""

    def __init__(self, b: Builder, decl: BinaryDecl, value: SSAValue, out: SSAValue) -> None:
        self.b = b
        self.decl = decl
        self.whole = value
        self.out = out
        self.written: dict[str, SSAValue] = {}

    def parts(self, parts: Layout) -> None:
        """Write parts, one after the other."""
        for part in parts:
            match part:
                case Run():
                    self.run(part)
                case LayoutField():
                    self.value(part.form, self.field(part), part)
                case Choice():
                    self.choice(part)

    def field(self, field: LayoutField) -> SSAValue:
        """What is written for a field: its constant, or what it has."""
        b = self.b
        if field.value is None or isinstance(field.value, FunctionDecl):
            found = read_field(b, self.whole, self.decl.type, field.name)
        else:
            found = constant(b, field.type, field.value)
        self.written[field.name] = found
        return found

    def where(self, span: Span) -> LocationAttr:
        """The place of a field, which a panic points at."""
        source = self.b.program.source_of(span)
        line, col = source.line_col(span.start)
        return file_location(StringAttr(source.path), line, col)

    # What there is

    def run(self, run: Run) -> None:
        values = [self.field(field) for field in run.fields]
        for field, number, value in zip(run.fields, run.numbers, values, strict=True):
            require_width(self.b, value, number, field.name, self.where(field.span))
        self.numbers(run.numbers, values)

    def numbers(self, forms: Sequence[Number], values: Sequence[SSAValue]) -> None:
        """Numbers end to end: room for all of them, then each byte once."""
        b = self.b
        bytes_ = bytes_of(b, forms, values)
        if not bytes_:
            return
        operands = [self.out, int_value(b, len(bytes_)), int_value(b, 0)]
        start = call_runtime(b, "rt.vec$append_filled", operands, si64)
        assert start is not None
        for index, byte in enumerate(bytes_):
            at = b.make(AddOp, (start, int_value(b, index)), si64, EXACT) if index else start
            b.do(VecSetOp, (self.out, at, byte), UNCHECKED)

    def value(self, form: Form, value: SSAValue, field: LayoutField, type_id: TypeId = NONE) -> None:
        """A value by itself, of a field or, if that is a row, of a type in it."""
        b = self.b
        match form:
            case Number():
                require_width(b, value, form, field.name, self.where(field.span))
                self.numbers((form,), (value,))
            case Blob():
                self.require_size(form, b.make(VecSizeOp, (value,), si64), field)
                call_runtime(b, "rt.vec$append", [self.out, value])
            case Text():
                self.text(form, value, field)
            case Nested():
                write = b.program.derivations.derived("write", form.decl.type, b.body.module)
                call_function(b, 0, write, [value, self.out])
            case Row():
                self.row(form, value, field, type_id or field.type)

    def text(self, form: Text, value: SSAValue, field: LayoutField) -> None:
        if form.prefix is None:
            self._library("put_terminated", value)
            return
        size = self.b.make(StrSizeOp, (value,), si64)
        require_width(self.b, size, form.prefix, f"the size of {field.name}", self.where(field.span))
        self.numbers((form.prefix,), (size,))
        self._library("put_text", value)

    def row(self, form: Row, value: SSAValue, field: LayoutField, type_id: TypeId) -> None:
        b = self.b
        self.require_size(form, b.make(VecSizeOp, (value,), si64), field)
        (element,) = b.program.types.args[type_id]

        def turn(values: Sequence[SSAValue]) -> None:
            self.value(form.element, values[0], field, element)

        region = loop_region(b, [b.ir_types.of(element)], turn)
        b.do(ForEachOp, (value,), {"label": string_attr("items")}, (), (region,))

    def _library(self, name: str, value: SSAValue) -> None:
        call_library(self.b, "binary", name, (self.out, value))

    def require_size(self, form: Blob | Row, found: SSAValue, field: LayoutField) -> None:
        """Panic where a field has another number of elements than the layout says."""
        b = self.b
        match form.size:
            case None:
                return
            case int():
                wanted = int_value(b, form.size)
            case str():
                wanted = self.written[form.size]
            case FunctionDecl():
                computed = call_function(b, 0, form.size, [self.whole])
                assert computed is not None
                wanted = computed

        def message() -> SSAValue:
            noun = "bytes" if isinstance(form, Blob) else "elements"
            said = (f"`{field.name}` has ", found, f" {noun}, and the layout says ", wanted)
            parts = [
                b.make(StrConstOp, (), string, bytes_const(part.encode()))
                if isinstance(part, str)
                else b.make(ShowOp, (part,), string)
                for part in said
            ]
            return b.make(StrConcatOp, parts, string)

        same = b.make(CmpOp, (found, wanted), boolean, PREDICATES["eq"])
        panic_at(b, self.where(field.span), same, message)

    def choice(self, choice: Choice) -> None:
        """The arm for the number that was written; nothing where there is none."""
        b = self.b
        before = dict(self.written)

        def arm(parts: Sequence[Part]) -> Sequence[SSAValue]:
            self.written = dict(before)
            self.parts(tuple(parts))
            return ()

        if not choice.arms:
            return
        regions = [b.region(lambda parts=parts: arm(parts)) for parts in choice.arms.values()]
        regions.append(b.region(lambda: ()))
        self.written = before
        properties: dict[str, Attribute] = {
            "values": numbers(list(choice.arms)),
            "counts": numbers([1] * len(choice.arms)),
        }
        b.do(SwitchOp, (before[choice.discriminant],), properties, (), tuple(regions))
