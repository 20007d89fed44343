"""`&e` and `&mut e`: the value itself. What may be done with it is looked at when the body is checked."""

from qz.sema.check.checker import Checker
from qz.sema.types import TypeId


def reference(c: Checker, node: int, want: TypeId) -> TypeId:
    c.body.has_references = True
    return c.operand(c.lhs[node], want)
