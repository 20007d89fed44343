"""Arenas: what is made in one is lent from it, and ends with it."""

from __future__ import annotations

from qz.sema.body import Body, CallPlan
from qz.sema.program import Program
from qz.sema.types import TypeId
from qz.syntax.nodes import NodeKind

K = NodeKind

NEW = "arena_new"
"""The intrinsic that makes a value in an arena."""
_MODULE = "arena"
_STRUCTS = ("Arena", "Pool")


def is_arena(program: Program, type_id: TypeId) -> bool:
    """Whether a type is that of arenas, or of pools, which are arenas for one type."""
    return program.has_arenas and any(program.library.is_struct(type_id, _MODULE, name) for name in _STRUCTS)


def arena_named(program: Program, body: Body, node: int) -> int:
    """The local that an expression names if that is an arena: `arena`, `&arena`; else -1."""
    while body.tree.kind[node] in (K.REF, K.REF_MUT):
        node = body.tree.lhs[node]
    if body.tree.kind[node] not in (K.IDENT, K.SELF) or not is_arena(program, body.types[node]):
        return -1
    return body.decls[node] - 1


def makes_in_arena(plan: CallPlan) -> bool:
    """Whether a call makes its last argument in the arena that is its first."""
    return plan.function.intrinsic == NEW
