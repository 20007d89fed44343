"""Attributes made without xDSL's checks are the ones its constructors make."""

import math

import pytest
from xdsl.dialects.builtin import FloatAttr, IntegerAttr, f32, f64, i64
from xdsl.ir import Attribute

from dialects.byte_string import ByteStringAttr
from dialects.fast_attributes import bytes_attr, float_attr, integer_attr
from dialects.qz.types import boolean, ui8

PAIRS: list[tuple[Attribute, Attribute]] = [
    *[(integer_attr(number, i64), IntegerAttr(number, i64)) for number in (0, 1, -1, 2**63 - 1, -(2**63))],
    (integer_attr(255, ui8), IntegerAttr(255, ui8)),
    (integer_attr(-1, boolean), IntegerAttr(1, boolean)),
    *[(float_attr(x, f64), FloatAttr(x, f64)) for x in (0.0, -0.0, 1.5, math.inf)],
    (float_attr(1.5, f32), FloatAttr(1.5, f32)),
    (bytes_attr(b"a\0b"), ByteStringAttr(b"a\0b")),
]


@pytest.mark.parametrize(("made", "expected"), PAIRS, ids=[str(expected) for _, expected in PAIRS])
def test_attribute_is_what_the_constructor_makes(made: Attribute, expected: Attribute) -> None:
    assert made == expected
    assert hash(made) == hash(expected)
    assert str(made) == str(expected)
    assert vars(made).keys() == vars(expected).keys()
