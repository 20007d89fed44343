"""Scalars as text, the way interpolation prints them."""

import math
import struct
from fractions import Fraction

from xdsl.ir import Attribute

from dialects import numbers
from dialects.interpreters.values import Value
from dialects.qz.types import f32, string

MAX_WHOLE_DIGITS = 16
MAX_LEADING_ZEROS = 3
F32_DIGITS = 9


def show(value: Value, type_: Attribute) -> bytes:
    """Gives the text of a value of a type."""
    if type_ == string:
        return value
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, float):
        return show_float(value, shortest_f32(value) if type_ == f32 else repr(value)).encode()
    return str(value).encode()


def show_float(value: float, shortest: str) -> str:
    """Lays out the digits of the shortest decimal that reads back as the value."""
    if math.isnan(value):
        return "nan"
    sign = "-" if math.copysign(1.0, value) < 0 else ""
    if math.isinf(value):
        return sign + "inf"
    if value == 0:
        return sign + "0.0"
    digits, point = split_decimal(shortest)
    if point > MAX_WHOLE_DIGITS or point < -MAX_LEADING_ZEROS:
        fraction = "." + digits[1:] if len(digits) > 1 else ""
        return f"{sign}{digits[0]}{fraction}e{point - 1}"
    if point >= len(digits):
        return sign + digits.ljust(point, "0") + ".0"
    if point > 0:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    return f"{sign}0.{'0' * -point}{digits}"


def split_decimal(text: str) -> tuple[str, int]:
    """Gives the significant digits of a decimal, and where its point stands after the first of them."""
    mantissa, _, exponent = text.lstrip("-").partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    return digits.rstrip("0"), point


def shortest_f32(value: float) -> str:
    """Gives the shortest decimal that reads back as an f32, and the nearest of those."""
    if not math.isfinite(value) or value == 0:
        return repr(value)
    for n_digits in range(1, F32_DIGITS):
        digits, exponent = f"{abs(value):.{n_digits - 1}e}".split("e")
        middle = int(digits.replace(".", ""))
        candidates = [f"{middle + nudge}e{int(exponent) - n_digits + 1}" for nudge in (0, -1, 1)]
        reading_back = [text for text in candidates if reads_back_as_f32(text, abs(value))]
        if reading_back:
            return min(reading_back, key=lambda text: abs(Fraction(text) - Fraction(abs(value))))
    return f"{value:.{F32_DIGITS - 1}e}"


def reads_back_as_f32(text: str, value: float) -> bool:
    """Tells whether the f32 nearest to a decimal is the value, without rounding to f64 in between."""
    exact = Fraction(text)
    bits = numbers.bits_of_f32(value)
    below, above = (f32_or_limit(bits - 1), f32_or_limit(bits + 1))
    low = (Fraction(below) + Fraction(value)) / 2
    high = (Fraction(above) + Fraction(value)) / 2
    even = bits % 2 == 0
    return low <= exact <= high if even else low < exact < high


def f32_or_limit(bits: int) -> float:
    """Gives the f32 of a pattern; past the largest, the power of two that would come next."""
    value: float = struct.unpack("<f", struct.pack("<I", bits))[0]
    return 2.0**128 if math.isinf(value) else value
