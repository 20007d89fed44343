"""Comprehensions, `[e for x in xs if p]` and `{k => v for x in xs}`: loops that collect what they come by.

The loops and conditions are statements like any other; the innermost COLLECT adds to the
COMPREHENSION around.
"""

from __future__ import annotations

from qz.sema.check.checker import Checker, Collected
from qz.sema.check.iteration import plan_size
from qz.sema.check.map_literals import open_map, plan_map
from qz.sema.types import ERROR, VOID, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

K = NodeKind


def comprehension(c: Checker, node: int, want: TypeId) -> TypeId:
    """A vector, or a map where pairs are collected. The type asked for says what the elements are to be."""
    loop = c.lhs[node]
    want = c.resolved(want)
    if c.rhs[node]:
        found, key, value = open_map(c, want)
        c.collected[node] = Collected(found, (key, value))
        c.expr(loop, VOID)
        if ERROR in (c.resolved(key), c.resolved(value)):
            return ERROR
        plan_map(c, node, found, (key, value))
        return found
    element = c.infer.args(want)[0] if c.infer.kind(want) is TypeKind.VEC else c.infer.fresh()
    found = c.infer.make(TypeKind.VEC, (element,))
    c.collected[node] = Collected(found, (element,))
    n_errors = c.sink.n_error_reports
    c.expr(loop, VOID)
    if c.sink.n_error_reports > n_errors and c.infer.kind(element) is TypeKind.VARIABLE:
        return ERROR  # nothing was collected of what was wrong
    if c.kind[loop] == K.FOR:
        plan_size(c, c.tree.extra[c.rhs[loop]])
    return ERROR if c.resolved(element) == ERROR else found


def collect(c: Checker, node: int, want: TypeId) -> TypeId:
    """What is collected is of the type that is asked for where the comprehension stands, if there is one."""
    around, element = c.decls[node], c.lhs[node]
    collected = c.collected[around]
    parts = (c.lhs[element], c.rhs[element]) if c.kind[element] == K.MAP_ENTRY else (element,)
    for part, type_id in zip(parts, collected.parts, strict=True):
        _collect_part(c, part, type_id)
    return VOID


def _collect_part(c: Checker, node: int, type_id: TypeId) -> None:
    """The first that is collected says what the type is, unless that is known already."""
    if c.infer.kind(type_id) is TypeKind.VARIABLE:
        c.infer.unify(type_id, c.operand(node))
    else:
        c.value(node, c.resolved(type_id))
