"""Constants between attributes and Python values: int, float, bool, and bytes for strings."""

from typing import TypeAlias, cast

from xdsl.dialect_interfaces.constant_materialization import ConstantMaterializationInterface
from xdsl.dialects.builtin import FloatAttr, IntegerAttr, IntegerType, i64
from xdsl.ir import Attribute, Operation, SSAValue

from dialects.byte_string import ByteStringAttr
from dialects.qz.scalar import ConstOp
from dialects.qz.strings import StrConstOp
from dialects.qz.types import f32, i1, is_float, is_int, string

Constant: TypeAlias = int | float | bool | bytes


def value_of(attribute: Attribute, type_: Attribute) -> Constant:
    """Gives the Python value of a constant of a type."""
    match attribute:
        case FloatAttr():
            return attribute.value.data
        case ByteStringAttr():
            return attribute.data
        case IntegerAttr():
            number = attribute.value.data
            return number != 0 if type_ == i1 else number
        case _:
            raise ValueError(f"{attribute} is no constant of {type_}")


def attribute_of(value: Constant, type_: Attribute) -> Attribute:
    """Gives the attribute that a constant op of this type holds for a value."""
    if isinstance(value, bytes):
        return ByteStringAttr(value)
    if is_float(type_):
        return FloatAttr(value, 32 if type_ == f32 else 64)
    stored_as = type_ if is_int(type_) or type_ == i1 else i64
    return IntegerAttr(int(value), cast(IntegerType, stored_as))


def constant_of(value: SSAValue) -> Constant | None:
    """Gives the Python value of the result of a constant op, and None for any other."""
    owner = value.owner
    if isinstance(owner, ConstOp | StrConstOp):
        return value_of(owner.value, value.type)
    return None


class QzConstants(ConstantMaterializationInterface):
    """How xDSL's canonicalizer makes constants of this dialect."""

    def materialize_constant(
        self,
        value: Attribute,
        type: Attribute,  # noqa: A002
    ) -> Operation:
        op = StrConstOp if type == string else ConstOp
        return op.create(result_types=[type], properties={"value": value})
