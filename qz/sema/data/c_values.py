"""Value structs that C functions are given and give by value: which of them C has, and where."""

from __future__ import annotations

from collections.abc import Iterator

from qz.base.source import Span
from qz.sema.data.value_structs import is_value, lies_in_c, value_fields
from qz.sema.program import Program
from qz.sema.types import BITS, NUMBERS, TypeId, TypeKind, lends_places

ARCHITECTURE = "x86_64"
"""The only one of whose conventions the compiler knows how C passes structs."""

OF_C = frozenset({*NUMBERS, TypeKind.BOOL, TypeKind.CHAR, TypeKind.POINTER})


_PARAMETERS = frozenset({TypeKind.STRING, TypeKind.FN, TypeKind.ERROR})
_RESULTS = frozenset({TypeKind.STRING, TypeKind.VOID, TypeKind.NEVER, TypeKind.FN, TypeKind.ERROR})
"""What is made something of C's where it is given to a C function, or comes back from one."""

_NARROW = {TypeKind.BOOL: 1, TypeKind.CHAR: 4, TypeKind.F32: 4, **{k: bits // 8 for k, bits in BITS.items()}}
_WORD = 8


def width_in_c(program: Program, type_id: TypeId) -> int:
    """How many bytes a variable of a type has in C; all that C does not have is a word."""
    return _NARROW.get(program.types.kinds[program.queries.stripped(type_id)], _WORD)


def check_passed_to_c(program: Program, type_id: TypeId, span: Span, *, is_result: bool) -> None:
    """Refuse what C has not, or could not be given, as a parameter or the result of a C function."""
    if not is_value(program, type_id):
        kind = program.types.kinds[program.queries.stripped(type_id)]
        others = _RESULTS if is_result else _PARAMETERS
        if kind not in OF_C and kind not in others and (is_result or not lies_in_c(program, type_id)):
            help_text = (
                "with `@repr(C)` before it, C could be given its address" if kind is TypeKind.STRUCT else ""
            )
            program.sink.report("QZ0213", span, help=help_text, type=program.show(type_id))
        elif is_result and kind is TypeKind.FN:
            check_called(program, type_id, span)
        return
    what = why_not_by_value(program, type_id)
    if what:
        program.report_unsupported(span, f"{what} in a C function is")


def check_called(program: Program, function: TypeId, span: Span) -> None:
    """Refuse a type of functions that none of C's could be called as."""
    function = program.queries.stripped(function)
    if lends_places(program.types, function):
        program.sink.report("QZ0213", span, type=program.show(function))
        return
    *params, result = program.types.parts(function)
    for param in params:
        if program.types.kinds[program.queries.stripped(param)] is TypeKind.FN:
            help_text = "a function that C is to call can be given as a `CPtr`: `f as CPtr`"
            program.sink.report("QZ0213", span, help=help_text, type=program.show(param))
        else:
            check_passed_to_c(program, param, span, is_result=False)
    check_passed_to_c(program, result, span, is_result=True)


def why_not_by_value(program: Program, type_id: TypeId) -> str:
    """What it is of a value struct that C could not be given by value; empty where it could."""
    name = program.show(type_id)
    if program.configuration.arch not in ("", ARCHITECTURE):
        return f"the value struct `{name}` for `{program.configuration.arch}`"
    fields = list(_fields(program, type_id))
    if not fields:
        return f"`{name}`, which has no fields,"
    foreign = [(field, part) for field, part in fields if program.queries.stripped(part) not in OF_C]
    if foreign:
        field, part = foreign[0]
        return f"`{name}` with its field `{field}: {program.show(part)}`"
    return ""


def _fields(program: Program, type_id: TypeId) -> Iterator[tuple[str, TypeId]]:
    """The fields of a value struct and of those among them, other than those."""
    for field, part in value_fields(program, type_id) or ():
        if is_value(program, part):
            yield from _fields(program, part)
        else:
            yield field.name, part
