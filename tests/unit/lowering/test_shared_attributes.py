"""Attributes made without xDSL's checks are the ones its constructors make."""

import math

import pytest
from xdsl.dialects.builtin import FloatAttr, IntegerAttr, f32, f64, i64

from lowering.shared_attributes import float_value, word_attr, word_value


@pytest.mark.parametrize("number", [0, 1, -1, 2**63 - 1, -(2**63)])
def test_word(number: int) -> None:
    made, expected = word_attr(number), IntegerAttr(number, i64)
    assert made == expected
    assert hash(made) == hash(expected)
    assert str(made) == str(expected)
    assert vars(made).keys() == vars(expected).keys()


def test_unsigned_word_is_its_signed_twin() -> None:
    assert word_value(2**64 - 1) == {"value": IntegerAttr(-1, i64)}


@pytest.mark.parametrize("number", [0.0, -0.0, 1.5, math.inf])
@pytest.mark.parametrize("type_", [f32, f64])
def test_float(number: float, type_) -> None:
    made, expected = float_value(number, type_)["value"], FloatAttr(number, type_)
    assert made == expected
    assert str(made) == str(expected)
    assert vars(made).keys() == vars(expected).keys()
