"""Types and functions as plain data, which mean the same in another compilation of a changed program.

Ids differ from one compilation to the next; names do not. A reference is a tuple of names and references,
with a letter in front that says what kind of function it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, cast

from qz.sema.decls import (
    ConstDecl,
    Decl,
    DerivedDecl,
    EnumDecl,
    FunctionDecl,
    GlobalDecl,
    NewtypeDecl,
    StructDecl,
    TraitDecl,
)
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.sema.types import N_SCALARS, NOMINAL, STRING, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

TypeRef: TypeAlias = "int | tuple[object, ...]"
FunctionRef: TypeAlias = "tuple[object, ...]"


_CLASSES: dict[TypeKind, type[Decl]] = {
    TypeKind.STRUCT: StructDecl,
    TypeKind.ENUM: EnumDecl,
    TypeKind.NEWTYPE: NewtypeDecl,
    TypeKind.TRAIT: TraitDecl,
}


class UnnamedError(Exception):
    """Something has no name by which another compilation could find it."""


class StaleError(Exception):
    """What a reference names is not there any more, or is something else by now."""


class FunctionRefs:
    """References to the functions of one program, and back."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._modules: dict[str, ModuleEnv] = {}
        self._n_modules = 0
        self._functions: dict[tuple[str, str], FunctionDecl] = {}
        # Functions have many callers: each is named, and found, once.
        self._refs: dict[int, FunctionRef] = {}
        self._found: dict[FunctionRef, FunctionDecl] = {}

    # To references

    def of(self, function: FunctionDecl) -> FunctionRef:
        """The reference of a function that code is made for. `UnnamedError` where there is none."""
        ref = self._refs.get(function.id)
        if ref is None:
            ref = self._refs[function.id] = self._made(function)
        return ref

    def _made(self, function: FunctionDecl) -> FunctionRef:
        if isinstance(function, DerivedDecl):
            return ("derived", function.module.name, function.what, self.of_type(function.subject))
        if function.value_of is not None:
            return ("maker", function.value_of.module.name, function.value_of.name)
        if function.wraps is not None:
            wrapped = function.wraps
            if not wrapped.symbol:
                raise UnnamedError
            return ("wrapper", wrapped.module.name, wrapped.symbol, self._types(function.type_args))
        if function.default_of >= 0 and function.module.items.kind[function.item] == NodeKind.FN:
            owner = self.of(self._owner(function))
            if function.generic is not None:
                owner = ("instance", owner, self._types(function.type_args))
            return ("default", owner, function.default_of)
        if function.generic is not None:
            return ("instance", self.of(function.generic), self._types(function.type_args))
        if function.default_of >= 0:
            owner = ("struct", function.module.name, self._name(function.module, function.item))
            return ("default", owner, function.default_of)
        if not function.symbol or function.abi:
            raise UnnamedError
        return ("function", function.module.name, function.symbol)

    def of_type(self, type_id: TypeId) -> TypeRef:
        """The reference of a type that is finished and depends on no type parameter."""
        if type_id < N_SCALARS:
            return int(type_id)
        types = self.program.types
        kind, args = types.kinds[type_id], types.args[type_id]
        if kind is TypeKind.PARAM:
            raise UnnamedError
        if kind is TypeKind.CONSTANT:
            value = self.program.interner.text(args[0]) if args[1:] == (STRING,) else args[0]
            return (int(kind), value, *map(int, args[1:]))
        parts = self._types(types.parts(type_id))
        if kind in NOMINAL:
            decl = self.program.decls[args[0]]
            return (int(kind), decl.module.name, decl.name, *parts)
        if kind is TypeKind.RECORD:
            return (int(kind), types.record_names[args[0]], *parts)
        if kind is TypeKind.FN:
            return (int(kind), args[0], *parts)
        return (int(kind), *parts)

    def _types(self, type_ids: Sequence[TypeId]) -> tuple[TypeRef, ...]:
        return tuple([self.of_type(type_id) for type_id in type_ids])

    def _owner(self, default: FunctionDecl) -> FunctionDecl:
        """The function that a default of a parameter belongs to."""
        for function in default.module.functions:
            if function.item == default.item:
                return function
        raise UnnamedError

    def _name(self, module: ModuleEnv, item: int) -> str:
        return self.program.interner.text(module.items.name[item])

    # And back

    def function(self, ref: FunctionRef) -> FunctionDecl:
        """The function that a reference names. `StaleError` where there is none."""
        function = self._found.get(ref)
        if function is None:
            function = self._found[ref] = self._named(ref)
        return function

    def _named(self, ref: FunctionRef) -> FunctionDecl:
        match ref:
            case ("function", str() as module, str() as symbol):
                return self._function(module, symbol)
            case ("instance", generic, types):
                function = self.function(cast("FunctionRef", generic))
                args = self._type_ids(cast("tuple[TypeRef, ...]", types))
                return self.program.instances.of(function, args, None, function.span)
            case ("derived", str() as module, str() as what, subject):
                type_id = self.type_id(cast("TypeRef", subject))
                return self.program.derivations.derived(what, type_id, self._module(module))
            case ("default", ("struct", str() as module, str() as name), int() as index):
                struct = self._declaration(module, name)
                if not isinstance(struct, StructDecl):
                    raise StaleError
                return self._default([f.default for f in self.program.queries.fields(struct).values()], index)
            case ("default", owner, int() as index):
                params = self.program.queries.signature(self.function(cast("FunctionRef", owner))).params
                return self._default([p.default for p in params], index)
            case ("wrapper", str() as module, str() as symbol, types):
                wrapped = self._function(module, symbol)
                args = self._type_ids(cast("tuple[TypeRef, ...]", types))
                return self.program.instances.as_value(wrapped, args, None, wrapped.span)
            case ("maker", str() as module, str() as name):
                decl = self.variable(module, name)
                values = self.program.queries.values
                found = values.constant(decl) if isinstance(decl, ConstDecl) else values.global_(decl)
                return values.maker(found)
            case _:
                raise StaleError

    def type_id(self, ref: TypeRef) -> TypeId:
        """The type that a reference names."""
        if isinstance(ref, int):
            return ref
        kind = TypeKind(cast("int", ref[0]))
        make = self.program.types.make
        if kind is TypeKind.CONSTANT:
            value = ref[1]
            number = self.program.interner.intern(value) if isinstance(value, str) else cast("int", value)
            return make(kind, number, *cast("tuple[int, ...]", ref[2:]))
        if kind in NOMINAL:
            decl = self._declaration(cast("str", ref[1]), cast("str", ref[2]))
            if not isinstance(decl, _CLASSES[kind]):
                raise StaleError
            return make(kind, decl.id, *self._type_ids(cast("tuple[TypeRef, ...]", ref[3:])))
        if kind is TypeKind.RECORD:
            number = self.program.types.number_of_names(cast("tuple[str, ...]", ref[1]))
            return make(kind, number, *self._type_ids(cast("tuple[TypeRef, ...]", ref[2:])))
        if kind is TypeKind.FN:
            return make(kind, cast("int", ref[1]), *self._type_ids(cast("tuple[TypeRef, ...]", ref[2:])))
        return make(kind, *self._type_ids(cast("tuple[TypeRef, ...]", ref[1:])))

    def _type_ids(self, refs: tuple[TypeRef, ...]) -> tuple[TypeId, ...]:
        return tuple([self.type_id(ref) for ref in refs])

    @staticmethod
    def _default(defaults: Sequence[object], index: int) -> FunctionDecl:
        found = defaults[index] if index < len(defaults) else None
        if not isinstance(found, FunctionDecl):
            raise StaleError
        return found

    def _module(self, name: str) -> ModuleEnv:
        """A module by its name; one of the library is loaded if it is not there yet."""
        self._index()
        found = self._modules.get(name)
        if found is None:
            found = self.program.loader.bundled(name.replace(".", "/"))
            if found is None or found.name != name:
                raise StaleError
            self._index()
        return found

    def _index(self) -> None:
        if len(self.program.modules) == self._n_modules:
            return
        modules = list(self.program.modules.values())
        for module in modules[self._n_modules :]:
            self._modules[module.name] = module
            for function in (*module.functions, *module.tests):
                self._functions[module.name, function.symbol] = function
        self._n_modules = len(modules)

    def variable(self, module: str, name: str) -> ConstDecl | GlobalDecl:
        """A constant or a global."""
        found = self._declaration(module, name)
        if not isinstance(found, ConstDecl | GlobalDecl):
            raise StaleError
        return found

    def _function(self, module: str, symbol: str) -> FunctionDecl:
        self._module(module)
        found = self._functions.get((module, symbol))
        if found is None:
            raise StaleError
        return found

    def _declaration(self, module: str, name: str) -> Decl:
        home = self._module(module)
        found = home.names.get(self.program.interner.intern(name))
        if found is None:
            raise StaleError
        return found
