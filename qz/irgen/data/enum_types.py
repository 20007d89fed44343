"""Enum types in the IR: their variants, and how each word of a payload is kept.

Whether a word can be 0 decides the layout of an enum around it, and so the layout of one enum can depend on
that of another, and in a circle on its own. An enum in such a circle is boxed, whichever of them is asked for
first.
"""

from __future__ import annotations

from xdsl.dialects.builtin import ArrayAttr, StringAttr

from dialects.qz.properties import string_attr
from dialects.qz.types import EnumType
from qz.irgen.data.struct_types import StructTypes
from qz.sema.decls import EnumDecl
from qz.sema.infer import Inference
from qz.sema.ownership.drops import is_dropped
from qz.sema.program import Program
from qz.sema.types import INT, NULLABLE, REFERENCES, TypeId, TypeKind


class EnumTypes:
    """Payload types and IR types of the enum types of a program, worked out once each. A union is an enum of
    its members: each is a variant that holds a value of it."""

    def __init__(self, program: Program, structs: StructTypes) -> None:
        self.program = program
        self.structs = structs
        self._payloads: dict[TypeId, list[list[TypeId]]] = {}

    def declaration(self, type_id: TypeId) -> EnumDecl:
        decl = self.program.decls[self.program.types.args[type_id][0]]
        assert isinstance(decl, EnumDecl)
        return decl

    def payloads(self, type_id: TypeId) -> list[list[TypeId]]:
        """The types of the payload of each variant."""
        found = self._payloads.get(type_id)
        if found is None and self._is_union(type_id):
            found = self._payloads[type_id] = [[member] for member in self.program.types.args[type_id]]
        elif found is None:
            decl = self.declaration(type_id)
            variants = self.program.queries.variants(decl).values()
            arguments = dict(zip(decl.type_params, self.program.types.args[type_id][1:], strict=True))
            instantiate = Inference(self.program.types).instantiate
            found = [[instantiate(field.type, arguments) for field in v.fields] for v in variants]
            self._payloads[type_id] = found
        return found

    def words(self, type_id: TypeId) -> list[list[TypeId]]:
        """The types of the words of each variant's payload: a value struct has one for each of its leaves.

        Every variant of an enum with a `drop` has one, so that it is a block.
        """
        leaves = self.structs.leaf_types
        least = [INT] if is_dropped(self.program, type_id) else []
        payloads = self.payloads(type_id)
        return [[leaf for part in payload for leaf in leaves(part)] or least for payload in payloads]

    def make(self, type_id: TypeId) -> EnumType:
        """The type in the IR."""
        payloads = self.words(type_id)
        in_circle = self._is_in_circle(type_id)
        words = [
            ArrayAttr([string_attr("nullable" if in_circle else self.word(part)) for part in payload])
            for payload in payloads
        ]
        shown = self.program.show(type_id)
        if self._is_union(type_id):
            names = [self.program.show(member) for member in self.program.types.args[type_id]]
        else:
            decl = self.declaration(type_id)
            shown, names = f"{decl.module.name}${shown}", list(decl.names)
        return EnumType(StringAttr(shown), ArrayAttr([StringAttr(name) for name in names]), ArrayAttr(words))

    def _is_union(self, type_id: TypeId) -> bool:
        return self.program.types.kinds[type_id] is TypeKind.UNION

    def word(self, type_id: TypeId) -> str:
        """How a value is kept as a word of a payload."""
        type_id = self.program.queries.stripped(type_id)
        kind = self.program.types.kinds[type_id]
        if kind is TypeKind.ENUM:
            return self._enum_word(type_id)
        if kind in REFERENCES:
            return "ref"
        return "nullable" if type_id == NULLABLE else "word"

    def _enum_word(self, type_id: TypeId) -> str:
        if not any(self.words(type_id)):
            return "word"
        inner = self._only_word(type_id)
        if inner is None or self._is_in_circle(type_id):
            return "ref"
        return "nullable" if self.word(inner) == "ref" else "ref"

    def _only_word(self, type_id: TypeId) -> TypeId | None:
        """The type of the one word of an enum that has a variant with it and a variant without payload."""
        if self.program.types.kinds[type_id] is not TypeKind.ENUM:
            return None
        payloads = self.words(type_id)
        if sorted(map(len, payloads)) != [0, 1]:
            return None
        return (payloads[0] or payloads[1])[0]

    def _is_in_circle(self, type_id: TypeId) -> bool:
        """Whether the one word of an enum leads, word by word, to that enum again."""
        seen: set[TypeId] = set()
        inner = self._only_word(type_id)
        while inner is not None and inner not in seen:
            if inner == type_id:
                return True
            seen.add(inner)
            inner = self._only_word(inner)
        return False
