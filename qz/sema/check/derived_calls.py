"""Calls of methods that a type has without writing them: `x.to_s()`, `key.hash()`, `a.op_eq(b)`."""

from __future__ import annotations

from collections.abc import Sequence

from qz.sema.body import CallPlan
from qz.sema.check.checker import Checker
from qz.sema.check.derived import prelude_trait
from qz.sema.check.traits import implements
from qz.sema.types import NONE, STRING, TypeId, TypeKind

DERIVED_METHODS = {
    "to_s": ("show", "Show"),
    "show": ("show", "Show"),
    "hash": ("hash", "Hash"),
    "op_eq": ("op_eq", "Eq"),
    "op_lt": ("op_lt", "Ord"),
    "op_le": ("op_le", "Ord"),
    "op_gt": ("op_gt", "Ord"),
    "op_ge": ("op_ge", "Ord"),
    "clone": ("clone", "Clone"),
}
"""What is derived for a method, and the trait that says whether a type has it."""


def call_derived(c: Checker, node: int, callee: int, receiver: TypeId, args: Sequence[int]) -> TypeId | None:
    """The type of such a call; None where the method is no derived one, or the type does not have it."""
    group = c.program.derivations.json_method(c.text(callee), c.infer.finish(receiver), c.body.module)
    if group is not None and not args and c.program.queries.signature(group.functions[0]).has_self:
        function = group.functions[0]
        c.body.calls[node] = CallPlan(function, (c.lhs[callee],))
        return c.program.queries.signature(function).result
    what, trait_name = DERIVED_METHODS.get(c.text(callee), ("", ""))
    trait = prelude_trait(c, trait_name) if what else None
    if trait is None or not implements(c, receiver, trait.type):
        return None
    if c.infer.kind(receiver) is TypeKind.PARAM:  # nothing is generated: the instances will say
        return STRING if what == "show" else None
    subject = c.infer.finish(receiver)
    if subject == NONE:
        return None
    function = c.program.derivations.derived(what, subject, c.body.module)
    signature = c.program.queries.signature(function)
    if len(args) != len(signature.params) - 1:
        return None
    for arg in args:
        c.value(arg, receiver)
    c.body.calls[node] = CallPlan(function, (c.lhs[callee], *args))
    return signature.result
