"""The types of the qz dialect, and shared instances of the ones that take no parameter.

Scalars are builtin types: `si8`…`si64`, `ui8`…`ui64`, `f32`, `f64`, and `i1` for Bool. Addresses are `si64`.
"""

from typing import TypeAlias, TypeGuard

from xdsl.dialects.builtin import (
    ArrayAttr,
    Float32Type,
    Float64Type,
    FunctionType,
    IntegerType,
    Signedness,
    SymbolRefAttr,
    f32,
    f64,
    i1,
)
from xdsl.ir import Attribute, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer

from dialects.qz.enum_type import EnumType
from dialects.qz.struct_type import StructType
from dialects.qz.val_type import ValType, nullable, reference


@irdl_attr_definition
class CharType(ParametrizedAttribute, TypeAttribute):
    """A Unicode code point, held as an integer."""

    name = "qz.char"


@irdl_attr_definition
class StrType(ParametrizedAttribute, TypeAttribute):
    """An immutable string of bytes, UTF-8 by convention."""

    name = "qz.str"


@irdl_attr_definition
class VecType(ParametrizedAttribute, TypeAttribute):
    """A growable vector, shared by reference, whose elements are stored at their own width."""

    name = "qz.vec"

    element: Attribute


@irdl_attr_definition
class TupleType(ParametrizedAttribute, TypeAttribute):
    """Several values as one, told apart by their position; it never changes."""

    name = "qz.tuple"

    elements: ArrayAttr[Attribute]

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> tuple[Attribute, ...]:
        elements = parser.parse_comma_separated_list(parser.Delimiter.ANGLE, parser.parse_type)
        return (ArrayAttr(elements),)

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_list(self.elements.data, printer.print_attribute)


@irdl_attr_definition
class FnType(ParametrizedAttribute, TypeAttribute):
    """A function value: closure or plain function."""

    name = "qz.fn"

    signature: FunctionType

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> tuple[Attribute, ...]:
        with parser.in_angle_brackets():
            signature = parser.parse_type()
        return (signature,)

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_attribute(self.signature)


@irdl_attr_definition
class LocalType(ParametrizedAttribute, TypeAttribute):
    """A mutable cell of the enclosing function, read and written only by the qz.local ops."""

    name = "qz.local"

    content: Attribute


@irdl_attr_definition
class SharedType(ParametrizedAttribute, TypeAttribute):
    """A mutable cell that a function shares with closures, read and written only by the qz.shared ops."""

    name = "qz.shared"

    content: Attribute


@irdl_attr_definition
class DynType(ParametrizedAttribute, TypeAttribute):
    """Some value whose type implements a trait, with its methods of the trait."""

    name = "qz.dyn"

    trait: SymbolRefAttr


@irdl_attr_definition
class EnvType(ParametrizedAttribute, TypeAttribute):
    """The environment of a closure: what its function finds its captured values in."""

    name = "qz.env"


@irdl_attr_definition
class CodeType(ParametrizedAttribute, TypeAttribute):
    """The address of the code of a function value."""

    name = "qz.code"


IntType: TypeAlias = IntegerType

si8 = IntegerType(8, Signedness.SIGNED)
si16 = IntegerType(16, Signedness.SIGNED)
si32 = IntegerType(32, Signedness.SIGNED)
si64 = IntegerType(64, Signedness.SIGNED)
ui8 = IntegerType(8, Signedness.UNSIGNED)
ui16 = IntegerType(16, Signedness.UNSIGNED)
ui32 = IntegerType(32, Signedness.UNSIGNED)
ui64 = IntegerType(64, Signedness.UNSIGNED)
boolean = i1
char = CharType()
string = StrType()
env = EnvType()
code = CodeType()

INT_TYPES_BY_WIDTH: dict[int, tuple[IntegerType, IntegerType]] = {
    8: (si8, ui8),
    16: (si16, ui16),
    32: (si32, ui32),
    64: (si64, ui64),
}
"""The signed and the unsigned integer type of each width in bits."""

INT_TYPES: tuple[IntegerType, ...] = tuple(type_ for pair in INT_TYPES_BY_WIDTH.values() for type_ in pair)
"""The integer types a Quartz value can have."""

_INT_TYPES = frozenset(INT_TYPES)
_SHARED_INT_TYPES = frozenset(map(id, INT_TYPES))
"""Most integer types are the very objects from above: to hash one takes four calls of Python."""
_SIGNED_TYPES: frozenset[Attribute] = frozenset((si8, si16, si32, si64))
_FLOAT_CLASSES = frozenset((Float32Type, Float64Type))


def is_int(attribute: Attribute) -> bool:
    """Tells whether this is one of the eight integer types (Bool and Char are not)."""
    return id(attribute) in _SHARED_INT_TYPES or _is_equal_to_int(attribute)


def _is_equal_to_int(attribute: Attribute) -> bool:
    """Tells the same of what is none of those very objects."""
    return type(attribute) is IntegerType and attribute in _INT_TYPES


def is_int_type(attribute: Attribute) -> TypeGuard[IntegerType[int, Signedness]]:
    """Tells the same to a type checker."""
    return is_int(attribute)


def is_float(attribute: Attribute) -> bool:
    """Tells whether this is f32 or f64."""
    return type(attribute) in _FLOAT_CLASSES


def is_signed(attribute: Attribute) -> bool:
    """Tells whether this is a signed integer type."""
    return attribute in _SIGNED_TYPES


def is_counted(attribute: Attribute) -> bool:
    """Tells whether a value of this type is a block on the heap that counts who refers to it."""
    if type(attribute) is ValType:
        return not attribute.is_erased or attribute in _COUNTED_SHAPES
    if type(attribute) is EnumType:
        return attribute.is_counted
    return type(attribute) in _COUNTED


_COUNTED = frozenset((StrType, VecType, TupleType, FnType, DynType, SharedType))
_COUNTED_SHAPES = frozenset((reference, nullable))
_ADDRESSES = frozenset((StrType, VecType, TupleType, SharedType, DynType))


def may_have_drop(attribute: Attribute) -> bool:
    """Tells whether something may happen when a value of this type is given up, apart from its memory being
    free: of blocks nobody knows, but those of texts and of numbers have nothing to do."""
    if type(attribute) is VecType:
        return may_have_drop(attribute.element)
    if type(attribute) is TupleType:
        return any(map(may_have_drop, attribute.elements))
    return type(attribute) is not StrType and is_counted(attribute)


def is_always_address(attribute: Attribute) -> bool:
    """Tells whether a value of this counted type is the address of a block and nothing else.

    A function has a tag, and of what is erased nothing is known.
    """
    if type(attribute) is ValType:
        return not attribute.is_erased
    if type(attribute) is EnumType:
        return attribute.layout == "boxed" and not attribute.has_immediates
    return type(attribute) in _ADDRESSES


TYPES: tuple[type[Attribute], ...] = (
    CharType,
    StrType,
    VecType,
    ValType,
    TupleType,
    StructType,
    FnType,
    LocalType,
    SharedType,
    EnvType,
    EnumType,
    DynType,
    CodeType,
)

__all__ = [
    "INT_TYPES",
    "INT_TYPES_BY_WIDTH",
    "TYPES",
    "CharType",
    "CodeType",
    "DynType",
    "EnumType",
    "EnvType",
    "Float32Type",
    "Float64Type",
    "FnType",
    "IntType",
    "LocalType",
    "SharedType",
    "StrType",
    "StructType",
    "TupleType",
    "ValType",
    "VecType",
    "boolean",
    "char",
    "code",
    "env",
    "f32",
    "f64",
    "i1",
    "is_always_address",
    "is_counted",
    "is_float",
    "is_int",
    "is_signed",
    "nullable",
    "reference",
    "si8",
    "si16",
    "si32",
    "si64",
    "string",
    "ui8",
    "ui16",
    "ui32",
    "ui64",
]
