"""Arithmetic, bits, comparison and conversion; the expected values are worked out by hand or are IEEE's."""

import math

import pytest

from tests.unit.interpreter.running import evaluate, panic_of

I64_MAX, I64_MIN = 2**63 - 1, -(2**63)
U64_MAX = 2**64 - 1
NAN = math.nan


@pytest.mark.parametrize(
    ("op", "type_", "lhs", "rhs", "expected"),
    [
        ("add", "si64", 2, 3, 5),
        ("add", "si8", 127, 1, -128),
        ("add", "ui8", 255, 1, 0),
        ("add", "si64", I64_MAX, 1, I64_MIN),
        ("sub", "ui64", 0, 1, U64_MAX),
        ("sub", "si16", -32768, 1, 32767),
        ("mul", "si64", 2**62, 4, 0),
        ("mul", "ui32", 2**31, 2, 0),
        ("mul", "si32", -3, 7, -21),
        ("div", "si64", 7, 2, 3),
        ("div", "si64", -7, 2, -3),
        ("div", "si64", 7, -2, -3),
        ("div", "si8", -128, -1, -128),
        ("div", "ui8", 200, 3, 66),
        ("rem", "si64", 7, 2, 1),
        ("rem", "si64", -7, 2, -1),
        ("rem", "si64", 7, -2, 1),
        ("rem", "si64", I64_MIN, -1, 0),
        ("rem", "ui64", U64_MAX, 10, 5),
    ],
)
def test_wrapping_arithmetic(op: str, type_: str, lhs: int, rhs: int, expected: int) -> None:
    body = f'%r = qz.{op} %0, %1 overflow "wrap" : {type_}\nqz.return %r : {type_}'
    assert evaluate(body, lhs, rhs, types=f"{type_} {type_}", result=type_) == expected


@pytest.mark.parametrize(
    ("op", "type_", "lhs", "rhs", "message"),
    [
        ("add", "si64", I64_MAX, 1, "panic: addition overflows"),
        ("add", "ui8", 255, 1, "panic: addition overflows"),
        ("sub", "ui64", 0, 1, "panic: subtraction overflows"),
        ("sub", "si8", -128, 1, "panic: subtraction overflows"),
        ("mul", "si32", 65536, 32768, "panic: multiplication overflows"),
        ("div", "si64", I64_MIN, -1, "panic: division overflows"),
        ("div", "si64", 1, 0, "panic: division by zero"),
        ("rem", "ui16", 1, 0, "panic: division by zero"),
    ],
)
def test_trapping_arithmetic_panics(op: str, type_: str, lhs: int, rhs: int, message: str) -> None:
    body = f'%r = qz.{op} %0, %1 overflow "trap" : {type_}'
    assert panic_of(body, lhs, rhs, types=f"{type_} {type_}") == message


def test_trapping_arithmetic_within_the_type() -> None:
    body = '%r = qz.add %0, %1 overflow "trap" : si8\nqz.return %r : si8'
    assert evaluate(body, 100, 27, types="si8 si8", result="si8") == 127
    body = '%r = qz.rem %0, %1 overflow "trap" : si8\nqz.return %r : si8'
    assert evaluate(body, -128, -1, types="si8 si8", result="si8") == 0


def test_zero_divisor_panics_even_where_overflow_wraps() -> None:
    body = '%r = qz.div %0, %1 overflow "wrap" : si64'
    assert panic_of(body, 5, 0, types="si64 si64") == "panic: division by zero"


@pytest.mark.parametrize(
    ("op", "type_", "lhs", "rhs", "expected"),
    [
        ("add", "f64", 0.1, 0.2, 0.30000000000000004),
        ("add", "f32", 16777216.0, 1.0, 16777216.0),
        ("mul", "f64", 1e308, 10.0, math.inf),
        ("mul", "f32", 2.0**127, 2.0, math.inf),
        ("div", "f64", 1.0, 0.0, math.inf),
        ("div", "f64", 1.0, -0.0, -math.inf),
        ("div", "f64", -1.0, 0.0, -math.inf),
        ("div", "f64", 0.0, 0.0, NAN),
        ("div", "f32", 1.0, 3.0, 0.3333333432674408),
        ("rem", "f64", 5.5, 2.0, 1.5),
        ("rem", "f64", -5.5, 2.0, -1.5),
        ("rem", "f64", 1.0, 0.0, NAN),
        ("rem", "f64", math.inf, 2.0, NAN),
        ("rem", "f64", 2.0, math.inf, 2.0),
    ],
)
def test_float_arithmetic(op: str, type_: str, lhs: float, rhs: float, expected: float) -> None:
    body = f"%r = qz.{op} %0, %1 : {type_}\nqz.return %r : {type_}"
    found = evaluate(body, lhs, rhs, types=f"{type_} {type_}", result=type_)
    assert found == expected or (math.isnan(found) and math.isnan(expected))


def test_negation() -> None:
    assert (
        panic_of('%r = qz.neg %0 overflow "trap" : si64', I64_MIN, types="si64")
        == "panic: negation overflows"
    )
    assert panic_of('%r = qz.neg %0 overflow "trap" : ui8', 1, types="ui8") == "panic: negation overflows"
    wrap = '%r = qz.neg %0 overflow "wrap" : ui8\nqz.return %r : ui8'
    assert evaluate(wrap, 1, types="ui8", result="ui8") == 255
    minus_zero = evaluate("%r = qz.neg %0 : f64\nqz.return %r : f64", 0.0, types="f64", result="f64")
    assert math.copysign(1, minus_zero) == -1


@pytest.mark.parametrize(
    ("op", "type_", "lhs", "rhs", "expected"),
    [
        ("bit_and", "si64", -1, 12, 12),
        ("bit_or", "ui8", 0xF0, 0x0F, 0xFF),
        ("bit_xor", "si8", -1, 1, -2),
        ("bit_and", "i1", True, False, False),
        ("bit_or", "i1", True, False, True),
        ("bit_xor", "i1", True, True, False),
    ],
)
def test_bitwise(op: str, type_: str, lhs: int, rhs: int, expected: int) -> None:
    body = f"%r = qz.{op} %0, %1 : {type_}\nqz.return %r : {type_}"
    assert evaluate(body, lhs, rhs, types=f"{type_} {type_}", result=type_) == expected


@pytest.mark.parametrize(
    ("op", "type_", "value", "count", "expected"),
    [
        ("shl", "si64", 1, 63, I64_MIN),
        ("shl", "si64", 1, 64, 1),
        ("shl", "ui8", 0x81, 1, 2),
        ("shl", "ui8", 1, 9, 2),
        ("shr", "si64", -8, 1, -4),
        ("shr", "ui64", U64_MAX, 63, 1),
        ("shr", "si8", -128, 7, -1),
        ("shr", "si32", 4, 33, 2),
        ("shl", "si32", 1, -1, -(2**31)),
    ],
)
def test_shifts_mask_their_count(op: str, type_: str, value: int, count: int, expected: int) -> None:
    body = f"%r = qz.{op} %0, %1 : {type_} by si64\nqz.return %r : {type_}"
    assert evaluate(body, value, count, types=f"{type_} si64", result=type_) == expected


def test_bit_not() -> None:
    body = "%r = qz.bit_not %0 : {0}\nqz.return %r : {0}"
    assert evaluate(body.format("ui8"), 0x0F, types="ui8", result="ui8") == 0xF0
    assert evaluate(body.format("si64"), 0, types="si64", result="si64") == -1


@pytest.mark.parametrize(
    ("what", "value", "expected"),
    [
        *(("ones", 0, 0), ("ones", U64_MAX, 64), ("leading_zeros", 1, 63), ("leading_zeros", 0, 64)),
        *(("trailing_zeros", 1 << 63, 63), ("trailing_zeros", 0, 64)),
    ],
)
def test_count_bits(what: str, value: int, expected: int) -> None:
    body = f'%r = qz.count_bits "{what}" %0\nqz.return %r : si64'
    assert evaluate(body, value, types="ui64", result="si64") == expected


@pytest.mark.parametrize(
    ("type_", "lhs", "rhs", "holding"),
    [
        ("si64", -1, 1, {"ne", "lt", "le"}),
        ("ui64", U64_MAX, 1, {"ne", "gt", "ge"}),
        ("f64", 1.0, 1.0, {"eq", "le", "ge"}),
        ("f64", NAN, 1.0, {"ne"}),
        ("f64", NAN, NAN, {"ne"}),
        ("f64", 0.0, -0.0, {"eq", "le", "ge"}),
        ("i1", False, True, {"ne", "lt", "le"}),
        ("!qz.char", 97, 98, {"ne", "lt", "le"}),
    ],
)
def test_comparison(type_: str, lhs: float, rhs: float, holding: set[str]) -> None:
    for predicate in ("eq", "ne", "lt", "le", "gt", "ge"):
        body = f'%r = qz.cmp "{predicate}" %0, %1 : {type_}\nqz.return %r : i1'
        found = evaluate(body, lhs, rhs, types=f"{type_} {type_}", result="i1")
        assert found is (predicate in holding), predicate


@pytest.mark.parametrize(
    ("source", "target", "value", "expected"),
    [
        ("si64", "ui8", 300, 44),
        ("si64", "si8", 200, -56),
        ("ui64", "si64", U64_MAX, -1),
        ("si8", "ui32", -1, 2**32 - 1),
        ("i1", "si64", True, 1),
        ("f64", "si64", 1e300, I64_MAX),
        ("f64", "si64", -1e300, I64_MIN),
        ("f64", "ui8", -5.0, 0),
        ("f64", "ui8", 300.7, 255),
        ("f64", "si32", -2.9, -2),
        ("f64", "si32", NAN, 0),
        ("f64", "si32", math.inf, 2**31 - 1),
        ("f64", "f32", 0.1, 0.10000000149011612),
        ("f64", "f32", 1e39, math.inf),
        ("si64", "f64", 2**53 + 1, 2.0**53),
        ("ui64", "f64", U64_MAX, 2.0**64),
        # Rounded by way of f64 this would become 2^60 + 2^37, one f32 too many.
        ("si64", "f32", 2**60 + 2**36 + 1, 2.0**60 + 2.0**37),
        ("si64", "f32", 2**60 + 2**36, 2.0**60),
        ("si64", "f32", -(2**60 + 2**36 - 1), -(2.0**60)),
        ("si64", "!qz.char", 65, 65),
        ("!qz.char", "si64", 0x10FFFF, 0x10FFFF),
        ("i1", "f64", True, 1.0),
    ],
)
def test_cast(source: str, target: str, value: float, expected: float) -> None:
    body = f"%r = qz.cast %0 : {source} to {target}\nqz.return %r : {target}"
    found = evaluate(body, value, types=source, result=target)
    assert found == expected
    assert type(found) is type(expected)


def test_reinterpret_scalars() -> None:
    body = "%r = qz.reinterpret %0 : {0} to {1}\nqz.return %r : {1}"
    assert evaluate(body.format("f64", "si64"), 1.0, types="f64") == 0x3FF0000000000000
    assert evaluate(body.format("si64", "f64"), -(2**63), types="si64", result="f64") == 0.0
    assert evaluate(body.format("f32", "si64"), 1.0, types="f32") == 0x3F800000
    assert evaluate(body.format("si64", "ui64"), -1, types="si64", result="ui64") == U64_MAX


def test_erased_values_come_back_as_they_were() -> None:
    body = """
  %e = qz.reinterpret %0 : {0} to !qz.val<"T">
  %r = qz.reinterpret %e : !qz.val<"T"> to {0}
  qz.return %r : {0}"""
    for type_, value in (("f64", 0.5), ("si8", -3), ("i1", True), ("!qz.str", b"abc")):
        found = evaluate(body.format(type_), value, types=type_, result=type_)
        assert found == value
        assert type(found) is type(value)


def test_not_and_constants() -> None:
    body = "%t = qz.const true -> i1\n%r = qz.not %t\nqz.return %r : i1"
    assert evaluate(body, result="i1") is False
    assert (
        evaluate("%r = qz.const 18446744073709551615 : ui64 -> ui64\nqz.return %r : ui64", result="ui64")
        == U64_MAX
    )
