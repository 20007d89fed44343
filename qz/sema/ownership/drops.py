"""Which types have something to do when the last holder of a value lets go, and what."""

from __future__ import annotations

from collections.abc import Iterator

from qz.sema.data.parts import all_parts
from qz.sema.decls import FunctionDecl
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.sema.types import TypeId, TypeKind


def drop_method(program: Program, type_id: TypeId, module: ModuleEnv) -> FunctionDecl | None:
    """The `drop` of a struct or enum that implements the library's `Drop`, as it stands for the type."""
    if not program.methods.dropped or not is_dropped(program, type_id):
        return None
    found = program.derivations.callee("drop", type_id, module)
    assert found is not None
    return found.function


def holds_dropped(program: Program, type_id: TypeId) -> bool:
    """Whether it shows when values of a type are given up: they implement `Drop`, or there are weak
    references to such, or they may hold some; of a `dyn` nobody knows."""
    if not shows_drops(program):
        return False
    return any(is_dropped(program, part) or _is_watched(program, part) for part in _within(program, type_id))


_UNKNOWN = frozenset(
    (TypeKind.REFERENCE, TypeKind.NULLABLE, TypeKind.PARAM, TypeKind.DYN, TypeKind.FN, TypeKind.TRAIT)
)


def may_hold_dropped(program: Program, type_id: TypeId) -> bool:
    """Whether it may show when values of a type are given up, whatever is behind shapes and `dyn`.

    That depends on the type and nothing else in the program, so that all who ask find the same.
    """
    kinds = program.types.kinds
    return any(
        kinds[part] in _UNKNOWN or is_dropped(program, part) or _is_watched(program, part)
        for part in _within(program, type_id)
    )


def _within(program: Program, type_id: TypeId) -> Iterator[TypeId]:
    """A type and the types of all that its values are made of, each once."""
    seen: set[TypeId] = set()
    pending = [type_id]
    while pending:
        part = program.queries.stripped(pending.pop())
        if part not in seen:
            seen.add(part)
            yield part
            pending += all_parts(program, part)


def shows_drops(program: Program) -> bool:
    """Whether it shows at all in a program when values are given up."""
    return bool(program.methods.dropped or program.watched)


def _is_watched(program: Program, type_id: TypeId) -> bool:
    types = program.types
    match types.kinds[type_id]:
        case TypeKind.VEC:
            return "Vec" in program.watched
        case TypeKind.STRUCT:
            return program.decls[types.args[type_id][0]].name in program.watched
        case _:
            return False


def is_dropped(program: Program, type_id: TypeId) -> bool:
    """Whether a type implements the library's `Drop`."""
    types = program.types
    is_declared = types.kinds[type_id] in (TypeKind.STRUCT, TypeKind.ENUM)
    return is_declared and types.args[type_id][0] in program.methods.dropped
