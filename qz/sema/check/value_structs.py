"""Which expressions are value structs."""

from qz.sema.check.checker import Checker
from qz.sema.decls import StructDecl
from qz.sema.types import TypeKind


def holds_value(c: Checker, node: int) -> bool:
    """Whether an expression that was checked is a value struct."""
    found = c.resolved(c.types[node])
    if c.infer.kind(found) is not TypeKind.STRUCT:
        return False
    decl = c.program.decls[c.infer.args(found)[0]]
    assert isinstance(decl, StructDecl)
    c.program.queries.fields(decl)
    return decl.is_value or decl.is_moved
