"""Arrays: literals where one is asked for, and indices that are known to be outside."""

from __future__ import annotations

from qz.sema.check.checker import Checker
from qz.sema.constants.evaluation import evaluate
from qz.sema.types import ERROR, TypeId, TypeKind


def array_literal(c: Checker, node: int, want: TypeId) -> TypeId:
    """`[a, b]` as an array: as many elements as the type says, or the type has as many as there are."""
    element, size = c.infer.args(want)
    items = c.list(c.lhs[node])
    for item in items:
        c.value(item, element)
    if ERROR in (c.resolved(element), c.resolved(size)):
        return ERROR
    written = c.program.types.make(TypeKind.CONSTANT, len(items))
    if not c.infer.unify(size, written):
        c.sink.report("QZ0415", c.extent(node), type=c.show(want), found=len(items))
        return ERROR
    return want


def check_index(c: Checker, node: int, container: TypeId) -> None:
    """Report an index of an array that is outside whatever happens."""
    if c.infer.kind(container) is not TypeKind.ARRAY:
        return
    size = c.resolved(c.infer.args(container)[1])
    index = evaluate(c.program, c.body, c.rhs[node], quiet=True)
    if type(index) is not int or c.infer.kind(size) is not TypeKind.CONSTANT:
        return
    if not 0 <= index < c.infer.args(size)[0]:
        c.sink.report("QZ0416", c.extent(c.rhs[node]), index=index, type=c.show(container))
