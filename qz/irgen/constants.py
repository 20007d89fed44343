"""Values known at compile time."""

from xdsl.ir import Attribute, SSAValue

from dialects.byte_string import ByteStringAttr
from dialects.qz.properties import FALSE, TRUE, bytes_const, float_const
from dialects.qz.scalar import ConstOp
from dialects.qz.strings import StrConstOp
from dialects.qz.tables import TableVecOp
from dialects.qz.types import i1, string
from dialects.qz.vec import VecLitOp
from qz.irgen.builder import Builder
from qz.irgen.data.enums import new_variant
from qz.irgen.data.fields import new_struct
from qz.sema.constants.values import (
    AGGREGATES,
    ConstAggregate,
    ConstMade,
    ConstStruct,
    ConstTable,
    ConstValue,
    ConstVariant,
    ConstVec,
)
from qz.sema.data.parts import part_types
from qz.sema.types import BOOL, F32, FLOATS, TypeId


def constant(b: Builder, type_id: TypeId, value: ConstValue) -> SSAValue:
    """A value known at compile time; of an aggregate, a new one."""
    return _Making(b).part(type_id, value)


def bytes_literal(b: Builder, text: bytes) -> SSAValue:
    """A string constant."""
    return b.make(StrConstOp, (), string, bytes_const(text))


def table_property(table: ConstTable) -> dict[str, Attribute]:
    """The properties of the operations on tables."""
    return {"table": ByteStringAttr(table.image)}


class _Making:
    """Makes one value. A part that is in it several times is made once."""

    def __init__(self, b: Builder) -> None:
        self.b = b
        self._made: dict[int, SSAValue] = {}

    def part(self, type_id: TypeId, value: ConstValue) -> SSAValue:
        """A part of the value, or all of it."""
        b = self.b
        if isinstance(value, bytes):
            return b.make(StrConstOp, (), string, bytes_const(value))
        if isinstance(value, AGGREGATES):
            found = self._made.get(id(value))
            if found is None:
                found = self._made[id(value)] = self._aggregate(value)
            return found
        type_id = b.program.queries.stripped(type_id)
        ir_type = b.ir_types.of(type_id)
        if type_id == BOOL:
            return b.make(ConstOp, (), i1, TRUE if value else FALSE)
        if type_id in FLOATS:
            return b.make(ConstOp, (), ir_type, float_const(float(value), type_id == F32))
        return b.make(ConstOp, (), ir_type, b.ir_types.number(type_id, int(value)))

    def _aggregate(self, value: ConstAggregate) -> SSAValue:
        b = self.b
        ir_type = b.ir_types.of(value.type)
        match value:
            case ConstTable():
                return b.make(TableVecOp, (), ir_type, table_property(value))
            case ConstVec():
                return b.make(VecLitOp, self._parts(value, value.elements), ir_type)
            case ConstStruct():
                return new_struct(b, value.type, self._parts(value, value.fields))
            case ConstVariant():
                payload = self._parts(value, value.payload, value.tag)
                return new_variant(b, value.type, value.tag, payload)
            case ConstMade():
                raise AssertionError("only its maker makes it")

    def _parts(self, whole: ConstAggregate, values: tuple[ConstValue, ...], tag: int = 0) -> list[SSAValue]:
        types = part_types(self.b.program, whole.type, tag)
        if isinstance(whole, ConstVec):
            types *= len(values)
        return [self.part(of, value) for of, value in zip(types, values, strict=True)]
