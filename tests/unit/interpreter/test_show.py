"""Scalars as text. The oracle for shortness is a search by brute force over decimals."""

import math
import random
import struct
from decimal import Decimal

import pytest

from dialects.interpreters.show import show
from dialects.qz.types import char, f32, f64, i1, si64, string, ui64


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.0, "1.0"),
        (0.1, "0.1"),
        (-0.0, "-0.0"),
        (1e300, "1e300"),
        (1.5e300, "1.5e300"),
        (123456.789, "123456.789"),
        (1e16, "1e16"),
        (1e15, "1000000000000000.0"),
        (9007199254740993.0, "9007199254740992.0"),
        (0.001, "0.001"),
        (0.0001, "0.0001"),
        (0.00001, "1e-5"),
        (5e-324, "5e-324"),
        (math.inf, "inf"),
        (-math.inf, "-inf"),
        (math.nan, "nan"),
    ],
)
def test_f64(value: float, expected: str) -> None:
    assert show(value, f64).decode() == expected


def f32_of(bits: int) -> float:
    return struct.unpack("<f", struct.pack("<I", bits))[0]


def bits_of(value: float) -> int:
    return struct.unpack("<I", struct.pack("<f", value))[0]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (f32_of(0x3DCCCCCD), "0.1"),
        (1.0, "1.0"),
        (16777216.0, "16777216.0"),
        (f32_of(0x7F7FFFFF), "3.4028235e38"),
        (f32_of(1), "1e-45"),
        (2.0**-44, "5.684342e-14"),
        (f32_of(0x00800000), "1.1754944e-38"),
    ],
)
def test_f32(value: float, expected: str) -> None:
    assert show(value, f32).decode() == expected


def test_f32_reads_back_and_no_shorter_decimal_does() -> None:
    chance = random.Random(7)
    for _ in range(300):
        bits = chance.randrange(1, 0x7F800000)
        value = f32_of(bits)
        text = show(value, f32).decode()
        assert bits_of(float(text)) == bits
        digits = len(Decimal(text).normalize().as_tuple().digits)
        if digits > 1:
            shorter = f"{value:.{digits - 2}e}"
            assert bits_of(float(shorter)) != bits


def test_other_scalars() -> None:
    assert show(-5, si64) == b"-5"
    assert show(2**64 - 1, ui64) == b"18446744073709551615"
    assert show(True, i1) == b"true"
    assert show(False, i1) == b"false"
    assert show(97, char) == b"97"
    assert show(b"\xff", string) == b"\xff"
