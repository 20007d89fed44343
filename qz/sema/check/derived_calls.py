"""Calls of methods that a type has without writing them: `x.to_s()`, `key.hash()`, `a.op_eq(b)`."""

from __future__ import annotations

from collections.abc import Sequence

from qz.sema.body import CallPlan
from qz.sema.check.checker import Checker
from qz.sema.check.derived import prelude_trait
from qz.sema.check.traits import implements, json_method, type_params_in
from qz.sema.derived.json import JSON, JSON_METHODS, SERIALIZABLE
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
    group = json_method(c, c.text(callee), receiver)
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
    function = c.program.derivations.method(what, subject, c.body.module)
    signature = c.program.queries.signature(function)
    if len(args) != len(signature.params) - 1:
        return None
    for arg in args:
        c.value(arg, receiver)
    c.body.calls[node] = CallPlan(function, (c.lhs[callee], *args))
    return receiver if what == "clone" else signature.result  # which may be what a newtype wraps


def derive_hint(c: Checker, name: str, type_id: TypeId) -> str:
    """How a type of the program's own gets a method that it lacks and that could be written for it."""
    if name not in JSON_METHODS or c.infer.kind(type_id) not in DERIVING:
        return ""
    decl = c.program.decls[c.infer.args(type_id)[0]]
    if JSON in c.program.derived_traits.get(decl.id, ()):
        open_params = type_params_in(c, c.infer.finish(type_id))
        shown = ", ".join(dict.fromkeys(f"{c.show(param)}: {SERIALIZABLE}" for param in open_params))
        return shown and f"write `{shown}` where it is declared"
    if not decl.module.is_own:
        return ""
    return f"write `@derive({JSON})` before `{decl.name}`"


DERIVING = frozenset({TypeKind.STRUCT, TypeKind.ENUM, TypeKind.NEWTYPE})
