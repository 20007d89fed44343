"""Type arguments that are written in calls: `f<Int>(x)`, `v.reduce<Int>(…)`, `Some<Int>(3)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qz.sema.check.checker import Checker
from qz.sema.type_syntax.reader import n_type_arguments
from qz.sema.types import TypeId
from qz.syntax import node_numbers as nk


def _written(c: Checker, node: int) -> list[int]:
    """The annotations between `<` and `>`; ``node`` is a call, or anything else that stands for one."""
    callee = c.lhs[node] if c.kind[node] == nk.CALL else 0
    return c.list(c.rhs[callee]) if c.kind[callee] == nk.TYPE_APPLY else []


def has_type_arguments(c: Checker, node: int) -> bool:
    """Whether a call has some."""
    return bool(_written(c, node))


def apply_type_arguments(
    c: Checker, node: int, params: Sequence[TypeId], fresh: Mapping[TypeId, TypeId]
) -> None:
    """Bind the last of the type parameters, in order; ``fresh`` are the variables for them."""
    written = _written(c, node)
    if len(written) > len(params):
        _report(c, node, len(params), len(written))
        return
    for param, given in zip(params[len(params) - len(written) :], written, strict=True):
        c.infer.unify(fresh[param], c.syntax.argument(c.arena, given, param))


def refuse_type_arguments(c: Checker, node: int) -> None:
    """What is called has no type parameters of its own."""
    written = _written(c, node)
    if written:
        _report(c, node, 0, len(written))


def _report(c: Checker, node: int, expected: int, found: int) -> None:
    name = c.text(c.tree.callee(node))
    c.sink.report("QZ0307", c.span(c.lhs[node]), name=name, expected=n_type_arguments(expected), found=found)
