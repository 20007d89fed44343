"""`m[k] = v` and `m[k] += v` where m's type says what that means, by `op_index_set` and `op_index`."""

from __future__ import annotations

from qz.diagnostics.model import Note
from qz.sema.check.checker import Checker
from qz.sema.check.dynamic import call_of_method, goes_through_table
from qz.sema.check.group_calls import plan_call
from qz.sema.check.receivers import find_methods
from qz.sema.decls import FunctionGroup
from qz.sema.types import NONE, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

K = NodeKind


def _setter(c: Checker, container: TypeId) -> FunctionGroup | None:
    """The methods that an assignment to an element calls; None for the language's own containers."""
    if c.infer.kind(container) in (TypeKind.VEC, TypeKind.ARRAY, TypeKind.VARIABLE):
        return None
    return find_methods(c, container, c.program.interner.intern("op_index_set"))


def assigns_element(c: Checker, node: int, container: TypeId) -> bool:
    """Check `m[k] = v`, m being a ``container``, if its type defines it."""
    target = c.lhs[node]
    group = _setter(c, container)
    if group is None:
        return False
    call_of_method(c, node, group, [c.lhs[target], c.rhs[target], c.rhs[node]], NONE, container)
    return True


def refuse_element(c: Checker, target: int, container: TypeId) -> None:
    """Report an assignment to what a type only lets be read."""
    hint = f"`{c.show(container)}` has `op_index`, but no `op_index_set(self, key, value)`"
    what = f"an element of `{c.show(container)}`"
    c.sink.report("QZ0502", c.extent(target), notes=[Note(None, hint)], what=what)


def plan_update(c: Checker, node: int) -> None:
    """For `m[k] += v`, checked already, plan the call that stores the result: under the node's negative."""
    target = c.lhs[node]
    if c.kind[target] == K.INDEX and target in c.body.calls:
        head, key = c.lhs[target], c.rhs[target]
        container = c.resolved(c.types[head])
        group = _setter(c, container)
        if group is None:
            refuse_element(c, target, container)
        else:
            plan_call(c, -node, group, (head, key, c.rhs[node]), (container, c.types[key], c.types[target]))
            goes_through_table(c, -node, node, container)
