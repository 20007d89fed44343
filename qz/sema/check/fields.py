"""What the fields of a struct are."""

from qz.sema.check.checker import Checker
from qz.sema.decls import StructDecl
from qz.sema.types import TypeId


def struct_field(c: Checker, struct: TypeId, name: str) -> TypeId | None:
    """The type of a struct's field, or None where it has no such field."""
    decl = c.program.decls[c.infer.args(struct)[0]]
    if not isinstance(decl, StructDecl):
        return None
    fields = c.program.queries.fields(decl)
    if name not in fields:
        return None
    if not decl.type_params:
        return fields[name].type
    return c.infer.instantiate(fields[name].type, struct_arguments(c, decl, struct))


def struct_arguments(c: Checker, decl: StructDecl, struct: TypeId) -> dict[TypeId, TypeId]:
    """What a struct's type parameters stand for in a type."""
    return dict(zip(decl.type_params, c.infer.args(struct)[1:], strict=True))
