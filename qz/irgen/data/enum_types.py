"""Enum types in the IR: their variants, and how each word of a payload is kept."""

from __future__ import annotations

from collections.abc import Callable

from xdsl.ir import Attribute

from dialects.qz.enum_type import EnumType, enum_type
from dialects.qz.properties import string_attr
from qz.sema.decls import EnumDecl
from qz.sema.program import Program
from qz.sema.types import TypeId, TypeKind


class EnumTypes:
    """The IR types of the enum types of a program."""

    def __init__(self, program: Program, of: Callable[[TypeId], Attribute]) -> None:
        self.program = program
        self.layouts = program.queries.layouts
        self._of = of

    def declaration(self, type_id: TypeId) -> EnumDecl:
        decl = self.program.decls[self.program.types.args[type_id][0]]
        assert isinstance(decl, EnumDecl)
        return decl

    def payloads(self, type_id: TypeId) -> list[list[TypeId]]:
        """The types of the payload of each variant."""
        return self.layouts.payloads(type_id)

    def make(self, type_id: TypeId) -> EnumType:
        """The type in the IR."""
        shown = self.program.show(type_id)
        if self.program.types.kinds[type_id] is TypeKind.UNION:
            names = [self.program.show(member) for member in self.program.types.args[type_id]]
        else:
            decl = self.declaration(type_id)
            shown, names = f"{decl.module.name}${shown}", list(decl.names)
        is_unboxed = self.layouts.is_unboxed(type_id)
        words = self._unboxed_words(type_id) if is_unboxed else self._boxed_words(type_id)
        return enum_type(shown, list(zip(names, words, strict=True)), unboxed=is_unboxed)

    def _boxed_words(self, type_id: TypeId) -> list[list[Attribute]]:
        """How each word of each payload is kept."""
        payloads = self.layouts.words(type_id)
        if self.layouts.is_in_circle(type_id):
            return [[string_attr("nullable") for _ in payload] for payload in payloads]
        return [[string_attr(self.layouts.word(word)) for word in payload] for payload in payloads]

    def _unboxed_words(self, type_id: TypeId) -> list[list[Attribute]]:
        """The same, but of numbers their types."""
        return [list(map(self._number_or_word, payload)) for payload in self.layouts.words(type_id)]

    def _number_or_word(self, word: TypeId) -> Attribute:
        kept = self.layouts.word(word)
        return self._of(word) if kept == "word" else string_attr(kept)
