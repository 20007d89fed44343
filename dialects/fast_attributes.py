"""Lean construction of attributes that are made by the thousand: no checks, which cost fifteen times as much.

What comes of it equals what the classes' own constructors give.
"""

from collections.abc import Iterable
from typing import TypeVar, cast

from xdsl.dialects.builtin import (
    ArrayAttr,
    Float32Type,
    Float64Type,
    FloatAttr,
    FloatData,
    FunctionType,
    IntAttr,
    IntegerAttr,
    IntegerType,
    StringAttr,
    SymbolRefAttr,
)
from xdsl.ir import Attribute

from dialects.byte_string import ByteStringAttr

_new = object.__new__
_set = object.__setattr__


AttributeT = TypeVar("AttributeT", bound=Attribute)


def int_data(value: int) -> IntAttr:
    """The attribute of a number that has no type."""
    attribute = _new(IntAttr)
    _set(attribute, "data", value)
    return attribute


def integer_attr(value: int, type_: IntegerType) -> IntegerAttr[IntegerType]:
    """The attribute of a number of a type that holds it; of a type without a sign, as a signed number."""
    attribute = cast("IntegerAttr[IntegerType]", _new(IntegerAttr))
    _set(attribute, "value", int_data(value))
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


def new_string(text: str) -> StringAttr:
    """An attribute of a text."""
    attribute = _new(StringAttr)
    _set(attribute, "data", text)
    return attribute


def new_array(items: Iterable[AttributeT]) -> ArrayAttr[AttributeT]:
    """An attribute of several others."""
    attribute = cast("ArrayAttr[AttributeT]", _new(ArrayAttr))
    _set(attribute, "data", tuple(items))
    return attribute


_NOTHING: ArrayAttr[StringAttr] = new_array(())


def new_symbol_ref(name: str) -> SymbolRefAttr:
    """A reference to a symbol of the module."""
    attribute = _new(SymbolRefAttr)
    _set(attribute, "root_reference", new_string(name))
    _set(attribute, "nested_references", _NOTHING)
    return attribute


def new_function_type(inputs: Iterable[Attribute], outputs: Iterable[Attribute]) -> FunctionType:
    """The type of a function."""
    attribute = _new(FunctionType)
    _set(attribute, "inputs", new_array(inputs))
    _set(attribute, "outputs", new_array(outputs))
    return attribute
