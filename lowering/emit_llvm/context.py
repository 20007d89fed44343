"""What printing an instruction needs: the texts of types, and a place for declarations.

The name of a value is written onto the value itself: a dictionary keyed by identity costs twice as much.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from xdsl.dialects import llvm
from xdsl.dialects.builtin import (
    ArrayAttr,
    Float32Type,
    Float64Type,
    f32,
    f64,
    i1,
    i8,
    i16,
    i32,
    i64,
)
from xdsl.ir import Attribute, SSAValue
from xdsl.utils.hints import isa

from dialects.llvm_extra.alias_classes import TbaaTagAttr
from lowering.emit_llvm.attribute_groups import ALIAS_MARKS
from lowering.shared_attributes import Properties, as_integer_type
from lowering.to_llvm.properties import ALIAS_TAGS
from lowering.to_llvm.translation import PTR


def by_value_text(type_text: str) -> str:
    """A parameter of which C has a copy on the stack."""
    return f"ptr byval({type_text}) align 8"


class Printed(SSAValue):
    """A value that has a name: a number, or the text of a constant."""

    text: str


Written: TypeAlias = Any
"""A value that is known to be `Printed`; asking `typing.cast` each time would cost more than the rest."""


_TYPES: dict[int, str] = {
    id(i64): "i64",
    id(i1): "i1",
    id(i8): "i8",
    id(i16): "i16",
    id(i32): "i32",
    id(f64): "double",
    id(f32): "float",
    id(PTR): "ptr",
}
"""The shared type objects; others are rendered when they are met."""

_TAGS: dict[int, str] = {id(attributes["tbaa"]): ALIAS_MARKS[name] for name, attributes in ALIAS_TAGS.items()}


class TextContext:
    """Shared by everything that is printed for one function."""

    __slots__ = ("_kept", "declarations", "strings", "types")

    def __init__(self) -> None:
        self.types = _TYPES.copy()
        self._kept: list[Attribute] = []
        self.declarations: dict[str, str] = {}
        self.strings: dict[str, bytes] = {}

    def type_text(self, type_: Attribute) -> str:
        """The text of a type."""
        text = self.types.get(id(type_))
        if text is None:
            text = self.types[id(type_)] = self._render(type_)
            self._kept.append(type_)
        return text

    def _render(self, type_: Attribute) -> str:
        integer = as_integer_type(type_)
        if integer is not None:
            return f"i{integer.width.data}"
        match type_:
            case Float64Type():
                return "double"
            case Float32Type():
                return "float"
            case llvm.LLVMPointerType():
                return "ptr"
            case llvm.LLVMVoidType():
                return "void"
            case llvm.LLVMArrayType():
                return f"[{type_.size.data} x {self.type_text(type_.type)}]"
            case llvm.LLVMStructType():
                return "{ " + ", ".join([self.type_text(part) for part in type_.types]) + " }"
            case _:
                raise TypeError(f"no LLVM text for the type {type_}")

    def argument(self, value: Printed) -> str:
        """An argument of a call, or a parameter, with its type in front; bytes are what is at an address."""
        type_ = value._type
        if type(type_) is llvm.LLVMArrayType:
            return f"{by_value_text(self.type_text(type_))} {value.text}"
        return self.typed(value)

    def typed(self, value: Printed) -> str:
        """A value with its type in front."""
        return f"{self.types.get(id(value._type)) or self.type_text(value._type)} {value.text}"


def alias_text(attributes: Mapping[str, Attribute]) -> str:
    """The alias class of an access."""
    tags = attributes.get("tbaa")
    if tags is None:
        return ""
    known = _TAGS.get(id(tags))
    if known is not None:
        return known
    assert isa(tags, ArrayAttr[TbaaTagAttr])
    (tag,) = tags.data
    return ALIAS_MARKS[tag.id.data]


Format: TypeAlias = Callable[[TextContext, Sequence[Printed], Properties, Attribute | None], str]
"""Gives the text of an instruction, without its result, from its operands, properties and result type."""
