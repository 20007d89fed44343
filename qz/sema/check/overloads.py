"""Operators of types that define them: `a + b` is `a.op_add(b)` where a's type has such a method."""

from __future__ import annotations

from qz.sema.check.calls import call_group
from qz.sema.check.checker import Checker
from qz.sema.check.receivers import find_methods
from qz.sema.types import BOOL, ERROR, NONE, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

K = NodeKind

METHODS: dict[int, tuple[str, ...]] = {
    K.ADD: ("op_add",),
    K.SUB: ("op_sub",),
    K.MUL: ("op_mul",),
    K.DIV: ("op_div",),
    K.REM: ("op_mod",),
    K.SHL: ("op_shl",),
    K.SHR: ("op_shr",),
    K.BIT_AND: ("op_and",),
    K.BIT_OR: ("op_or",),
    K.BIT_XOR: ("op_xor",),
    K.EQ: ("op_eq",),
    K.NE: ("op_ne", "op_eq"),
    K.LT: ("op_lt",),
    K.LE: ("op_le", "op_lt"),
    K.GT: ("op_gt", "op_lt"),
    K.GE: ("op_ge", "op_lt"),
}
"""The methods that an operator may be, nearest first: `a != b` is `not (a == b)` without an `op_ne`."""

COMPARISONS = frozenset({K.EQ, K.NE, K.LT, K.LE, K.GT, K.GE})


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
