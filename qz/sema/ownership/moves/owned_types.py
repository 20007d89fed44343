"""Which types have values that belong to one owner at a time: linear ones, and those that are moved.

A `linear struct` is consumed exactly once, on every path; so are an enum and a tuple in which one lies, since
whoever takes them apart has it in the hand. Nothing else holds one: a vector, a map, an ordinary struct may
be shared, copied or forgotten. A value struct with a `drop` is moved from owner to owner, and so are the
enums, tuples and value structs that it lies in; the last owner need not care for it.
"""

from __future__ import annotations

from qz.sema.data.parts import all_parts
from qz.sema.decls import StructDecl
from qz.sema.program import Program
from qz.sema.types import TypeId, TypeKind


def check_fields(program: Program, struct: StructDecl) -> None:
    """Report the fields of a struct, which is not linear, that are."""
    if struct.is_linear or not program.has_linear:
        return
    for field in (struct.fields or {}).values():
        if program.queries.owned_types.is_linear(field.type):
            help_text = f"write `linear struct {struct.name}`"
            holder, held = f"the ordinary struct `{struct.name}`", program.show(field.type)
            program.sink.report("QZ1208", field.span, help=help_text, holder=holder, held=held)


class OwnedTypes:
    """Answers for every type of a program, and remembers."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._linear: dict[TypeId, bool] = {}
        self._moved: dict[TypeId, bool] = {}
        self._misplaced: dict[TypeId, tuple[TypeId, TypeId] | None] = {}

    def is_linear(self, type_id: TypeId) -> bool:
        """Whether values of a type are consumed exactly once."""
        if not self.program.has_linear or type_id < 0:
            return False
        found = self._linear.get(type_id)
        if found is None:
            found = self._linear[type_id] = any(map(self.is_linear_struct, self._reachable(type_id)))
        return found

    def is_moved(self, type_id: TypeId) -> bool:
        """Whether values of a type have one owner at a time, who need not consume them."""
        if not self.program.methods.dropped or type_id < 0:
            return False
        found = self._moved.get(type_id)
        if found is None:
            self._moved[type_id] = False  # for a type that contains itself
            found = self._moved[type_id] = any(map(self._is_moved_struct, self._reachable(type_id)))
        return found

    def is_owned(self, type_id: TypeId) -> bool:
        """Whether values of a type have one owner at a time."""
        return self.is_linear(type_id) or self.is_moved(type_id)

    def may_be_owned(self, type_id: TypeId) -> bool:
        """The same of a type in a generic body, where a type parameter may stand for one that is."""
        if self.is_owned(type_id):
            return True
        types = self.program.types
        return types.mentions_param(type_id) and any(
            types.kinds[part] is TypeKind.PARAM for part in self._reachable(type_id)
        )

    def _is_moved_struct(self, type_id: TypeId) -> bool:
        decl = self._struct(type_id)
        if decl is None:
            return False
        self.program.queries.fields(decl)  # what its annotations say is known with these
        return decl.is_moved

    def misplaced(self, type_id: TypeId) -> tuple[TypeId, TypeId] | None:
        """A type within this one that holds what it must not, and the linear type that it holds."""
        if not self.program.has_linear or type_id < 0:
            return None
        if type_id not in self._misplaced:
            self._misplaced[type_id] = None  # for a type that contains itself
            self._misplaced[type_id] = self._find_misplaced(type_id)
        return self._misplaced[type_id]

    def is_linear_struct(self, type_id: TypeId) -> bool:
        """Whether a type, which is no newtype, is that of a `linear struct`."""
        return (decl := self._struct(type_id)) is not None and decl.is_linear

    def _struct(self, type_id: TypeId) -> StructDecl | None:
        types = self.program.types
        if types.kinds[type_id] is not TypeKind.STRUCT:
            return None
        decl = self.program.decls[types.args[type_id][0]]
        assert isinstance(decl, StructDecl)
        return decl

    def _reachable(self, type_id: TypeId) -> list[TypeId]:
        """A type and, through enums and tuples, what lies in it."""
        seen = [self.program.queries.stripped(type_id)]
        for part in seen:
            inner = map(self.program.queries.stripped, self._carried(part))
            seen += [one for one in dict.fromkeys(inner) if one not in seen]
        return seen

    def _carried(self, type_id: TypeId) -> list[TypeId]:
        """The parts of a value that is linear if one of them is."""
        carries = self.program.types.kinds[type_id] in (TypeKind.TUPLE, TypeKind.ENUM)
        return all_parts(self.program, type_id) if carries else []

    def _find_misplaced(self, type_id: TypeId) -> tuple[TypeId, TypeId] | None:
        types = self.program.types
        if types.kinds[type_id] in (TypeKind.NEWTYPE, TypeKind.PARAM, TypeKind.CONSTANT):
            stripped = self.program.queries.stripped(type_id)
            return self.misplaced(stripped) if stripped != type_id else None
        parts = types.parts(type_id)
        kind = types.kinds[type_id]
        if kind is TypeKind.FN:
            held = parts[:-1]
        elif kind in (TypeKind.TUPLE, TypeKind.ENUM) or self.is_linear_struct(type_id):
            held = ()
        else:
            held = parts
        for part in held:
            if self.is_linear(part):
                return type_id, part
        for part in parts:
            found = self.misplaced(part)
            if found is not None:
                return found
        return None
