"""Constants that stand where type arguments do: `Array<Int, 8>`, `Buffer<true>`, `Tagged<"name">`."""

from __future__ import annotations

from qz.sema.decls import ConstValue
from qz.sema.program import Program
from qz.sema.types import BOOL, CHAR, ERROR, INT, INTEGERS, STRING, TypeId, TypeKind, int_range

ALLOWED = frozenset({BOOL, CHAR, STRING, *INTEGERS})
"""The types that the constant of a type parameter may have."""
_NUMBERS = frozenset({CHAR, *INTEGERS})
"""Those whose constants go by their numbers alone, and stand for one another."""


def constant_type(program: Program, value: ConstValue | None) -> TypeId:
    """What stands for a constant among types; `ERROR` for one that cannot be there."""
    make = program.types.make
    if isinstance(value, bool):
        return make(TypeKind.CONSTANT, int(value), BOOL)
    if isinstance(value, int):
        return make(TypeKind.CONSTANT, value)
    if isinstance(value, bytes):
        text = value.decode("utf-8", "surrogateescape")
        return make(TypeKind.CONSTANT, program.interner.intern(text), STRING)
    return ERROR


def value_of_constant(program: Program, constant: TypeId) -> ConstValue:
    """The value that a constant among types stands for."""
    value, *of = program.types.args[constant]
    if not of:
        return value
    if of[0] == BOOL:
        return bool(value)
    return program.interner.text(value).encode("utf-8", "surrogateescape")


def misfit(program: Program, found: TypeId, param: TypeId) -> tuple[str, str] | None:
    """What a type parameter asks for and what it is given instead, if that is no such thing."""
    types = program.types
    declared = types.constant_params.get(param)
    if ERROR in (found, declared, types.constant_params.get(found)):
        return None
    is_constant = types.kinds[found] is TypeKind.CONSTANT
    is_computed = types.kinds[found] is TypeKind.COMPUTED
    if declared is None:
        is_other = is_constant or is_computed or found in types.constant_params
        return ("a type", _shown(program, found)) if is_other else None
    fits = True
    if is_constant:
        value, *of = types.args[found]
        given = of[0] if of else INT
        if declared in INTEGERS:
            low, high = int_range(declared)
            fits = low <= value <= high
    else:
        given = INT if is_computed else types.constant_params.get(found, ERROR)
    same = given == declared or (declared in _NUMBERS and given in _NUMBERS)
    return None if same and fits else (f"a constant `{program.show(declared)}`", _shown(program, found))


def _shown(program: Program, found: TypeId) -> str:
    declared = program.types.constant_params.get(found)
    if declared is not None:
        return f"a constant `{program.show(declared)}`"
    noun = "constant" if program.types.kinds[found] is TypeKind.CONSTANT else "type"
    return f"the {noun} `{program.show(found)}`"
