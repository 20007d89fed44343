"""What each Quartz type is in the IR; worked out once a type, shared by every function."""

from typing import NamedTuple

from xdsl.dialects.builtin import (
    ArrayAttr,
    DenseArrayBase,
    Float32Type,
    Float64Type,
    FunctionType,
    IntegerType,
    StringAttr,
    SymbolRefAttr,
    i64,
)
from xdsl.ir import Attribute

from dialects.fast_attributes import integer_attr, new_function_type, new_string, new_symbol_ref
from dialects.qz import types as qz
from dialects.qz.leaves import flattened, n_leaves
from dialects.qz.properties import BARE, NO_PROPERTIES, SHOWS, UNIT, char_const
from qz.irgen.calls.recipes import Recipes
from qz.irgen.data.enum_types import EnumTypes
from qz.irgen.data.struct_types import StructTypes
from qz.sema.data.value_structs import is_value
from qz.sema.decls import FunctionDecl, StructDecl
from qz.sema.ownership.bare_vectors import is_of_numbers
from qz.sema.ownership.drops import may_hold_dropped
from qz.sema.ownership.lending import Borrow, param_borrow
from qz.sema.program import Program
from qz.sema.types import NEVER, VOID, TypeId, TypeKind

SCALARS: dict[TypeKind, Attribute] = {
    TypeKind.BOOL: qz.boolean,
    TypeKind.I8: qz.si8,
    TypeKind.I16: qz.si16,
    TypeKind.I32: qz.si32,
    TypeKind.I64: qz.si64,
    TypeKind.U8: qz.ui8,
    TypeKind.U16: qz.ui16,
    TypeKind.U32: qz.ui32,
    TypeKind.U64: qz.ui64,
    TypeKind.CHAR: qz.char,
    TypeKind.F32: qz.f32,
    TypeKind.F64: qz.f64,
    TypeKind.STRING: qz.string,
    TypeKind.SYMBOL: qz.string,
    TypeKind.POINTER: qz.si64,
    TypeKind.REFERENCE: qz.reference,
    TypeKind.NULLABLE: qz.nullable,
}


MAX_SHARED_NUMBERS = 4096
_PRIVATE = StringAttr("private")


def value_property(value: Attribute) -> dict[str, Attribute]:
    """The properties of a constant."""
    return {"value": value}


class WrongTypeError(Exception):
    """A type that a mistake is in, which has been reported, has nothing to stand for it."""


class Callee(NamedTuple):
    """What all calls of a function have in common: the types of the values that there are for its parameters,
    and what it takes, which may be the places of some."""

    values: tuple[Attribute, ...]
    inputs: tuple[Attribute, ...]
    outputs: tuple[Attribute, ...]
    type: FunctionType
    properties: dict[str, Attribute]
    """Those of an operation that names it as its ``callee``."""
    diverges: bool
    computes: bool
    """Whether it takes and gives numbers, and does nothing else."""


_NUMBERS = (IntegerType, Float32Type, Float64Type, qz.CharType)


class IrTypes:
    """`TypeId` to attribute. A compile has few types, so this stays small."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.structs = StructTypes(program, self.of)
        self.enums = EnumTypes(program, self.of)
        self._payloads: dict[tuple[TypeId, int], list[Attribute]] = {}
        self._known: dict[TypeId, Attribute] = {TypeId(k): a for k, a in SCALARS.items()}
        self._runtime: dict[str, FunctionDecl] = {}
        self._cells: dict[Attribute, qz.LocalType] = {}
        self._shared: dict[Attribute, qz.SharedType] = {}
        self._numbers: dict[tuple[TypeId, int], dict[str, Attribute]] = {}
        self._callees: dict[int, Callee] = {}
        self._declarations: dict[int, dict[str, Attribute]] = {}
        self._marks: dict[int, dict[str, Attribute]] = {}
        self.recipes = Recipes()

    def of(self, type_id: TypeId) -> Attribute:
        """The attribute of a type that has values (`Void` and `!` have none)."""
        found = self._known.get(type_id)
        if found is None:
            found = self._known[type_id] = self._make(type_id)
        return found

    def payload(self, type_id: TypeId, tag: int) -> list[Attribute]:
        """The attributes of the payload of a variant of an enum type."""
        found = self._payloads.get((type_id, tag))
        if found is None:
            found = [self.of(part) for part in self.enums.payloads(type_id)[tag]]
            self._payloads[type_id, tag] = found
        return found

    def first_word(self, type_id: TypeId, tag: int, index: int) -> int:
        """The word of the payload of a variant that its part ``index`` begins at."""
        return len(flattened(self.kept(type_id, tag, index)))

    def kept(self, type_id: TypeId, tag: int, n: int | None = None) -> list[Attribute]:
        """The attributes of those among the first parts of the payload of a variant that have words."""
        is_nothing = self.enums.layouts.is_nothing
        return [self.of(part) for part in self.enums.payloads(type_id)[tag][:n] if not is_nothing(part)]

    def cell(self, content: Attribute) -> qz.LocalType:
        """The type of a mutable local."""
        found = self._cells.get(content)
        if found is None:
            found = self._cells[content] = qz.LocalType(content)
        return found

    def shared(self, content: Attribute) -> qz.SharedType:
        """The type of a mutable local that lambdas capture."""
        found = self._shared.get(content)
        if found is None:
            found = self._shared[content] = qz.SharedType(content)
        return found

    def number(self, type_id: TypeId, value: int) -> dict[str, Attribute]:
        """The properties of an integer constant, shared by all that are equal."""
        found = self._numbers.get((type_id, value))
        if found is None:
            if len(self._numbers) >= MAX_SHARED_NUMBERS:
                self._numbers.clear()
            ir_type = self.of(type_id)
            if ir_type == qz.char:
                found = char_const(value)
            else:
                assert qz.is_int_type(ir_type)
                found = value_property(integer_attr(value, ir_type))
            self._numbers[type_id, value] = found
        return found

    def declaration(self, function: FunctionDecl) -> dict[str, Attribute]:
        """The properties of a function's declaration in a module that calls it."""
        found = self._declarations.get(function.id)
        if found is None:
            found = self._declarations[function.id] = {
                "sym_name": new_string(function.symbol),
                "function_type": self.callee(function).type,
                "sym_visibility": _PRIVATE,
            }
        return found

    def marks(self, function: FunctionDecl) -> dict[str, Attribute]:
        """What the type of a function does not say of it: that it shows when its result is given up."""
        found = self._marks.get(function.id)
        if found is None:
            result = self.program.queries.signature(function).result
            is_block = self.program.types.kinds[result] in (TypeKind.STRUCT, TypeKind.ENUM)
            found = self._marks[function.id] = {}
            if is_block and may_hold_dropped(self.program, result):
                found[SHOWS] = UNIT
        return found

    def bare_vectors(self, function: FunctionDecl) -> dict[str, Attribute]:
        """The same for optimising builds: which vectors it takes as what they consist of."""
        positions = self.program.queries.bare_vectors.positions(function)
        if not positions:
            return NO_PROPERTIES
        leaf = 0
        found: list[int] = []
        for position, type_ in enumerate(self.callee(function).inputs):
            if position in positions:
                found.append(leaf)
            leaf += n_leaves(type_)
        return {BARE: DenseArrayBase.from_list(i64, found)}

    def _make(self, type_id: TypeId) -> Attribute:
        kind, args = self.program.types.kinds[type_id], self.program.types.args[type_id]
        if kind in (TypeKind.VEC, TypeKind.ARRAY):
            return qz.VecType(self.of(args[0]))
        if kind is TypeKind.RECORD:
            return qz.ValType(SymbolRefAttr("{" + ", ".join(self.program.types.record_names[args[0]]) + "}"))
        if kind is TypeKind.DYN:
            trait = self.program.decls[self.program.types.args[args[0]][0]]
            return qz.DynType(SymbolRefAttr(f"{trait.module.name}${trait.name}"))
        if kind is TypeKind.TUPLE:
            if self.enums.layouts.is_unboxed(type_id):
                return self.structs.make(type_id)
            return qz.TupleType(ArrayAttr([self.of(part) for part in args]))
        if kind is TypeKind.NEWTYPE:
            return self.of(self.program.queries.stripped(type_id))
        if kind in (TypeKind.ENUM, TypeKind.UNION):
            return self.enums.make(type_id)
        if kind is TypeKind.STRUCT:
            if is_value(self.program, type_id):
                return self.structs.make(type_id)
            decl = self.program.decls[args[0]]
            if isinstance(decl, StructDecl) and decl.in_c:
                return qz.ValType(self.structs.in_c(type_id))
            return qz.ValType(SymbolRefAttr(f"{decl.module.name}${decl.name}"))
        if kind is TypeKind.FN:
            lent, *params, result = args
            inputs = [self._input(param, param_borrow(lent, at)) for at, param in enumerate(params)]
            return qz.FnType(FunctionType.from_lists(inputs, list(self.results(result))))
        if type_id == NEVER:  # nobody gets to where one would be
            return self.of(self.program.types.unit)
        if kind is TypeKind.ERROR and self.program.sink.n_errors:
            raise WrongTypeError
        raise ValueError(f"no IR type for {self.program.show(type_id)}")

    def results(self, type_id: TypeId) -> tuple[Attribute, ...]:
        """The result list of a function that returns this type."""
        if type_id in (VOID, NEVER):
            return ()
        return (self.of(type_id),)

    def callee(self, function: FunctionDecl) -> Callee:
        """What calls of a Quartz function have in common; worked out once a function."""
        signature = self.program.queries.signature(function)
        found = self._callees.get(function.id)
        if found is None:
            values = tuple([self.of(p.type) for p in signature.params])
            inputs = tuple([self._input(p.type, p.borrow) for p in signature.params])
            outputs = self.results(signature.result)
            found = self._callees[function.id] = Callee(
                values,
                inputs,
                outputs,
                new_function_type(inputs, outputs),
                {"callee": new_symbol_ref(function.symbol)},
                signature.result == NEVER,
                is_of_numbers(function) and all(isinstance(type_, _NUMBERS) for type_ in inputs + outputs),
            )
        return found

    def _input(self, type_id: TypeId, borrow: Borrow) -> Attribute:
        """What a function takes for a parameter: a value, or the place that it lies in."""
        found = self.of(type_id)
        return self.shared(found) if borrow is Borrow.IN_PLACE else found

    def runtime_function(self, symbol: str) -> FunctionDecl:
        """The runtime function of that symbol (`rt.vec$slice`)."""
        found = self._runtime.get(symbol)
        if found is None:
            module_name = symbol.partition("$")[0]
            module = self.program.loader.bundled(module_name.replace(".", "/"))
            assert module is not None, symbol
            found = next(f for f in module.functions if f.symbol == symbol)
            self._runtime[symbol] = found
        return found
