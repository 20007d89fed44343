"""Shared property dictionaries."""

from xdsl.dialects.builtin import IntegerAttr, i64

from lowering.shared_attributes import word_value


def test_unsigned_word_is_its_signed_twin() -> None:
    assert word_value(2**64 - 1) == {"value": IntegerAttr(-1, i64)}
