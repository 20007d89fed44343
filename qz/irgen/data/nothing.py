"""What a variable holds whose value was given to another owner."""

from __future__ import annotations

from xdsl.ir import SSAValue

from dialects.qz.leaves import has_leaves
from dialects.qz.scalar import ReinterpretOp
from dialects.qz.value_structs import ValueNewOp
from qz.irgen.builder import Builder
from qz.irgen.constants import bytes_literal, constant
from qz.irgen.data.enums import new_variant
from qz.sema.types import BOOL, NUMBERS, TypeId, TypeKind


def nothing(b: Builder, type_id: TypeId) -> SSAValue:
    """A value that nobody looks at, and of which nothing is to be given up: a constant has no count."""
    if type_id in NUMBERS or type_id == BOOL:
        return constant(b, type_id, 0)
    type_ = b.ir_types.of(type_id)
    if not has_leaves(type_):
        return b.make(ReinterpretOp, (bytes_literal(b, b""),), type_)
    if b.program.types.kinds[type_id] in (TypeKind.ENUM, TypeKind.UNION):
        payloads = b.ir_types.enums.payloads(type_id)
        tag = payloads.index([]) if [] in payloads else 0
        return new_variant(b, type_id, tag, [nothing(b, part) for part in payloads[tag]])
    parts = b.ir_types.structs.field_types(type_id).values()
    return b.make(ValueNewOp, [nothing(b, part) for part in parts], type_)
