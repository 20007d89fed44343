"""Assignments: the place is evaluated once, before the value."""

from __future__ import annotations

from xdsl.ir import Operation, SSAValue

from qz.irgen.bindings import bind
from qz.irgen.builder import Builder
from qz.irgen.calls.calls import call_with_values, planned_call
from qz.irgen.data.options import coalesced
from qz.irgen.expressions import combine, overloaded
from qz.irgen.lent_places import LentPlace, lent_place
from qz.irgen.storage import find_place, replace
from qz.sema.body import CallPlan
from qz.syntax import node_numbers as nk
from qz.syntax.compound import operator_of


def assign(b: Builder, node: int) -> None:
    """`a = b`, which may bind a name, or call a method of the container that an element is assigned to."""
    if b.decls[node] > 0:
        bind(b, b.decls[node] - 1, b.value(b.rhs[node]))
        return
    plan = b.body.calls.get(node)
    if plan is not None:  # `m[k] = v` by a method of m's type
        planned_call(b, node, plan)
        return
    place = find_place(b, b.lhs[node])
    assert place is not None
    replace(b, place, b.types[b.lhs[node]], b.value_as(b.rhs[node], place.content))


def assign_op(b: Builder, node: int) -> None:
    """`a += b`."""
    target = b.lhs[node]
    if target in b.body.calls:
        _update_by_methods(b, node, target)
        return
    place = find_place(b, target)
    assert place is not None
    old = place.read(b)
    read_by = old.owner
    assert isinstance(read_by, Operation)
    replace(b, place, b.types[target], _updated(b, node, old), read_by)


def _updated(b: Builder, node: int, old: SSAValue) -> SSAValue:
    """What `a += b` stores."""
    kind = operator_of(b.body.module.tokens.kind[b.token[node]])
    plan = b.body.calls.get(node)
    if kind == nk.COALESCE:
        return coalesced(b, node, old, b.types[b.lhs[node]])
    if plan is None:
        return combine(b, node, kind, old, b.value(b.rhs[node]), b.types[b.lhs[node]])
    new = overloaded(b, node, kind, plan, old)
    assert new is not None
    return new


def _update_by_methods(b: Builder, node: int, target: int) -> None:
    """`m[k] += v` where m's type has methods for its elements."""
    head = b.lhs[target]
    container = lent_place(b, head) if head in b.body.places else b.value(head)
    key = b.value(b.rhs[target])
    found = _call_of_container(b, target, b.body.calls[target], container, [key])
    assert found is not None
    old = b.coerce(found, b.ir_types.of(b.types[target]))
    new = _updated(b, node, old)
    _call_of_container(b, node, b.body.calls[-node], container, [key, new])


def _call_of_container(
    b: Builder, node: int, plan: CallPlan, container: SSAValue | LentPlace, values: list[SSAValue]
) -> SSAValue | None:
    """A call of a method that may change the container in its place."""
    if not isinstance(container, LentPlace):
        return call_with_values(b, node, plan, [container, *values])
    callee = b.ir_types.callee(plan.function)
    n_lent = len(b.lent)
    is_changed = callee.inputs[0] is not callee.values[0]
    itself = container.cell(b) if is_changed else container.place.read(b)
    found = call_with_values(b, node, plan, [itself, *values])
    b.put_back(n_lent)
    return found
