"""Which types have a form in JSON, and which: what `to_json` and `from_json` are derived for.

Structs and enums have one where `@derive(Json)` asks for it, or where they have both methods themselves.
"""

from __future__ import annotations

from enum import Enum, auto

from qz.sema.decls import DerivedDecl, NewtypeDecl, StructDecl
from qz.sema.program import Program
from qz.sema.types import BOOL, CHAR, FLOATS, INTEGERS, STRING, U64, TypeId, TypeKind

JSON = "Json"
"""The name in a `@derive`, and that of the library's module but for its capital."""

MODULE = "json"

JSON_METHODS = ("to_json", "from_json")

SERIALIZABLE = "Serializable"
"""The library's trait of what can be written."""


class JsonForm(Enum):
    """How the values of a type look in JSON."""

    INTEGER = auto()
    UNSIGNED = auto()  # a `U64`, which need not fit an `Int`
    FLOAT = auto()
    TRUTH = auto()
    TEXT = auto()
    CHARACTER = auto()
    ITSELF = auto()  # a `JsonValue`
    WRAPPED = auto()  # a newtype: what it wraps
    OWN = auto()  # what its own methods say
    OPTION = auto()  # null, or what is in it
    LIST = auto()
    MAP = auto()  # an object
    TUPLE = auto()  # a list
    FIELDS = auto()  # an object
    VARIANTS = auto()  # a string, or an object with one entry


_SCALARS = {
    **dict.fromkeys(INTEGERS, JsonForm.INTEGER),
    **dict.fromkeys(FLOATS, JsonForm.FLOAT),
    U64: JsonForm.UNSIGNED,
    BOOL: JsonForm.TRUTH,
    STRING: JsonForm.TEXT,
    CHAR: JsonForm.CHARACTER,
}


def json_form(program: Program, type_id: TypeId) -> JsonForm | None:
    """The form of a type; None for one that has none, whatever its parts may be."""
    scalar = _SCALARS.get(type_id)
    if scalar is not None:
        return scalar
    types = program.types
    kind = types.kinds[type_id]
    if kind is TypeKind.VEC:
        return JsonForm.LIST
    if kind is TypeKind.TUPLE:
        return JsonForm.TUPLE
    if kind not in (TypeKind.STRUCT, TypeKind.ENUM, TypeKind.NEWTYPE):
        return None
    decl = program.decls[types.args[type_id][0]]
    if program.search.is_bundled(decl.module.path):
        known = _LIBRARY.get((decl.module.name, decl.name))
        if known is not JsonForm.MAP or types.args[type_id][1] == STRING:
            return known
        return None
    if _has_own_methods(program, type_id):
        return JsonForm.OWN
    if JSON not in program.derived_traits.get(decl.id, ()):
        return None
    if isinstance(decl, NewtypeDecl):
        return JsonForm.WRAPPED
    return JsonForm.FIELDS if isinstance(decl, StructDecl) else JsonForm.VARIANTS


_LIBRARY = {
    ("prelude", "Option"): JsonForm.OPTION,
    ("map", "Map"): JsonForm.MAP,
    ("json", "JsonValue"): JsonForm.ITSELF,
}
"""Types of the library that have a form."""


def _has_own_methods(program: Program, type_id: TypeId) -> bool:
    """Whether a type has a `to_json(self): JsonValue` and a `from_json(value: JsonValue)` of its own."""
    value = program.library.enum(MODULE, "JsonValue").type
    for name, has_self in zip(JSON_METHODS, (True, False), strict=True):
        group = program.method(type_id, program.interner.intern(name))
        function = group.functions[0] if group is not None else None
        if function is None or isinstance(function, DerivedDecl):
            return False
        signature = program.queries.signature(function)
        if signature.has_self != has_self or signature.type_params or len(signature.params) != 1:
            return False
        gives = signature.result if has_self else signature.params[0].type
        if gives != value or (not has_self and not _is_result_of(program, signature.result, type_id)):
            return False
    return True


def _is_result_of(program: Program, result: TypeId, type_id: TypeId) -> bool:
    """Whether a type is `Result<T, JsonError>`."""
    error = program.library.struct(MODULE, "JsonError").type
    return program.types.parts(result) == (type_id, error)


def has_json(program: Program, type_id: TypeId) -> bool:
    """Whether a value of a type can be written as JSON and read again. A type parameter is taken to be one
    that can; so is a type that `@derive` stands before, for its parts are asked about there."""
    if type_id < 0:
        return False
    if program.types.kinds[type_id] is TypeKind.PARAM:
        return True
    form = json_form(program, type_id)
    if form in (JsonForm.OPTION, JsonForm.LIST, JsonForm.TUPLE):
        return all(has_json(program, part) for part in program.types.parts(type_id))
    if form is JsonForm.MAP:
        return has_json(program, program.types.args[type_id][2])
    if form in (JsonForm.FIELDS, JsonForm.VARIANTS):
        return all(has_json(program, part) for part in program.types.parts(type_id))
    return form is not None
