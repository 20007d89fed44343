"""Arithmetic of the language on Python numbers: the one definition behind folders and interpreter.

An integer is a Python int within the range of its type, an f32 a Python float that f32 can represent.
"""

import math
import struct
from collections.abc import Callable
from typing import NamedTuple

from xdsl.ir import Attribute

from dialects.qz.types import INT_TYPES_BY_WIDTH, char, f32, f64, is_signed


class IntRange(NamedTuple):
    """What an integer type can hold."""

    bits: int
    low: int
    high: int

    def holds(self, value: int) -> bool:
        """Tells whether the value fits."""
        return self.low <= value <= self.high

    def wrap(self, value: int) -> int:
        """Keeps the low bits of a value."""
        return ((value - self.low) & ((1 << self.bits) - 1)) + self.low

    def clamp(self, value: int) -> int:
        """Gives the value that fits and is nearest."""
        return min(max(value, self.low), self.high)


def _range_of(type_: Attribute, bits: int) -> IntRange:
    if is_signed(type_):
        return IntRange(bits, -1 << (bits - 1), (1 << (bits - 1)) - 1)
    return IntRange(bits, 0, (1 << bits) - 1)


INT_RANGES: dict[Attribute, IntRange] = {
    **{type_: _range_of(type_, bits) for bits, pair in INT_TYPES_BY_WIDTH.items() for type_ in pair},
    char: _range_of(char, 32),
}
"""The range of every type whose values are integers; a Char counts as an unsigned integer of 32 bits."""


BIT_COUNTS: dict[str, Callable[[int], int]] = {
    "ones": int.bit_count,
    "leading_zeros": lambda bits: 64 - bits.bit_length(),
    "trailing_zeros": lambda bits: (bits & -bits).bit_length() - 1 if bits else 64,
}
"""What can be counted in 64 bits, an unsigned number."""


def truncating_div(lhs: int, rhs: int) -> int:
    """Divides towards zero; the divisor must not be zero."""
    quotient = abs(lhs) // abs(rhs)
    return quotient if (lhs < 0) == (rhs < 0) else -quotient


def truncating_rem(lhs: int, rhs: int) -> int:
    """Gives the remainder with the sign of the dividend; the divisor must not be zero."""
    remainder = abs(lhs) % abs(rhs)
    return -remainder if lhs < 0 else remainder


def float_div(lhs: float, rhs: float) -> float:
    """Divides as IEEE 754 says, zero divisors included."""
    if rhs != 0:
        return lhs / rhs
    if lhs == 0 or math.isnan(lhs):
        return math.nan
    return math.copysign(math.inf, math.copysign(1.0, lhs) * math.copysign(1.0, rhs))


def float_rem(lhs: float, rhs: float) -> float:
    """Gives C's fmod without its errors."""
    if rhs == 0 or math.isinf(lhs) or math.isnan(lhs) or math.isnan(rhs):
        return math.nan
    return math.fmod(lhs, rhs)


INT_OPERATIONS: dict[str, Callable[[int, int], int]] = {
    "add": lambda lhs, rhs: lhs + rhs,
    "sub": lambda lhs, rhs: lhs - rhs,
    "mul": lambda lhs, rhs: lhs * rhs,
    "div": truncating_div,
    "rem": truncating_rem,
}

FLOAT_OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "add": lambda lhs, rhs: lhs + rhs,
    "sub": lambda lhs, rhs: lhs - rhs,
    "mul": lambda lhs, rhs: lhs * rhs,
    "div": float_div,
    "rem": float_rem,
}


def round_f32(value: float) -> float:
    """Rounds to the nearest f32."""
    try:
        return struct.unpack("<f", struct.pack("<f", value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)


def int_to_f32(value: int) -> float:
    """Rounds an integer to the nearest f32, once."""
    excess = abs(value).bit_length() - 40
    if excess <= 0:
        return round_f32(float(value))
    # The bits that f64 could round away are gathered in one sticky bit, so that only f32 rounds.
    kept = (abs(value) >> excess) | (abs(value) & ((1 << excess) - 1) != 0)
    return round_f32(math.ldexp(math.copysign(kept, value), excess))


def float_to_int(value: float, target: IntRange) -> int:
    """Converts towards zero, with the limits for what lies beyond them and 0 for a NaN."""
    if math.isnan(value):
        return 0
    if math.isinf(value):
        return target.high if value > 0 else target.low
    return target.clamp(int(value))


def to_f32(value: int | float) -> float:
    """Converts any number to the nearest f32."""
    return round_f32(value) if isinstance(value, float) else int_to_f32(value)


def converter_to(target: Attribute) -> Callable[[int | float], int | float]:
    """Gives the function that converts any number to a type as `as` does."""
    if target == f32:
        return to_f32
    if target == f64:
        return float
    range_ = INT_RANGES[target]
    low, high = range_.low, range_.high

    def convert(value: int | float) -> int:
        if isinstance(value, float):
            return float_to_int(value, range_)
        return int(value) if low <= value <= high else range_.wrap(value)

    return convert


def bits_of_f64(value: float) -> int:
    """Gives the bit pattern as a signed word."""
    return struct.unpack("<q", struct.pack("<d", value))[0]


def f64_of_bits(word: int) -> float:
    """Gives the number with this bit pattern."""
    return struct.unpack("<d", struct.pack("<q", word))[0]


def bits_of_f32(value: float) -> int:
    """Gives the bit pattern as a word of 32 bits."""
    return struct.unpack("<I", struct.pack("<f", value))[0]


def f32_of_bits(word: int) -> float:
    """Gives the number with this bit pattern."""
    return struct.unpack("<f", struct.pack("<I", word & 0xFFFFFFFF))[0]
