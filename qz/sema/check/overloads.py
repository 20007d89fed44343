"""Operators of types that define them: `a + b` is `a.op_add(b)` where a's type has such a method."""

from __future__ import annotations

from qz.sema.check.calls import call_group
from qz.sema.check.checker import Checker
from qz.sema.check.receivers import find_methods
from qz.sema.types import BOOL, ERROR, NONE, TypeId, TypeKind
from qz.syntax import node_numbers as nk

METHODS: dict[int, tuple[str, ...]] = {
    nk.ADD: ("op_add",),
    nk.SUB: ("op_sub",),
    nk.MUL: ("op_mul",),
    nk.DIV: ("op_div",),
    nk.REM: ("op_mod",),
    nk.SHL: ("op_shl",),
    nk.SHR: ("op_shr",),
    nk.BIT_AND: ("op_and",),
    nk.BIT_OR: ("op_or",),
    nk.BIT_XOR: ("op_xor",),
    nk.EQ: ("op_eq",),
    nk.NE: ("op_ne", "op_eq"),
    nk.LT: ("op_lt",),
    nk.LE: ("op_le", "op_lt"),
    nk.GT: ("op_gt", "op_lt"),
    nk.GE: ("op_ge", "op_lt"),
}
"""The methods that an operator may be, nearest first: `a != b` is `not (a == b)` without an `op_ne`."""

COMPARISONS = frozenset({nk.EQ, nk.NE, nk.LT, nk.LE, nk.GT, nk.GE})


def negated(c: Checker, node: int, operand: TypeId) -> TypeId:
    """The type of `-x` by the method `op_neg` of the operand's type; `NONE` where it has none."""
    group = find_methods(c, operand, c.program.interner.intern("op_neg"))
    return NONE if group is None else call_group(c, node, group, [c.lhs[node]], NONE, checked=operand)


def overloaded(c: Checker, link: int, kind: int, left: TypeId) -> TypeId:
    """The type of a binary operation by a method of the left operand's type; `NONE` where it has none."""
    names = METHODS.get(kind, ())
    if c.infer.kind(left) is TypeKind.VARIABLE:
        return NONE
    for name in names:
        group = find_methods(c, left, c.program.interner.intern(name))
        if group is not None:
            operands = [c.lhs[link], c.rhs[link]]
            found = call_group(c, link, group, operands, NONE, checked=left)
            if kind in COMPARISONS:
                return BOOL if found in (BOOL, ERROR) else found
            return found
    return NONE
