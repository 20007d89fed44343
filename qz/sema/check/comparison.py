"""Which types can be compared, and how far."""

from qz.sema.check.checker import Checker
from qz.sema.types import BOOL, NEVER, NUMBERS, STRING, TypeId, TypeKind


def has_equality(c: Checker, type_id: TypeId) -> bool:
    """Whether `==` and `!=` are defined for two values of a type."""
    type_id = c.program.queries.stripped(c.resolved(type_id))
    if c.infer.kind(type_id) is TypeKind.TUPLE:
        return all(has_equality(c, part) for part in c.infer.args(type_id))
    return type_id in NUMBERS or type_id in (BOOL, STRING, NEVER)


def has_order(c: Checker, type_id: TypeId) -> bool:
    """Whether `<` and its like are defined for two values of a type."""
    type_id = c.program.queries.stripped(c.resolved(type_id))
    if c.infer.kind(type_id) is TypeKind.TUPLE:
        return all(has_order(c, part) for part in c.infer.args(type_id))
    return type_id in NUMBERS or type_id in (STRING, NEVER)
