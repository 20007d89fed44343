"""Blobs: packed and unpacked, and never unpacked from anything damaged."""

from hypothesis import given
from hypothesis import strategies as st

from qz.driver.caching.blobs import pack, unpack


@given(st.lists(st.binary(max_size=40), max_size=6))
def test_unpack_undoes_pack(blobs):
    assert unpack(pack(blobs)) == blobs


@given(st.lists(st.binary(max_size=40), max_size=4), st.data())
def test_a_truncated_file_is_nothing(blobs, data):
    packed = pack(blobs)
    length = data.draw(st.integers(0, len(packed) - 1))
    assert unpack(packed[:length]) is None


@given(st.binary(max_size=100))
def test_anything_else_is_nothing(noise):
    assert unpack(noise) is None
    assert unpack(pack([b"x"]) + noise + b"!") is None


def test_nothing_is_nothing():
    assert unpack(None) is None
