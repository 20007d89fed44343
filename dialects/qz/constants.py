"""Constants between attributes and Python values: int, float, bool, and bytes for strings."""

# pyright: reportPrivateUsage=false

from typing import TypeAlias, cast

from xdsl.dialect_interfaces.constant_materialization import ConstantMaterializationInterface
from xdsl.dialects.builtin import FloatAttr, IntegerAttr, IntegerType, i64
from xdsl.ir import Attribute, Operation, OpResult, SSAValue

from dialects.byte_string import ByteStringAttr
from dialects.fast_attributes import bytes_attr, float_attr, integer_attr
from dialects.qz.properties import FALSE, TRUE
from dialects.qz.scalar import ConstOp
from dialects.qz.strings import StrConstOp
from dialects.qz.types import f32, f64, i1, is_float, is_int, string

Constant: TypeAlias = int | float | bool | bytes

CONSTANT_OPS: frozenset[type[Operation]] = frozenset((ConstOp, StrConstOp))
"""The operations that give a constant."""


def value_of(attribute: Attribute, type_: Attribute) -> Constant:
    """Gives the Python value of a constant of a type."""
    if type(attribute) is IntegerAttr:
        number = attribute.value.data
        return number != 0 if type_ == i1 else number
    if type(attribute) is ByteStringAttr:
        return attribute.data
    if type(attribute) is FloatAttr:
        return attribute.value.data
    raise ValueError(f"{attribute} is no constant of {type_}")


def attribute_of(value: Constant, type_: Attribute) -> Attribute:
    """Gives the attribute that a constant op of this type holds for a value."""
    if isinstance(value, bytes):
        return bytes_attr(value)
    if is_float(type_):
        return float_attr(value, f32 if type_ == f32 else f64)
    if type_ == i1:
        return (TRUE if value else FALSE)["value"]
    return integer_attr(int(value), cast(IntegerType, type_) if is_int(type_) else i64)


def constant_of(value: SSAValue) -> Constant | None:
    """Gives the Python value of the result of a constant op, and None for any other."""
    if type(value) is OpResult and type(value.op) in CONSTANT_OPS:
        return value_of(value.op.properties["value"], value._type)
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
