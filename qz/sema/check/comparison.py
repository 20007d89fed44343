"""Which types can be compared, and how far."""

from functools import partial

from qz.sema.check.checker import Checker
from qz.sema.check.derived import prelude_trait
from qz.sema.check.traits import implements
from qz.sema.types import BOOL, NEVER, NUMBERS, POINTER, STRING, SYMBOL, TypeId, TypeKind


def has_equality(c: Checker, type_id: TypeId) -> bool:
    """Whether `==` and `!=` are defined for two values of a type."""
    type_id = c.resolved(type_id)
    if type_id in NUMBERS or type_id in (BOOL, STRING, SYMBOL, POINTER, NEVER):
        return True
    trait = prelude_trait(c, "Eq")
    return trait is not None and implements(c, type_id, trait.type)


def has_order(c: Checker, type_id: TypeId) -> bool:
    """Whether `<` and its like are defined for two values of a type."""
    type_id = c.program.queries.stripped(c.resolved(type_id))
    if type_id in NUMBERS or type_id in (BOOL, STRING, SYMBOL, POINTER, NEVER):
        return True
    trait = prelude_trait(c, "Ord")
    if trait is None:
        return c.infer.kind(type_id) is TypeKind.TUPLE and all(
            map(partial(has_order, c), c.infer.args(type_id))
        )
    return implements(c, type_id, trait.type)
