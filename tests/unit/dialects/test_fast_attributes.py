"""Attributes made without xDSL's checks are the ones its constructors make."""

import math

import pytest
from xdsl.dialects.builtin import (
    ArrayAttr,
    FloatAttr,
    FunctionType,
    IntAttr,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    f32,
    f64,
    i64,
)
from xdsl.ir import Attribute

from dialects.byte_string import ByteStringAttr
from dialects.fast_attributes import (
    bytes_attr,
    float_attr,
    int_data,
    integer_attr,
    new_array,
    new_function_type,
    new_string,
    new_symbol_ref,
)
from dialects.qz.types import boolean, ui8

PAIRS: list[tuple[Attribute, Attribute]] = [
    *[(integer_attr(number, i64), IntegerAttr(number, i64)) for number in (0, 1, -1, 2**63 - 1, -(2**63))],
    (integer_attr(255, ui8), IntegerAttr(255, ui8)),
    (integer_attr(-1, boolean), IntegerAttr(1, boolean)),
    *[(float_attr(x, f64), FloatAttr(x, f64)) for x in (0.0, -0.0, 1.5, math.inf)],
    (float_attr(1.5, f32), FloatAttr(1.5, f32)),
    (bytes_attr(b"a\0b"), ByteStringAttr(b"a\0b")),
    (int_data(7), IntAttr(7)),
    (new_string('a"b'), StringAttr('a"b')),
    (new_array([i64, f64]), ArrayAttr([i64, f64])),
    (new_array(()), ArrayAttr(())),
    (new_symbol_ref("main$f"), SymbolRefAttr("main$f")),
    (new_function_type([i64], []), FunctionType.from_lists([i64], [])),
    (new_function_type((), (f64,)), FunctionType.from_lists([], [f64])),
]


@pytest.mark.parametrize(("made", "expected"), PAIRS, ids=[str(expected) for _, expected in PAIRS])
def test_attribute_is_what_the_constructor_makes(made: Attribute, expected: Attribute) -> None:
    assert made == expected
    assert hash(made) == hash(expected)
    assert str(made) == str(expected)
    assert vars(made).keys() == vars(expected).keys()
