"""`&T` in annotations: what is lent, and whether its place is lent as well."""

from __future__ import annotations

from qz.sema.data.value_structs import is_value
from qz.sema.ownership.lending import Borrow
from qz.sema.program import Program
from qz.sema.types import ERROR, TypeId, TypeKind
from qz.syntax import node_numbers as nk
from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind

REFERENCES = {NodeKind.TYPE_REF: Borrow.SHARED, NodeKind.TYPE_REF_MUT: Borrow.MUTABLE}

LENDING = frozenset({"Option", "Result"})
"""The enums that may hold a reference, as a tuple may: they never change."""

WITHOUT_REFERENCE = (
    "write it without `&`; a parameter, a result or a local can be lent, a tuple, `Option` or `Result` too"
)


def strip(arena: AstArena, annotation: int) -> tuple[int, Borrow]:
    """The type behind `&` or `&mut`, and which of them it is: of a parameter, a result, a local.

    A type that holds references is lent as they are; if one of them may not be changed, nothing in it may.
    """
    found = Borrow.NONE
    while arena.kind[annotation] in REFERENCES:
        found = REFERENCES[NodeKind(arena.kind[annotation])]
        annotation = arena.lhs[annotation]
    return annotation, found or _lent_within(arena, annotation)


def _lent_within(arena: AstArena, annotation: int) -> Borrow:
    """Which of the two the references inside a type are."""
    if not arena.lhs[annotation] or arena.kind[annotation] not in (nk.TYPE_TUPLE, nk.TYPE_NAME):
        return Borrow.NONE
    inner = [strip(arena, part)[1] for part in arena.list(arena.lhs[annotation])]
    return min((borrow for borrow in inner if borrow), default=Borrow.NONE)


_HEAP = frozenset({TypeKind.STRUCT, TypeKind.VEC, TypeKind.RECORD, TypeKind.DYN})
"""Kinds whose values have a block of their own, that is changed where it is; but for value structs."""


def borrow_of(program: Program, arena: AstArena, annotation: int, type_id: TypeId) -> Borrow:
    """What a parameter is lent that is annotated so; ``type_id`` is its type."""
    if not annotation:
        return Borrow.NONE
    if arena.kind[annotation] == NodeKind.TYPE_REF_MUT and lies_in_place(program, type_id):
        return Borrow.IN_PLACE
    return strip(arena, annotation)[1]


def lies_in_place(program: Program, type_id: TypeId) -> bool:
    """Whether values of a type have no block of their own: they are changed in the place in which they lie.

    What a type parameter stands for may be one of them.
    """
    stripped = program.queries.stripped(type_id) if type_id >= 0 else type_id
    if stripped < 0 or stripped == ERROR:
        return False
    return program.types.kinds[stripped] not in _HEAP or is_value(program, stripped)


def changes_in_place(program: Program, borrow: Borrow, self_type: TypeId) -> bool:
    """Whether a method with such a `self` is lent the place of its receiver, if that has this type."""
    if borrow is not Borrow.MUTABLE or self_type < 0 or program.types.kinds[self_type] is TypeKind.PARAM:
        return False
    return lies_in_place(program, self_type)
