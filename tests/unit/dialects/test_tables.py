"""Tables as bytes: what goes in comes out, and lies as the elements of a vector lie."""

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.ir import Attribute

from dialects.numbers import INT_RANGES
from dialects.qz.tables import FORMATS, pack_table, table_elements, table_size
from dialects.qz.types import char, f32, f64, i1, si16, ui64
from lowering.abi.value_forms import form_of

INTEGERS = [type_ for type_ in FORMATS if type_ in INT_RANGES]


@pytest.mark.parametrize("type_", FORMATS, ids=str)
def test_elements_are_as_wide_as_those_of_a_vector(type_: Attribute) -> None:
    assert FORMATS[type_].size == form_of(type_).element.width


@given(st.data())
def test_integers_come_back(data: st.DataObject) -> None:
    type_ = data.draw(st.sampled_from(INTEGERS))
    range_ = INT_RANGES[type_]
    elements = data.draw(st.lists(st.integers(range_.low, range_.high)))
    table = pack_table(elements, type_)
    assert table_elements(table, type_) == elements
    assert table_size(table, type_) == len(elements)


@given(st.lists(st.floats()), st.lists(st.floats(width=32)), st.lists(st.booleans()))
def test_floats_and_truth_values_come_back(
    wide: list[float], narrow: list[float], truths: list[bool]
) -> None:
    for elements, type_ in ((wide, f64), (narrow, f32)):
        for found, expected in zip(table_elements(pack_table(elements, type_), type_), elements, strict=True):
            assert found == expected or (math.isnan(found) and math.isnan(expected))
    assert table_elements(pack_table(truths, i1), i1) == truths


def test_bytes_are_in_the_order_of_every_target() -> None:
    assert pack_table([1, -2], si16) == b"\x01\x00\xfe\xff"
    assert pack_table([2**64 - 1], ui64) == b"\xff" * 8
    assert pack_table([0x1F600], char) == b"\x00\xf6\x01\x00"
    assert pack_table([1.5], f64) == struct.pack("<d", 1.5)
