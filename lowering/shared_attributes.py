"""Attributes and property dictionaries made once, or made without xDSL's checks where they must be many.

Property dictionaries are read-only: operations share them.
"""

from functools import cache, lru_cache
from typing import cast

from xdsl.dialects.builtin import (
    DenseArrayBase,
    Float32Type,
    Float64Type,
    FunctionType,
    IntegerAttr,
    IntegerType,
    StringAttr,
    SymbolRefAttr,
    i1,
    i8,
    i16,
    i32,
    i64,
)
from xdsl.ir import Attribute, Operation

from dialects.fast_attributes import float_attr, integer_attr, new_string, new_symbol_ref
from dialects.qz.leaves import flattened
from dialects.qzrt.types import pack_type

Properties = dict[str, Attribute]

NO_PROPERTIES: Properties = {}

INT_TYPES: dict[int, IntegerType] = {1: i1, 8: i8, 16: i16, 32: i32, 64: i64}
"""The signless integer type of each width."""

WORD_WIDTHS = frozenset((1, 2, 4, 8))
"""The widths in bytes of what fits a register."""


def word_attr(value: int) -> IntegerAttr[IntegerType]:
    """Makes an i64 attribute."""
    return integer_attr(value, i64)


def word_value(value: int) -> Properties:
    """The properties of an i64 constant; a value of 64 unsigned bits is given as its signed twin."""
    return {"value": word_attr(value if value < 1 << 63 else value - (1 << 64))}


def float_value(value: float, type_: Float32Type | Float64Type) -> Properties:
    """The properties of a float constant."""
    return {"value": float_attr(value, type_)}


def as_integer_type(type_: Attribute) -> IntegerType | None:
    """The type, if it is an integer type."""
    return cast("IntegerType", type_) if isinstance(type_, IntegerType) else None


def number_of(attribute: Attribute | None) -> int | None:
    """The number of an integer attribute."""
    return cast("IntegerAttr", attribute).value.data if isinstance(attribute, IntegerAttr) else None


def part_of(op: Operation) -> int:
    """The leaf that an access begins with; what is one word has only one."""
    return number_of(op.properties.get("part")) or 0


TRUE: Properties = {"value": IntegerAttr(1, i1)}
FALSE: Properties = {"value": IntegerAttr(0, i1)}


@lru_cache(maxsize=4096)
def symbol_ref(name: str) -> SymbolRefAttr:
    """A reference to a symbol of the module."""
    return new_symbol_ref(name)


@lru_cache(maxsize=4096)
def callee_properties(name: str) -> Properties:
    """The properties of a `func.call`."""
    return {"callee": symbol_ref(name)}


@cache
def words_signature(n_parameters: int, n_results: int) -> FunctionType:
    """The type of a Quartz function whose types are erased."""
    return FunctionType.from_lists([i64] * n_parameters, [result_type(n_results)] if n_results else [])


def erased_signature(signature: FunctionType, n_further: int = 0) -> FunctionType:
    """The same for a function of the qz dialect, which may take words beyond those of its type."""
    n_parameters = len(flattened(signature.inputs)) + n_further
    return words_signature(n_parameters, len(flattened(signature.outputs)))


def result_type(n_results: int) -> Attribute:
    """The type of what such a function gives, if it gives words at all."""
    return i64 if n_results == 1 else pack_type(n_results)


@lru_cache(maxsize=4096)
def string_attr(text: str) -> StringAttr:
    """A string attribute."""
    return new_string(text)


@lru_cache(maxsize=256)
def segments(*sizes: int) -> DenseArrayBase:
    """The sizes of the operand groups of an operation."""
    return DenseArrayBase.from_list(i32, sizes)


@lru_cache(maxsize=256)
def segment_properties(*sizes: int) -> Properties:
    """The properties of an operation that has nothing but operand groups."""
    return {"operandSegmentSizes": segments(*sizes)}
