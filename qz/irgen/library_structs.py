"""Structs of the library that forms of the language make and take apart: ranges, slices."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import Attribute, SSAValue

from dialects.qz.properties import int_attr, string_attr
from dialects.qz.structs import StructGetOp, StructNewOp
from qz.irgen.builder import Builder
from qz.sema.decls import StructDecl
from qz.sema.types import TypeId, TypeKind


def is_library_type(b: Builder, type_id: TypeId, module: str, name: str) -> bool:
    """Whether a type is that struct of the library, whatever its arguments."""
    types = b.program.types
    if types.kinds[type_id] is not TypeKind.STRUCT:
        return False
    return types.args[type_id][0] == b.program.queries.library_struct(module, name).id


def make(b: Builder, type_id: TypeId, fields: Sequence[SSAValue]) -> SSAValue:
    """A struct of its fields in order."""
    return b.make(StructNewOp, fields, b.ir_types.of(type_id))


def read_field(b: Builder, struct: SSAValue, type_id: TypeId, name: str) -> SSAValue:
    """A field of a struct of that type."""
    types = b.program.types
    decl = b.program.decls[types.args[type_id][0]]
    assert isinstance(decl, StructDecl)
    fields = b.program.queries.fields(decl)
    given = dict(zip(decl.type_params, types.args[type_id][1:], strict=True))
    result = b.ir_types.of(types.substitute(fields[name].type, given))
    properties: dict[str, Attribute] = {
        "index": int_attr(list(fields).index(name)),
        "name": string_attr(name),
    }
    return b.make(StructGetOp, (struct,), result, properties)
