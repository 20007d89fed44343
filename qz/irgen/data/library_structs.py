"""Structs of the library that forms of the language make and take apart: ranges, slices."""

from __future__ import annotations

from qz.irgen.builder import Builder
from qz.sema.types import TypeId, TypeKind


def is_library_type(b: Builder, type_id: TypeId, module: str, name: str) -> bool:
    """Whether a type is that struct of the library, whatever its arguments."""
    types = b.program.types
    if types.kinds[type_id] is not TypeKind.STRUCT:
        return False
    return types.args[type_id][0] == b.program.library.struct(module, name).id
