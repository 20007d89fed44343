"""The names under which a debugger shows the types of the qz dialect.

Type erasure leaves only this name on a slot; the debug metadata is made from it.
"""

from xdsl.dialects.builtin import Signedness, StringAttr, f32, f64
from xdsl.ir import Attribute

from dialects.qz.types import (
    CharType,
    EnumType,
    StrType,
    StructType,
    TupleType,
    ValType,
    VecType,
    boolean,
    si64,
)
from dialects.qz.val_type import struct_name
from lowering.shared_attributes import as_integer_type

_NAMES: dict[Attribute, str] = {
    boolean: "Bool",
    f64: "F64",
    f32: "F32",
    si64: "Int",
    CharType(): "Char",
    StrType(): "String",
}


def debug_type_name(type_: Attribute) -> str:
    """The Quartz name of a type; `Word` for what has lost it."""
    if type_ in _NAMES:
        return _NAMES[type_]
    integer = as_integer_type(type_)
    if integer is not None:
        letter = "I" if integer.signedness.data == Signedness.SIGNED else "U"
        return f"{letter}{integer.width.data}"
    if isinstance(type_, VecType):
        return f"Vec<{debug_type_name(type_.element)}>"
    if isinstance(type_, EnumType):
        return type_.enum_name.data
    if isinstance(type_, TupleType):
        return f"({', '.join(map(debug_type_name, type_.elements.data))})"
    if isinstance(type_, StructType):
        return type_.struct_name.data.partition("$")[2]
    if isinstance(type_, ValType) and not type_.is_erased:
        return struct_name(type_)
    if isinstance(type_, ValType) and isinstance(type_.static_type, StringAttr):
        return type_.static_type.data
    return "Word"
