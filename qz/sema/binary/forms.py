"""Reading what the fields of a binary layout are: `u16be`, `bytes(n)`, `[Point; 2]`."""

from __future__ import annotations

import re
from abc import abstractmethod

from qz.diagnostics.suggest import did_you_mean
from qz.sema.binary.layouts import (
    BYTE,
    Blob,
    Element,
    Form,
    Nested,
    Number,
    Row,
    Size,
    Text,
    least_bits,
    takes_the_rest,
)
from qz.sema.binary.nodes import LayoutNodes
from qz.sema.binary.packed import value_type, word_width
from qz.sema.decls import BinaryDecl, PackedDecl
from qz.sema.types import F32, F64, INT, STRING, U8, TypeId
from qz.syntax import node_numbers as nk

MAX_WIDTH = 64

_NUMBER = re.compile(r"([ui])([1-9][0-9]*)(be|le)?|(f)(32|64)(be|le)?")
_FLOATS = {32: F32, 64: F64}
_WORDS = ("u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "f32", "f64", "bytes", "cstring", "pstring")


class LayoutForms(LayoutNodes):
    """Reads one form after the other; what is wrong with one is reported, and it is None then."""

    @abstractmethod
    def size(self, node: int, owner: str) -> Size:
        """How many there are of something, by the expression for it."""

    def form(self, node: int, owner: str) -> Form | None:
        """What a field is; None where that was reported."""
        if self.arena.kind[node] == nk.BIN_LIST:
            return self._row(node, owner)
        return self._element(node, owner) if self.arena.kind[node] == nk.BIN_TYPE else None

    def _row(self, node: int, owner: str) -> Row | None:
        inner = self.arena.lhs[node]
        element = self.form(inner, owner)
        if element is None:
            return None
        size = self.size(self.arena.rhs[node], owner) if self.arena.rhs[node] else None
        name = self.source(inner)
        if takes_the_rest(element):
            return self.refuse(inner, name, "the element of a list: it takes all that is left")
        if not least_bits(element):
            return self.refuse(inner, name, "the element of a list: it may take no bytes")
        if isinstance(element, Number) and element.width % BYTE:
            problem = f"`{name}` is no whole number of bytes, as an element of a list must be"
            self.sink.report("QZ0958", self.span(inner), problem=problem)
            return None
        return Row(element, size)

    def _element(self, node: int, owner: str) -> Element | None:
        name, argument = self.text(node), self.arena.lhs[node]
        if name == "bytes":
            return Blob(self.size(argument, owner) if argument else None)
        if name == "pstring" and argument:
            prefix = self._number(self.text(argument)) if self.arena.kind[argument] == nk.IDENT else None
            if prefix is not None and prefix.type == INT and not prefix.signed and not prefix.width % BYTE:
                return Text(prefix)
            return self.refuse(argument, self.source(argument), "the layout of the size of a string")
        if argument:
            return self.refuse(node, name, "a layout with a size")
        if name == "cstring":
            return Text(None)
        return self._number(name) or self._declared(node, name)

    def _number(self, name: str) -> Number | None:
        match = _NUMBER.fullmatch(name)
        if match is None:
            return None
        width, little = int(match[2] or match[5]), (match[3] or match[6]) == "le"
        if match[4]:
            return Number(width, _FLOATS[width], little=little)
        if width > MAX_WIDTH or (little and width % BYTE):
            return None
        signed = match[1] == "i"
        return Number(width, value_type(width, signed=signed), signed, little)

    def _declared(self, node: int, name: str) -> Element | None:
        """Another layout, or a packed struct."""
        found = self.decl.module.lookup(self.tokens.symbol(self.arena.token[node]))
        if isinstance(found, PackedDecl):
            width = word_width(self.program, found)
            return Number(width, found.type) if width else None
        if not isinstance(found, BinaryDecl):
            return self.refuse(node, name, "the layout of a field", _layout_meant(name))
        self.program.queries.fields(found)
        if found.is_being_read:
            return self.refuse(node, name, f"inside of `{self.decl.name}`: it would contain itself")
        return Nested(found)

    def type_of(self, form: Form) -> TypeId:
        """The type of a field's value."""
        types = self.program.types
        match form:
            case Number():
                return form.type
            case Blob():
                return types.vec(U8)
            case Text():
                return STRING
            case Nested():
                return form.decl.type
            case Row():
                return types.vec(self.type_of(form.element))


def _layout_meant(name: str) -> str:
    """What may have been meant by a name that is no layout."""
    if re.fullmatch(r"[ui][0-9]+le", name):
        return f"numbers with the lowest byte first take whole bytes, up to {MAX_WIDTH} bits"
    if re.fullmatch(r"[ui][0-9]+(be)?", name):
        return f"numbers have 1 to {MAX_WIDTH} bits"
    if name == "pstring":
        return "the size before a string has a layout, too: `pstring(u8)`"
    return did_you_mean(name, _WORDS)
