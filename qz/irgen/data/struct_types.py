"""Structs and records in the IR: what their fields are, and where each begins.

A field begins at a word of a heap struct, or at a leaf of a value struct; what consists of leaves among the
fields before it counts as many as it has.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from xdsl.ir import Attribute

from dialects.qz.leaves import leaf_names, leaf_types, n_leaves
from dialects.qz.struct_type import StructType, struct_type
from dialects.qz.types import reference
from qz.sema.binary.packed import packed_of
from qz.sema.data.c_values import OF_C
from qz.sema.data.value_structs import is_value
from qz.sema.decls import StructDecl
from qz.sema.infer import Inference
from qz.sema.program import Program
from qz.sema.types import TypeId, TypeKind

_SPELLED = frozenset((TypeKind.VEC, TypeKind.ARRAY, TypeKind.TUPLE, TypeKind.FN))
"""Kinds of types that are spelled with what they hold, or take and give."""


class FieldSpec(NamedTuple):
    """One field of a type: its type, the word or leaf that it begins at, and what it is held as there."""

    type: TypeId
    first: int
    held: Attribute


class StructTypes:
    """The fields of the struct and record types of a program, worked out once each."""

    def __init__(self, program: Program, of: Callable[[TypeId], Attribute]) -> None:
        self.program = program
        self._of = of
        self._types: dict[TypeId, dict[str, TypeId]] = {}
        self._fields: dict[TypeId, dict[str, FieldSpec]] = {}

    def field_types(self, type_id: TypeId) -> dict[str, TypeId]:
        """Names and types of the fields of a struct or record, of a tuple's elements, or of the bits of a
        packed struct."""
        found = self._types.get(type_id)
        if found is None:
            found = self._types[type_id] = self._field_types(type_id)
        return found

    def _field_types(self, type_id: TypeId) -> dict[str, TypeId]:
        types = self.program.types
        kind, args = types.kinds[type_id], types.args[type_id]
        if kind is TypeKind.RECORD:
            return dict(zip(types.record_names[args[0]], args[1:], strict=True))
        if kind is TypeKind.TUPLE:
            return {str(position): part for position, part in enumerate(args)}
        packed = packed_of(self.program, type_id)
        if packed is not None:
            return {name: field.type for name, field in packed.bits.items()}
        decl = self.program.decls[args[0]]
        assert isinstance(decl, StructDecl)
        self.program.queries.require_complete(decl)
        given = dict(zip(decl.type_params, args[1:], strict=True))
        instantiate = Inference(types).instantiate
        return {name: instantiate(f.type, given) for name, f in self.program.queries.fields(decl).items()}

    def fields(self, type_id: TypeId) -> dict[str, FieldSpec]:
        """The fields of a struct, record or tuple in their order, and where each begins."""
        found = self._fields.get(type_id)
        if found is None:
            found, first = {}, 0
            for name, part in self.field_types(type_id).items():
                held = self._held(type_id, part)
                found[name] = FieldSpec(part, first, held)
                first += n_leaves(held)
            self._fields[type_id] = found
        return found

    def _held(self, holder: TypeId, part: TypeId) -> Attribute:
        """What a field is held as. Where its type is spelled with the value struct it is in, as a vector of
        such structs is, that is any reference: else the type of the struct would have no end. Of what has
        leaves, only those fields are.
        """
        if not is_value(self.program, holder) or not self._is_in(holder, part):
            return self._of(part)
        part = self.program.queries.stripped(part)
        if not self.program.queries.layouts.has_leaves(part):
            return reference
        fields = self.field_types(part).items()
        return self._made(part, [(name, self._held(holder, inner)) for name, inner in fields])

    def _is_in(self, struct: TypeId, type_id: TypeId) -> bool:
        """Whether a type is spelled with a value struct."""
        types = self.program.types
        seen: set[TypeId] = set()
        pending = [type_id]
        while pending:
            part = self.program.queries.stripped(pending.pop())
            if part == struct:
                return True
            if part in seen:
                continue
            seen.add(part)
            if types.kinds[part] in _SPELLED:
                pending += types.parts(part)
            elif is_value(self.program, part):
                pending += self.field_types(part).values()
        return False

    def in_c(self, type_id: TypeId) -> StructType:
        """What the block of a heap struct is laid out as; what its fields refer to does not matter."""
        decl = self.program.decls[self.program.types.args[type_id][0]]
        assert isinstance(decl, StructDecl)
        fields = [(name, self._part_in_c(part)) for name, part in self.field_types(type_id).items()]
        return struct_type(f"{decl.module.name}${decl.name}", fields, decl.packing, decl.alignment)

    def _part_in_c(self, type_id: TypeId) -> Attribute:
        if is_value(self.program, type_id):
            return self.make(type_id)
        stripped = self.program.queries.stripped(type_id)
        if self.program.queries.layouts.is_unboxed(stripped):
            return self._leaves_in_c(self._of(stripped))
        return self._of(stripped) if self.program.types.kinds[stripped] in OF_C else reference

    def _leaves_in_c(self, type_: Attribute) -> StructType:
        """The leaves of an unboxed enum one behind the other; what it is called does not matter either."""
        return struct_type("", list(zip(leaf_names(type_), leaf_types(type_), strict=True)))

    def make(self, type_id: TypeId) -> StructType:
        """The type in the IR of a value struct, or of an unboxed tuple, which is one of its elements."""
        return self._made(type_id, [(name, field.held) for name, field in self.fields(type_id).items()])

    def _made(self, type_id: TypeId, fields: list[tuple[str, Attribute]]) -> StructType:
        shown = self.program.show(type_id)
        if self.program.types.kinds[type_id] is TypeKind.TUPLE:
            return struct_type(shown, fields)
        decl = self.program.decls[self.program.types.args[type_id][0]]
        assert isinstance(decl, StructDecl)
        return struct_type(f"{decl.module.name}${shown}", fields, decl.packing, decl.alignment)
