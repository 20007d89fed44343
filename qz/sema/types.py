"""Types are small integers into one table; equal types have equal ids.

The table lives as long as the compile: it holds only types that declarations and finished bodies mention. A
type that still contains an inference variable never enters it (see `infer.py`), so nothing function-sized
stays.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum, auto
from typing import TypeAlias

from qz.base.mem_usage import MemUsage
from qz.sema.constants import computed
from qz.sema.constants.computed import Division
from qz.sema.ownership.lending import SIGNS, Borrow, param_borrow, result_borrow

TypeId: TypeAlias = int
"""An index into `TypeTable`; negative ids belong to the `Inference` of the function being checked."""


class TypeKind(IntEnum):
    """The constructor of a type. For the scalar kinds the value is also the type's id."""

    NONE = 0  # "no type asked for"; never the type of an expression
    ERROR = auto()  # poison: an error was reported here, whatever follows is silent
    VOID = auto()
    NEVER = auto()
    BOOL = auto()
    I8 = auto()
    I16 = auto()
    I32 = auto()
    I64 = auto()
    U8 = auto()
    U16 = auto()
    U32 = auto()
    U64 = auto()
    CHAR = auto()
    F32 = auto()
    F64 = auto()
    STRING = auto()
    SYMBOL = auto()  # a name; kept as a string
    POINTER = auto()  # CPtr, Ptr<T>: a raw address
    REFERENCE = auto()  # the shape of every counted word that is never 0; only in shared instances
    NULLABLE = auto()  # the shape of every counted word that may be 0; only in shared instances
    VEC = auto()  # args: the element
    ARRAY = auto()  # args: the element, then how many: a CONSTANT or a type parameter
    STRUCT = auto()  # args: the declaration's id, then the type arguments
    ENUM = auto()  # args: the declaration's id, then the type arguments
    NEWTYPE = auto()  # args: the declaration's id
    TRAIT = auto()  # args: the declaration's id, then the type arguments; never the type of a value
    DYN = auto()  # args: the TRAIT type
    TUPLE = auto()  # args: the elements
    RECORD = auto()  # args: the number of its names (`TypeTable.record_names`), then a type for each
    UNION = auto()  # args: the members, none of them a union, in one order
    CONSTANT = auto()  # a value where a type argument stands; args: the number; for a `Bool` 0 or 1, for a
    # `String` the symbol that spells it, and the type
    COMPUTED = auto()  # a CONSTANT that type parameters say; args: the number of its form
    # (`qz/sema/constants/computed.py`), then the parameters, in the order of their ids
    FN = auto()  # args: what is lent (`qz/sema/ownership/lending.py`), the parameters, then the result
    RANGE = auto()  # args: the bound's type
    PARAM = auto()  # args: the symbol id of a type parameter's name, the owner's id
    VARIABLE = auto()  # only inside an `Inference`


NONE: TypeId = TypeKind.NONE
ERROR: TypeId = TypeKind.ERROR
VOID: TypeId = TypeKind.VOID
NEVER: TypeId = TypeKind.NEVER
BOOL: TypeId = TypeKind.BOOL
I32: TypeId = TypeKind.I32
INT: TypeId = TypeKind.I64
U8: TypeId = TypeKind.U8
U64: TypeId = TypeKind.U64
CHAR: TypeId = TypeKind.CHAR
F32: TypeId = TypeKind.F32
F64: TypeId = TypeKind.F64
STRING: TypeId = TypeKind.STRING
SYMBOL: TypeId = TypeKind.SYMBOL
POINTER: TypeId = TypeKind.POINTER

REFERENCE: TypeId = TypeKind.REFERENCE
NULLABLE: TypeId = TypeKind.NULLABLE

N_SCALARS = TypeKind.VEC
"""Ids below this are the kinds themselves."""

NOMINAL = frozenset({TypeKind.STRUCT, TypeKind.ENUM, TypeKind.NEWTYPE, TypeKind.TRAIT})
"""Kinds whose first argument is a declaration's id and no type; the type arguments follow it."""

HEADED = NOMINAL | {TypeKind.RECORD}
"""Kinds whose first argument is no type: it says which of them it is."""

NUMBERED = HEADED | {TypeKind.FN, TypeKind.COMPUTED}
"""Kinds whose first argument is no type."""

_HOLDS = frozenset(
    {
        TypeKind.VEC,
        TypeKind.ARRAY,
        TypeKind.STRUCT,
        TypeKind.ENUM,
        TypeKind.TUPLE,
        TypeKind.RECORD,
        TypeKind.TRAIT,
    }
)
"""Kinds of types all of whose parts are values, held or handed on; of a function all but the last are."""

REFERENCES = frozenset(
    {
        TypeKind.STRING,
        TypeKind.SYMBOL,
        TypeKind.VEC,
        TypeKind.ARRAY,
        TypeKind.STRUCT,
        TypeKind.TUPLE,
        TypeKind.RECORD,
        TypeKind.UNION,
        TypeKind.FN,
        TypeKind.DYN,
        TypeKind.REFERENCE,
    }
)
"""Kinds whose values are one counted word that is never 0. Of enums only some are: see `Layouts`."""

SIGNED = range(TypeKind.I8, TypeKind.I64 + 1)
UNSIGNED = range(TypeKind.U8, TypeKind.U64 + 1)
# Sets, since a range is searched from its beginning for what is an `int` of another class.
INTEGERS = frozenset((*SIGNED, *UNSIGNED))
FLOATS = frozenset((F32, F64))
NUMBERS = INTEGERS | FLOATS | {CHAR}
"""Everything arithmetic works on, `Char` included (it computes as `Int`)."""

BITS = {
    TypeKind.I8: 8,
    TypeKind.I16: 16,
    TypeKind.I32: 32,
    TypeKind.I64: 64,
    TypeKind.U8: 8,
    TypeKind.U16: 16,
    TypeKind.U32: 32,
    TypeKind.U64: 64,
}

SCALAR_NAMES = {
    TypeKind.NONE: "?",
    TypeKind.ERROR: "?",
    TypeKind.VOID: "Void",
    TypeKind.NEVER: "!",
    TypeKind.BOOL: "Bool",
    TypeKind.I8: "I8",
    TypeKind.I16: "I16",
    TypeKind.I32: "I32",
    TypeKind.I64: "Int",
    TypeKind.U8: "U8",
    TypeKind.U16: "U16",
    TypeKind.U32: "U32",
    TypeKind.U64: "U64",
    TypeKind.CHAR: "Char",
    TypeKind.F32: "F32",
    TypeKind.F64: "F64",
    TypeKind.STRING: "String",
    TypeKind.SYMBOL: "Symbol",
    TypeKind.POINTER: "CPtr",
    TypeKind.REFERENCE: "ref",
    TypeKind.NULLABLE: "nullable",
}

ROWS = {"Vec": (TypeKind.VEC, 1), "Array": (TypeKind.ARRAY, 2)}
"""The types of elements in a row, by name, and how many arguments each takes."""

NAMED_TYPES: dict[str, TypeId] = {
    "Int": INT,
    "I64": INT,
    "I8": TypeKind.I8,
    "I16": TypeKind.I16,
    "I32": TypeKind.I32,
    "U8": TypeKind.U8,
    "U16": TypeKind.U16,
    "U32": TypeKind.U32,
    "U64": TypeKind.U64,
    "F32": F32,
    "F64": F64,
    "Bool": BOOL,
    "Char": CHAR,
    "String": STRING,
    "Symbol": SYMBOL,
    "Void": VOID,
    "CInt": I32,
    "CUInt": TypeKind.U32,
    "CLong": INT,
    "CChar": TypeKind.I8,
    "CSize": TypeKind.U64,
    "CFloat": F32,
    "CDouble": F64,
    "CPtr": POINTER,
    "CString": STRING,
}
"""Type names that take no arguments and need no import."""


def _range(kind: TypeKind) -> tuple[int, int]:
    bits = BITS[kind]
    return (0, (1 << bits) - 1) if kind in UNSIGNED else (-(1 << (bits - 1)), (1 << (bits - 1)) - 1)


_RANGES: dict[int, tuple[int, int]] = {kind: _range(kind) for kind in BITS}


def int_range(type_id: TypeId) -> tuple[int, int]:
    """The least and greatest value of an integer type; `Char` and everything else have that of `Int`."""
    return _RANGES.get(type_id) or _RANGES[INT]


class TypeTable:
    """Hash-consed types: `kind` and `args` by id. Ids below `N_SCALARS` are the scalar kinds themselves."""

    def __init__(self) -> None:
        self.kinds: list[TypeKind] = [TypeKind(k) for k in range(N_SCALARS)]
        self.args: list[tuple[int, ...]] = [()] * N_SCALARS
        self._ids: dict[tuple[int, ...], TypeId] = {}
        self.record_names: list[tuple[str, ...]] = []
        """The field names of each record type that differs in them, sorted."""
        self._numbers_of_names: dict[tuple[str, ...], int] = {}
        self.forms: list[computed.Form] = []
        """Each way in which constants are computed from parameters."""
        self._numbers_of_forms: dict[computed.Form, int] = {}
        self._generic: dict[TypeId, bool] = {}
        self._weights: dict[TypeId, int] = {}
        self.fitting: set[TypeId] = set()
        """Those of which it is known that nothing is wrong with what they hold: see `applied_types.py`."""
        self.constant_params: dict[TypeId, TypeId] = {}
        """The type of the constant that a type parameter stands for, if it is declared `const N: Int`."""
        self.unit: TypeId = NONE
        """What `Void` is where a value is held, as in `Result<Void, String>`: an enum with one variant,
        which the program sets."""
        self.name_of_declaration: Callable[[int], str] = str
        """How a struct's declaration id and a type parameter's symbol id read; set by the program."""
        self.name_of_symbol: Callable[[int], str] = str
        self.order_of_type: Callable[[TypeId], tuple[int, str]] = lambda type_id: (type_id, "")
        """An order of types that depends on nothing but what they are; set by the program."""

    def make(self, kind: TypeKind, *args: int) -> TypeId:
        """The id of ``kind`` applied to ``args``; every element of ``args`` that is a type must be in the
        table."""
        key = (kind, *args)
        found = self._ids.get(key)
        if found is None and kind is TypeKind.UNION:
            return self._union(args)
        if found is None and kind is TypeKind.COMPUTED:
            form = self.forms[args[0]]
            if isinstance(form, Division):
                return self.divided(form, *args[1:])
            return self.computed(computed.with_atoms(form, [self.polynomial(part) for part in args[1:]]))
        if found is None and VOID in args and (kind in _HOLDS or kind is TypeKind.FN):
            first, last = int(kind in NUMBERED), len(args) - (kind is TypeKind.FN)
            held = [self.unit if part == VOID else part for part in args[first:last]]
            args = (*args[:first], *held, *args[last:])
            found = self._ids[key] = self._entry(kind, args, (kind, *args))
        return self._entry(kind, args, key) if found is None else found

    def _entry(self, kind: TypeKind, args: tuple[int, ...], key: tuple[int, ...]) -> TypeId:
        found = self._ids.get(key)
        if found is None:
            found = len(self.kinds)
            self.kinds.append(kind)
            self.args.append(args)
            self._ids[key] = found
        return found

    def members(self, type_id: TypeId) -> tuple[TypeId, ...]:
        """The members of a union; of any other type, it alone."""
        return self.args[type_id] if self.kinds[type_id] is TypeKind.UNION else (type_id,)

    def has_twice(self, members: Sequence[TypeId]) -> int:
        """The place of the first of some types that is in another one, or has a member there; -1 if none."""
        for at, member in enumerate(members):
            others = (*members[:at], *members[at + 1 :])
            if any(part in self.members(other) for other in others for part in self.members(member)):
                return at
        return -1

    def _union(self, members: tuple[TypeId, ...]) -> TypeId:
        """A union, whose members are no unions, each once and in one order; one alone is no union."""
        flat = {part for member in members for part in self.members(member)}
        if len(flat) == 1 or ERROR in flat:
            return min(flat)
        ordered = tuple(sorted(flat, key=self.order_of_type))
        return self._entry(TypeKind.UNION, ordered, (TypeKind.UNION, *ordered))

    def vec(self, element: TypeId) -> TypeId:
        return self.make(TypeKind.VEC, element)

    def number_of_form(self, form: computed.Form) -> int:
        """The first argument of what is computed so."""
        number = self._numbers_of_forms.setdefault(form, len(self.forms))
        if number == len(self.forms):
            self.forms.append(form)
        return number

    def polynomial(self, type_id: TypeId) -> computed.Polynomial:
        """What is computed, from which parameters, by a type that stands for a constant."""
        match self.kinds[type_id]:
            case TypeKind.CONSTANT:
                return computed.number(self.args[type_id][0])
            case TypeKind.COMPUTED:
                number, *atoms = self.args[type_id]
                form = self.forms[number]
                if isinstance(form, Division):
                    return computed.atom(type_id)
                return computed.with_atoms(form, [computed.atom(one) for one in atoms])
            case _:
                return computed.atom(type_id)

    def computed(self, polynomial: computed.Polynomial) -> TypeId:
        """What stands for a constant that is computed so: a number or a parameter, where it is no more."""
        form, atoms = computed.form_of(polynomial)
        if not atoms:
            return self.make(TypeKind.CONSTANT, polynomial.get((), 0))
        if polynomial == computed.atom(atoms[0]):
            return atoms[0]
        args = (self.number_of_form(form), *atoms)
        return self._entry(TypeKind.COMPUTED, args, (TypeKind.COMPUTED, *args))

    def divided(self, division: Division, dividend: TypeId, divisor: TypeId) -> TypeId:
        """What stands for a constant that is divided by another; one that is divided by 0 stays as it is."""
        known = computed.divided(division, self.polynomial(dividend), self.polynomial(divisor))
        if known is not None:
            return self.computed(known)
        args = (self.number_of_form(division), dividend, divisor)
        return self._entry(TypeKind.COMPUTED, args, (TypeKind.COMPUTED, *args))

    def number_of_names(self, names: tuple[str, ...]) -> int:
        """The first argument of a record type with these fields, which are sorted."""
        number = self._numbers_of_names.setdefault(names, len(self.record_names))
        if number == len(self.record_names):
            self.record_names.append(names)
        return number

    def parts(self, type_id: TypeId) -> tuple[TypeId, ...]:
        """The types a type is made of: its arguments without a declaration's id."""
        kind = self.kinds[type_id]
        if kind in (TypeKind.PARAM, TypeKind.CONSTANT):
            return ()
        return self.args[type_id][1:] if kind in NUMBERED else self.args[type_id]

    def weight(self, type_id: TypeId) -> int:
        """How many types a type consists of, counted wherever they stand."""
        found = self._weights.get(type_id)
        if found is None:
            found = self._weights[type_id] = 1 + sum(map(self.weight, self.parts(type_id)))
        return found

    def overlap(self, one: TypeId, other: TypeId, given: dict[TypeId, TypeId]) -> bool:
        """Whether some type is what both headers are for, their type parameters being anything; ``given`` is
        for what they stand for."""
        kinds = (self.kinds[one], self.kinds[other])
        if one == other or TypeKind.COMPUTED in kinds:
            return True
        if TypeKind.PARAM in kinds:
            param, stands_for = (one, other) if kinds[0] is TypeKind.PARAM else (other, one)
            known = given.setdefault(param, stands_for)
            return known == stands_for or (known != param and self.overlap(known, stands_for, given))
        ours, theirs = self.parts(one), self.parts(other)
        if kinds[0] is not kinds[1] or len(ours) != len(theirs) or not ours:
            return False
        if kinds[0] in NUMBERED and self.args[one][0] != self.args[other][0]:
            return False
        return all(self.overlap(a, b, given) for a, b in zip(ours, theirs, strict=True))

    def is_number(self, type_id: TypeId) -> bool:
        """Whether a type stands for a whole number."""
        return self.kinds[type_id] is TypeKind.CONSTANT and len(self.args[type_id]) == 1

    def substitute(self, type_id: TypeId, given: Mapping[TypeId, TypeId]) -> TypeId:
        """``type_id`` with type parameters replaced. Recursion is as deep as the annotation."""
        if type_id < N_SCALARS or not given:
            return type_id
        found = given.get(type_id)
        if found is not None:
            return found
        parts = self.parts(type_id)
        if not parts:
            return type_id
        args = self.args[type_id]
        n_fixed = len(args) - len(parts)
        return self.make(self.kinds[type_id], *args[:n_fixed], *(self.substitute(p, given) for p in parts))

    def params_in(self, type_id: TypeId) -> set[TypeId]:
        """The type parameters in a type."""
        if not self.mentions_param(type_id):
            return set()
        if self.kinds[type_id] is TypeKind.PARAM:
            return {type_id}
        return {param for part in self.parts(type_id) for param in self.params_in(part)}

    def mentions_param(self, type_id: TypeId) -> bool:
        """Whether a type parameter occurs in the type; worked out once a type."""
        if type_id < N_SCALARS:
            return False
        found = self._generic.get(type_id)
        if found is None:
            is_param = self.kinds[type_id] is TypeKind.PARAM
            found = is_param or any(map(self.mentions_param, self.parts(type_id)))
            self._generic[type_id] = found
        return found

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        used = sum(map(sys.getsizeof, self.args)) + 8 * 2 * len(self.kinds) + sys.getsizeof(self._ids)
        usage.add(label, used, used)


def lends_places(table: TypeTable, type_id: TypeId) -> bool:
    """Whether there is a function in a type that changes in its place what it is given."""
    if table.kinds[type_id] is TypeKind.FN:
        lent, n_params = table.args[type_id][0], len(table.args[type_id]) - 2
        if any(param_borrow(lent, at) is Borrow.IN_PLACE for at in range(n_params)):
            return True
    return any(lends_places(table, part) for part in table.parts(type_id))


def _render_constant(args: tuple[int, ...], table: TypeTable) -> str:
    if len(args) == 1:
        return str(args[0])
    return f'"{table.name_of_symbol(args[0])}"' if args[1] == STRING else str(bool(args[0])).lower()


def render(
    type_id: TypeId,
    kind_of: Callable[[TypeId], TypeKind],
    args_of: Callable[[TypeId], tuple[int, ...]],
    table: TypeTable,
    name_of_declaration: Callable[[int], str] | None = None,
) -> str:
    """The type as a programmer writes it. Types nest no deeper than their annotations, which the parser
    bounds. ``name_of_declaration`` says how those are called, where not as the table does."""
    kind = kind_of(type_id)
    scalar = SCALAR_NAMES.get(kind)
    if scalar is not None:
        return scalar

    def show(part: TypeId) -> str:
        return render(part, kind_of, args_of, table, name_of_declaration)

    args = args_of(type_id)
    match kind:
        case TypeKind.VEC:
            return f"Vec<{show(args[0])}>"
        case TypeKind.ARRAY:
            return f"Array<{show(args[0])}, {show(args[1])}>"
        case TypeKind.ENUM if type_id == table.unit:
            return SCALAR_NAMES[TypeKind.VOID]
        case TypeKind.STRUCT | TypeKind.ENUM | TypeKind.NEWTYPE | TypeKind.TRAIT:
            name = (name_of_declaration or table.name_of_declaration)(args[0])
            return name if len(args) == 1 else f"{name}<{', '.join(map(show, args[1:]))}>"
        case TypeKind.RECORD:
            fields = zip(table.record_names[args[0]], args[1:], strict=True)
            return "{ " + ", ".join(f"{name}: {show(part)}" for name, part in fields) + " }"
        case TypeKind.UNION:
            return " | ".join(map(show, args))
        case TypeKind.CONSTANT:
            return _render_constant(args, table)
        case TypeKind.COMPUTED:
            return computed.text(table.forms[args[0]], [show(part) for part in args[1:]])
        case TypeKind.DYN:
            return f"dyn {show(args[0])}"
        case TypeKind.TUPLE:
            return f"({', '.join(map(show, args))}{',' if len(args) == 1 else ''})"
        case TypeKind.FN:
            lent, *params, result = args
            signs = [SIGNS[param_borrow(lent, position)] for position in range(len(params))]
            shown = ", ".join(sign + show(param) for sign, param in zip(signs, params, strict=True))
            return f"Fn({shown})" + (
                "" if result == VOID else f": {SIGNS[result_borrow(lent)]}{show(result)}"
            )
        case TypeKind.RANGE:
            return "Range"
        case TypeKind.PARAM:
            return table.name_of_symbol(args[0])
        case _:
            return "_"
