"""What the compiler writes for a type that says nothing itself: how its values are shown, compared, copied.

A derived function is a `DerivedDecl`, made once a type when it is first needed; its body is written in the IR
(`qz/irgen/derived`). A type's own method comes before what is derived, in the parts of other types too.
"""

from __future__ import annotations

from typing import NamedTuple

from qz.sema.binary.packed import packed_of
from qz.sema.body import Body
from qz.sema.check.checker import Checker
from qz.sema.check.derived import prelude_trait
from qz.sema.check.dynamic import FORWARD, callable_methods, signature_of_forward
from qz.sema.check.receivers import find_methods
from qz.sema.check.traits import implements
from qz.sema.decls import (
    BinaryDecl,
    Decl,
    DerivedDecl,
    EnumDecl,
    FunctionDecl,
    FunctionGroup,
    NewtypeDecl,
    Parameter,
    Signature,
    StructDecl,
)
from qz.sema.derived.json import JSON, JSON_METHODS, has_json
from qz.sema.derived.json import MODULE as JSON_MODULE
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.sema.types import (
    BOOL,
    INT,
    N_SCALARS,
    NOMINAL,
    NONE,
    NUMBERS,
    POINTER,
    REFERENCE,
    STRING,
    SYMBOL,
    U8,
    VOID,
    TypeId,
    TypeKind,
)

ORDER = ("op_lt", "op_le", "op_gt", "op_ge")

OWN_METHODS = {
    "show": ("show", "to_s"),
    "compare": (),
    "drop": ("drop",),
    **{name: (name,) for name in ("op_eq", "hash", "clone", *ORDER)},
}
"""The methods by which a type says it itself, nearest first. An order is said by `op_lt` alone; the compiler
goes by `compare`, which is below 0, 0 or above 0, so that nothing is compared twice."""

N_PARAMS = {"show": 1, "hash": 1, "clone": 1, "drop": 1, "op_eq": 2, "compare": 2, **dict.fromkeys(ORDER, 2)}
RESULTS = {"show": STRING, "op_eq": BOOL, "hash": INT, "compare": INT, **dict.fromkeys(ORDER, BOOL)}
"""The results by what is derived; a copy is of the type itself."""

SHOW_BETWEEN = "show_between"
"""What is written for texts with a value of the type between them, as it is shown inside of others."""

LAYOUT_METHODS = ("encode", "decode")
LAYOUT_FUNCTIONS = frozenset({*LAYOUT_METHODS, "write", "read"})
"""What is written for a binary layout: its methods, and what these and other layouts call."""

JSON_FUNCTIONS = frozenset({*JSON_METHODS, "read_json"})
"""What is written for `@derive(Json)`: its methods, and what `from_json` and other types' functions call."""

SHARED = frozenset({TypeKind.FN, TypeKind.DYN, TypeKind.POINTER, TypeKind.ARRAY})
"""Kinds of which a copy is the value itself."""


class Callee(NamedTuple):
    """The function that shows or compares values of a type; ``slot``: its place in the table of a `dyn`."""

    function: FunctionDecl
    slot: int = -1


class Derivations:
    """What every type shows and compares its values with, by type."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.failed: dict[int, set[str]] = {}
        """The traits that a `@derive` asks for in vain, by declaration; so that it is said once."""
        self._callees: dict[tuple[str, TypeId], Callee | None] = {}
        self._derived: dict[tuple[str, TypeId], DerivedDecl] = {}
        self._json_methods: dict[tuple[str, TypeId], FunctionGroup] = {}

    def attach(self, module: ModuleEnv) -> None:
        """Give the types of a module the methods that the compiler writes for their declarations."""
        for decl in module.names.values():
            names: tuple[str, ...] = LAYOUT_METHODS if isinstance(decl, BinaryDecl) else ()
            if JSON in self.program.derived_traits.get(decl.id, ()) and _is_plain(decl):
                names += JSON_METHODS
            if isinstance(decl, StructDecl | EnumDecl | NewtypeDecl):
                for name in names:
                    self.program.methods.add_derived(decl.type, self.derived(name, decl.type, module))

    def json_method(self, name: str, type_id: TypeId, module: ModuleEnv) -> FunctionGroup | None:
        """`to_json` or `from_json` of a type that has a form in JSON; None for any other type or name, and
        where nobody knows of JSON."""
        if name not in JSON_METHODS or type_id < 0 or self.program.types.kinds[type_id] is TypeKind.PARAM:
            return None
        if not self.program.loader.has_bundled(JSON_MODULE) or not has_json(self.program, type_id):
            return None
        found = self._json_methods.get((name, type_id))
        if found is None:
            function = self.derived(name, type_id, module)
            found = self._json_methods[name, type_id] = self.program.new_group(function, function.symbol)
            found.functions.append(function)
        return found

    def callee(self, what: str, type_id: TypeId, module: ModuleEnv) -> Callee | None:
        """The function for one of these of a type; None where the language has an operation for it.

        ``module`` is where it was asked for.
        """
        key = (what, type_id)
        if key not in self._callees:
            self._callees[key] = self._find(what, type_id, module)
        return self._callees[key]

    def method(self, what: str, type_id: TypeId, module: ModuleEnv) -> FunctionDecl:
        """What a call of it reaches: the type's own, whatever its name, or what is written for it."""
        found = self.callee(what, type_id, module)
        if found is not None and found.slot < 0:
            return found.function
        if self.program.types.kinds[type_id] is TypeKind.NEWTYPE:
            return self.method(what, next(self.program.queries.layers(type_id)), module)
        return self.derived(what, type_id, module)

    def own_order(self, type_id: TypeId, module: ModuleEnv) -> Callee | None:
        """The `op_lt` that was written for a type; None where the language or the compiler has the order."""
        found = self.callee("op_lt", type_id, module)
        return None if found is None or isinstance(found.function, DerivedDecl) else found

    def is_shown(self, type_id: TypeId, module: ModuleEnv) -> bool:
        """Whether values of a type can be shown, and it is known which type that is."""
        if self._is_forgotten(type_id):
            return False
        with self.program.arenas.function("derivation") as arena:
            c = Checker(self.program, Body(module, "derivation", arena, 0, [], []), ())
            trait = prelude_trait(c, "Show")
            return trait is not None and implements(c, type_id, trait.type)

    def _is_forgotten(self, type_id: TypeId) -> bool:
        """Whether code that is shared by types of one shape only knows that of the type, or of a part."""
        parts = self.program.types.parts(type_id) if type_id >= N_SCALARS else ()
        return type_id == REFERENCE or any(map(self._is_forgotten, parts))

    def _find(self, what: str, type_id: TypeId, module: ModuleEnv) -> Callee | None:
        if what != "hash" and (type_id in NUMBERS or type_id in (BOOL, STRING, SYMBOL, POINTER)):
            return None
        if what == "clone" and self.program.types.kinds[type_id] in SHARED:
            return None
        own = self._own_method(what, type_id, module)
        if own is not None:
            return own
        if what == "show" and packed_of(self.program, type_id) is not None:
            return Callee(self.derived(what, type_id, module))
        has_own_order = what == "compare" and self.own_order(type_id, module) is not None
        if self.program.types.kinds[type_id] is TypeKind.NEWTYPE and not has_own_order:
            return self.callee(what, next(self.program.queries.layers(type_id)), module)
        return Callee(self.derived(what, type_id, module))

    def derived(self, what: str, type_id: TypeId, module: ModuleEnv) -> DerivedDecl:
        """The function that the compiler writes."""
        found = self._derived.get((what, type_id))
        if found is None:
            found = self._derived[what, type_id] = self._make(what, type_id, module)
        return found

    def _make(self, what: str, type_id: TypeId, module: ModuleEnv) -> DerivedDecl:
        program = self.program
        name, *arguments = program.show_in_symbols(type_id).removesuffix(">").split("<", 1)
        decl = DerivedDecl(
            module,
            self._item(what, type_id),
            what,
            program.span_of_type(type_id, module),
            symbol=program.unique_symbol("$".join([name, what, *arguments])),
            signature=self._signature(what, type_id, module),
            what=what,
            subject=type_id,
        )
        program.register(decl)
        return decl

    def _item(self, what: str, type_id: TypeId) -> int:
        """The item that stands for a function: that of the type which has it as a method."""
        types = self.program.types
        is_method = what in (*LAYOUT_METHODS, *JSON_METHODS) and types.kinds[type_id] in NOMINAL
        return self.program.decls[types.args[type_id][0]].item if is_method else -1

    def _signature(self, what: str, type_id: TypeId, module: ModuleEnv) -> Signature:
        """What a derived function takes and gives."""
        if what.startswith(FORWARD):
            with self.program.arenas.function("derivation") as arena:
                c = Checker(self.program, Body(module, "derivation", arena, 0, [], []), ())
                return signature_of_forward(c, type_id, int(what.removeprefix(FORWARD)))
        if what == SHOW_BETWEEN:
            around = [Parameter(name, STRING) for name in ("before", "after")]
            return Signature((Parameter("self", type_id), *around), STRING, has_self=True)
        if what in JSON_FUNCTIONS:
            return self._json_signature(what, type_id)
        if what not in LAYOUT_FUNCTIONS:
            params = tuple(Parameter(name, type_id) for name in ("self", "other")[: N_PARAMS[what]])
            return Signature(params, RESULTS.get(what, type_id), has_self=True)
        types, library = self.program.types, self.program.library
        data = types.vec(U8)
        match what:
            case "encode":
                return Signature((Parameter("self", type_id),), data, has_self=True)
            case "write":
                return Signature((Parameter("self", type_id), Parameter("out", data)), VOID, has_self=True)
            case "decode":
                error = library.enum("binary", "ParseError").type
                result = library.enum("prelude", "Result")
                made = types.make(TypeKind.ENUM, result.id, type_id, error)
                return Signature((Parameter("bytes", data),), made)
            case _:
                reader = library.struct("binary", "Reader").type
                return Signature((Parameter("reader", reader),), self._option(type_id))

    def _json_signature(self, what: str, type_id: TypeId) -> Signature:
        types, library = self.program.types, self.program.library
        value = Parameter("value", library.enum("json", "JsonValue").type)
        match what:
            case "to_json":
                return Signature((Parameter("self", type_id),), value.type, has_self=True)
            case "from_json":
                error = library.struct("json", "JsonError").type
                result = library.enum("prelude", "Result")
                return Signature((value,), types.make(TypeKind.ENUM, result.id, type_id, error))
            case _:
                reading = library.struct("json/reading", "Reading").type
                return Signature((Parameter("reading", reading), value), self._option(type_id))

    def _option(self, type_id: TypeId) -> TypeId:
        option = self.program.library.enum("prelude", "Option")
        return self.program.types.make(TypeKind.ENUM, option.id, type_id)

    def _own_method(self, what: str, type_id: TypeId, module: ModuleEnv) -> Callee | None:
        with self.program.arenas.function("derivation") as arena:
            c = Checker(self.program, Body(module, "derivation", arena, 0, [], []), ())
            for name in OWN_METHODS[what]:
                group = find_methods(c, type_id, self.program.interner.intern(name))
                for function in group.functions if group is not None else ():
                    found = self._fitting(c, function, what, type_id)
                    if found is not None:
                        return found
        return None

    def _fitting(self, c: Checker, function: FunctionDecl, what: str, type_id: TypeId) -> Callee | None:
        """A method as it stands for a type, if it takes what it is to be given."""
        program = self.program
        signature = program.queries.signature(function)
        if len(signature.params) != N_PARAMS[what] or not signature.has_self or function.abi:
            return None
        if c.infer.kind(type_id) is TypeKind.DYN:
            slots = list(callable_methods(c, type_id, c.infer.args(type_id)[0]))
            return Callee(function, slots.index(function)) if function in slots else None
        fresh = {param: c.infer.fresh() for param in signature.type_params}
        for param in signature.params:
            if not c.infer.unify(c.infer.instantiate(param.type, fresh), type_id):
                return None
        for bound in signature.bounds:
            if not implements(c, fresh[bound.param], c.infer.instantiate(bound.trait, fresh)):
                return None
        args = tuple(map(c.infer.finish, fresh.values()))
        return None if NONE in args else Callee(program.instances.of(function, args, None, function.span))


def _is_plain(decl: Decl) -> bool:
    """Whether a declaration is of one type: a generic one has functions for each of its types."""
    return not getattr(decl, "type_params", ())
