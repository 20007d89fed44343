"""The functions that are derived: which body is whose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from xdsl.ir import SSAValue

from dialects.qz.terminators import ReturnOp
from qz.irgen.binary.reading import decode, read
from qz.irgen.binary.writing import encode, write
from qz.irgen.builder import Builder
from qz.irgen.calls.calls import call_through_table
from qz.irgen.comparison import compare
from qz.irgen.derived.copies import clone_enum, clone_fields, clone_tuple, clone_value, clone_vec
from qz.irgen.derived.equality import equal_enums, equal_fields, equal_tuples, equal_values, equal_vecs
from qz.irgen.derived.hashing import hash_array, hash_enum, hash_fields, hash_tuple, hash_value
from qz.irgen.derived.json_reading import from_json, read_json
from qz.irgen.derived.json_writing import to_json
from qz.irgen.derived.order import (
    compare_by_method,
    compare_enums,
    compare_fields,
    compare_tuples,
    compare_values,
    compare_vecs,
)
from qz.irgen.derived.showing import (
    show_between,
    show_enum,
    show_fields,
    show_tuple,
    show_union,
    show_value,
    show_vec,
)
from qz.sema.body import CallPlan
from qz.sema.check.dynamic import FORWARD
from qz.sema.decls import DerivedDecl
from qz.sema.derived.derivations import ORDER, SHOW_BETWEEN
from qz.sema.types import TypeId, TypeKind


def emit_derived(b: Builder, function: DerivedDecl, values: Sequence[SSAValue]) -> None:
    """The body of a derived function."""
    what, subject = function.what, function.subject
    if what.startswith(FORWARD):
        _forward(b, function, list(values))
        return
    if what in _WHOLE:
        _WHOLE[what](b, function, values)
        return
    kind = b.program.types.kinds[subject]
    if what == "compare" and b.program.derivations.own_order(subject, b.body.module) is not None:
        body: Body = compare_by_method
    else:
        body = _BODIES.get((what, kind)) or _OPERATIONS[what]
    b.do(ReturnOp, (body(b, subject, values),))


def _forward(b: Builder, function: DerivedDecl, values: list[SSAValue]) -> None:
    """A method of the `dyn Trait` that the function is given."""
    slot = int(function.what.removeprefix(FORWARD))
    found = call_through_table(b, CallPlan(function, (), slot=slot), values)
    b.do(ReturnOp, () if found is None else (found,))


_WHOLE: dict[str, Callable[[Builder, DerivedDecl, Sequence[SSAValue]], None]] = {
    "decode": decode,
    "encode": encode,
    "read": read,
    "write": write,
    "to_json": to_json,
    "from_json": from_json,
    "read_json": read_json,
}
"""The functions of binary layouts and of JSON, which end their bodies themselves."""

Body: TypeAlias = "Callable[[Builder, TypeId, Sequence[SSAValue]], SSAValue]"

_BODIES: dict[tuple[str, TypeKind], Body] = {
    ("show", TypeKind.STRUCT): show_fields,
    ("show", TypeKind.RECORD): show_fields,
    ("show", TypeKind.NEWTYPE): show_fields,
    ("show", TypeKind.TUPLE): show_tuple,
    ("show", TypeKind.ENUM): show_enum,
    ("show", TypeKind.UNION): show_union,
    ("show", TypeKind.VEC): show_vec,
    ("show", TypeKind.ARRAY): show_vec,
    ("hash", TypeKind.STRUCT): hash_fields,
    ("hash", TypeKind.RECORD): hash_fields,
    ("hash", TypeKind.TUPLE): hash_tuple,
    ("hash", TypeKind.ENUM): hash_enum,
    ("hash", TypeKind.ARRAY): hash_array,
    ("hash", TypeKind.UNION): hash_enum,
    ("op_eq", TypeKind.STRUCT): equal_fields,
    ("op_eq", TypeKind.RECORD): equal_fields,
    ("op_eq", TypeKind.TUPLE): equal_tuples,
    ("op_eq", TypeKind.ENUM): equal_enums,
    ("op_eq", TypeKind.UNION): equal_enums,
    ("op_eq", TypeKind.VEC): equal_vecs,
    ("op_eq", TypeKind.ARRAY): equal_vecs,
    ("compare", TypeKind.STRUCT): compare_fields,
    ("compare", TypeKind.TUPLE): compare_tuples,
    ("compare", TypeKind.ENUM): compare_enums,
    ("compare", TypeKind.VEC): compare_vecs,
    ("compare", TypeKind.ARRAY): compare_vecs,
    ("clone", TypeKind.STRUCT): clone_fields,
    ("clone", TypeKind.RECORD): clone_fields,
    ("clone", TypeKind.TUPLE): clone_tuple,
    ("clone", TypeKind.ENUM): clone_enum,
    ("clone", TypeKind.UNION): clone_enum,
    ("clone", TypeKind.VEC): clone_vec,
}


def _ordered(predicate: str) -> Body:
    return lambda b, type_id, values: compare(b, predicate, values[0], values[1], type_id)


_OPERATIONS: dict[str, Body] = {
    "show": lambda b, type_id, values: show_value(b, values[0], type_id),
    SHOW_BETWEEN: lambda b, type_id, values: show_between(b, values, type_id),
    "hash": lambda b, type_id, values: hash_value(b, values[0], type_id),
    "op_eq": lambda b, type_id, values: equal_values(b, values[0], values[1], type_id),
    "clone": lambda b, type_id, values: clone_value(b, values[0], type_id),
    "compare": lambda b, type_id, values: compare_values(b, values[0], values[1], type_id),
    **{name: _ordered(name.removeprefix("op_")) for name in ORDER},
}
"""For what the language has an operation for: a `dyn Show` of an `Int` needs a function all the same."""
