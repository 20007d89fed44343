"""Operators of types that define them: `a + b` is `a.op_add(b)` where a's type has such a method."""

from __future__ import annotations

from qz.sema.check.calls import call_group
from qz.sema.check.checker import Checker
from qz.sema.check.receivers import find_methods
from qz.sema.types import BOOL, ERROR, NONE, VOID, TypeId, TypeKind
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
            operands = [_receiver(c, link), c.rhs[link]]
            found = call_group(c, link, group, operands, NONE, checked=left)
            if kind in COMPARISONS:
                return BOOL if found in (BOOL, ERROR) else found
            return found
    return NONE


def _receiver(c: Checker, link: int) -> int:
    """What a binary operation is asked of: behind `sb << a`, which gives nothing, that is `sb`."""
    before = c.body.calls.get(c.lhs[link])
    appends = c.kind[link] == c.kind[c.lhs[link]] == nk.SHL and c.types[c.lhs[link]] == VOID
    return before.args[0] if before is not None and appends else c.lhs[link]


def is_named_place(c: Checker, node: int) -> bool:
    """Whether a node is a name, or fields of one: what it stands for can be asked for again."""
    while c.kind[node] == nk.FIELD and node not in c.body.calls:
        node = c.lhs[node]
    return c.kind[node] in (nk.IDENT, nk.SELF)
