"""What the language needs of its library: forms of it make, take apart or call what is declared there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.sema.decls import Decl, EnumDecl, FunctionDecl, FunctionGroup, StructDecl
from qz.sema.types import TypeId, TypeKind

if TYPE_CHECKING:
    from qz.sema.program import Program


class Library:
    """Declarations of bundled modules by their names; a module is loaded when it is first asked for."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def enum(self, module: str, name: str) -> EnumDecl:
        """An enum that a form of the language makes."""
        decl = self._name(module, name)
        assert isinstance(decl, EnumDecl)
        return decl

    def struct(self, module: str, name: str) -> StructDecl:
        """A struct that a form of the language makes or takes apart."""
        decl = self._name(module, name)
        assert isinstance(decl, StructDecl)
        return decl

    def function(self, module: str, name: str) -> FunctionDecl:
        """A function that a form of the language calls."""
        group = self._name(module, name)
        assert isinstance(group, FunctionGroup)
        return group.functions[0]

    def is_struct(self, type_id: TypeId, module: str, name: str) -> bool:
        """Whether a finished type is that struct, whatever its arguments."""
        types = self._program.types
        is_struct = type_id >= 0 and types.kinds[type_id] is TypeKind.STRUCT
        return is_struct and types.args[type_id][0] == self.struct(module, name).id

    def is_declared(self, decl: Decl, module: str, name: str) -> bool:
        """Whether a declaration is the one of that name."""
        return decl.name == name and decl.module is self._program.loader.bundled(module)

    def _name(self, module: str, name: str) -> Decl:
        home = self._program.loader.bundled(module)
        assert home is not None, module
        return home.names[self._program.interner.intern(name)]
