"""Lean construction of attributes that are made by the thousand: no checks, which cost fifteen times as much.

What comes of it equals what the classes' own constructors give.
"""

from typing import cast

from xdsl.dialects.builtin import (
    Float32Type,
    Float64Type,
    FloatAttr,
    FloatData,
    IntAttr,
    IntegerAttr,
    IntegerType,
)

from dialects.byte_string import ByteStringAttr

_new = object.__new__
_set = object.__setattr__


def _int_data(value: int) -> IntAttr:
    attribute = _new(IntAttr)
    _set(attribute, "data", value)
    return attribute


def integer_attr(value: int, type_: IntegerType) -> IntegerAttr[IntegerType]:
    """The attribute of a number of a type that holds it; of a type without a sign, as a signed number."""
    attribute = cast("IntegerAttr[IntegerType]", _new(IntegerAttr))
    _set(attribute, "value", _int_data(value))
    _set(attribute, "type", type_)
    return attribute


def float_attr(value: float, type_: Float32Type | Float64Type) -> FloatAttr[Float32Type | Float64Type]:
    """The attribute of a float."""
    data = _new(FloatData)
    _set(data, "data", value)
    attribute = cast("FloatAttr[Float32Type | Float64Type]", _new(FloatAttr))
    _set(attribute, "value", data)
    _set(attribute, "type", type_)
    return attribute


def bytes_attr(value: bytes) -> ByteStringAttr:
    """The attribute of a string of bytes."""
    attribute = _new(ByteStringAttr)
    _set(attribute, "data", value)
    return attribute
