"""Values known at compile time."""

from xdsl.ir import SSAValue

from dialects.qz.properties import FALSE, TRUE, bytes_const, float_const
from dialects.qz.scalar import ConstOp
from dialects.qz.strings import StrConstOp
from dialects.qz.types import i1, string
from qz.irgen.builder import Builder
from qz.sema.decls import ConstValue
from qz.sema.types import BOOL, F32, FLOATS, TypeId


def constant(b: Builder, type_id: TypeId, value: ConstValue) -> SSAValue:
    """A value known at compile time."""
    if isinstance(value, bytes):
        return b.make(StrConstOp, (), string, bytes_const(value))
    ir_type = b.ir_types.of(type_id)
    if type_id == BOOL:
        return b.make(ConstOp, (), i1, TRUE if value else FALSE)
    if type_id in FLOATS:
        return b.make(ConstOp, (), ir_type, float_const(float(value), type_id == F32))
    return b.make(ConstOp, (), ir_type, b.ir_types.number(type_id, int(value)))


def bytes_literal(b: Builder, text: bytes) -> SSAValue:
    """A string constant."""
    return b.make(StrConstOp, (), string, bytes_const(text))
