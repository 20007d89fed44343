"""Writes `programs/std_*.qz` that consist of cases, and their `.out` files.

Run by hand: `python -m tests.run.generate_std_programs`. Every expected line is computed by Python from its
own functions, never by running Quartz. Programs without a table of cases here are written by hand.
"""

import math
import random
import struct
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.run import std_cases_of_formats as formats
from tests.run.std_cases_of_toml import toml_cases

PROGRAMS = Path(__file__).parent / "programs"
CASES_PER_FUNCTION = 40

Case = tuple[str, str]
"""A Quartz statement that prints one line, and that line."""


def literal(text: str | bytes) -> str:
    """A Quartz string literal."""
    data = text.encode() if isinstance(text, str) else text
    return '"' + "".join(_escaped(byte) for byte in data) + '"'


def _escaped(byte: int) -> str:
    named = {10: "\\n", 9: "\\t", 34: '\\"', 92: "\\\\", 35: "\\#"}
    if byte in named:
        return named[byte]
    return chr(byte) if 32 <= byte < 127 else f"\\x{byte:02x}"


def int_literal(value: int) -> str:
    return "-9223372036854775807 - 1" if value == -(2**63) else str(value)


def string_case(expression: str, expected: str) -> Case:
    return f'puts("[" + {expression} + "]")', f"[{expected}]"


def strings_case(expression: str, expected: Iterable[str]) -> Case:
    parts = list(expected)
    return (
        f'puts(str_join({expression}, "|") + " " + str_from_int({expression}.size))',
        f"{'|'.join(parts)} {len(parts)}",
    )


def shown_case(expression: str, expected: int | bool) -> Case:
    shown = str(expected).lower() if isinstance(expected, bool) else str(expected)
    return f'puts("#{{{expression}}}")', shown


def float_text(value: float) -> str:
    """Python's shortest repr in Quartz's spelling: no plus sign and no leading zeros in the exponent."""
    mantissa, e, exponent = repr(value).partition("e")
    return f"{mantissa}e{int(exponent)}" if e else mantissa


def byte_order(left: str, right: str) -> int:
    a, b = left.encode(), right.encode()
    return (a > b) - (a < b)


WORDS = [
    "",
    "a",
    "abc",
    "abcabc",
    "quartz",
    "  padded\t\n",
    "\n",
    "a,b,,c",
    ",",
    "naïve",
    "日本語",
    "🎉x",
    "x\u00e9\u00e9y",
    "Hello",
]


def string_cases() -> Iterable[Case]:
    for word in WORDS:
        text = literal(word)
        yield shown_case(f"{text}.size()", len(word))
        yield shown_case(f"{text}.byte_size()", len(word.encode()))
        yield shown_case(f"{text}.empty?()", not word)
        yield string_case(f"{text}.reverse()", word[::-1])
        yield string_case(f"{text}.trim()", word.strip())
        yield string_case(f"{text}.trim_start()", word.lstrip())
        yield string_case(f"{text}.trim_end()", word.rstrip())
        ascii_upper = "".join(c.upper() if c.isascii() else c for c in word)
        ascii_lower = "".join(c.lower() if c.isascii() else c for c in word)
        yield string_case(f"{text}.to_upper()", ascii_upper)
        yield string_case(f"{text}.to_lower()", ascii_lower)
        yield string_case(f"{text}.repeat(3)", word * 3)
        yield string_case(f"{text}.repeat(0)", "")
        yield string_case(f'{text}.pad_start(6, "*")', word.rjust(6, "*"))
        yield string_case(f"{text}.pad_end(6)", word.ljust(6))
        yield shown_case(f"{text}.bytes().size", len(word.encode()))
        yield string_case(f"String.from_bytes({text}.bytes())", word)
        yield strings_case(f'{text}.split("")', list(word))
        yield strings_case(
            f"{text}.lines()", word.split("\n")[:-1] if word.endswith("\n") else [word] if word else []
        )
        for index, char in enumerate(word):
            yield shown_case(f"{text}[{index}] as Int", ord(char))
        for index, found in [(-1, "None"), (len(word), "None"), *((0, f"Some({ord(c)})") for c in word[:1])]:
            yield f'puts("#{{{text}.char_at({index})}}")', found


def pair_cases() -> Iterable[Case]:
    words = ["", "a", "abcabc", "a,b,,c", "xééy", "日本語"]
    parts = ["", "a", "bc", ",", "abcabc", "é", "語", "z"]
    for word in words:
        for part in parts:
            text, other = literal(word), literal(part)
            data, piece = word.encode(), part.encode()
            yield shown_case(f"str_contains({text}, {other})", part in word)
            yield shown_case(f"str_starts_with({text}, {other})", word.startswith(part))
            yield shown_case(f"str_ends_with({text}, {other})", word.endswith(part))
            yield shown_case(f"{text}.byte_index_of({other})", data.find(piece))
            yield shown_case(f"{text}.byte_index_of({other}, 1)", data.find(piece, 1) if data else -1)
            yield shown_case(f"{text}.byte_last_index_of({other})", data.rfind(piece))
            yield shown_case(f"{text}.compare({other})", byte_order(word, part))
            yield shown_case(f"{text} < {other}", byte_order(word, part) < 0)
            yield shown_case(f"{text} >= {other}", byte_order(word, part) >= 0)
            yield shown_case(f"{text} == {other}", word == part)
            yield shown_case(f"{text} + {other} != {other} + {text}", word + part != part + word)
            if part:
                yield strings_case(f"str_split({text}, {other})", word.split(part))
                yield string_case(f'str_replace({text}, {other}, "<>")', word.replace(part, "<>"))
                yield string_case(f'str_replace({text}, {other}, "")', word.replace(part, ""))
                yield shown_case(f"{text}.occurrences({other})", word.count(part))


def slice_cases() -> Iterable[Case]:
    data = "quartz é"
    size = len(data.encode())
    for start in range(size + 1):
        for stop in (start, start + 1, size):
            if stop <= size:
                part = data.encode()[start:stop]
                slice_text = f"str_byte_slice({literal(data)}, {start}, {stop})"
                yield shown_case(f"{slice_text} == {literal(part)}", True)
                yield shown_case(f"str_byte_len({slice_text})", len(part))
    for index, byte in enumerate(data.encode()):
        yield shown_case(f"str_byte_at({literal(data)}, {index})", byte)


def code_point_cases() -> Iterable[Case]:
    for code in [
        0,
        1,
        65,
        127,
        128,
        0x7FF,
        0x800,
        0xD7FF,
        0xE000,
        0xFFFD,
        0xFFFF,
        0x10000,
        0x1F600,
        0x10FFFF,
    ]:
        encoded = chr(code).encode()
        yield shown_case(f"str_from_char({code}) == {literal(encoded)}", True)
        yield shown_case(f"str_from_char({code})[0] as Int", code)
    for code in [-1, 0xD800, 0xDFFF, 0x110000]:
        yield shown_case(f"str_from_char({code})[0] as Int", 0xFFFD)
    # Malformed: a lone continuation, an overlong form, a surrogate, something cut off.
    for data, chars in [
        (b"\x80a", "a"),
        (b"\xc0\x80", "\ufffd"),
        (b"\xed\xa0\x80b", "\ufffdb"),
        (b"a\xe6\x97", "a\ufffd"),
    ]:
        yield shown_case(f"{literal(data)}.size()", len(chars))
        for index, char in enumerate(chars):
            yield shown_case(f"{literal(data)}[{index}] as Int", ord(char))


INTEGERS = sorted(
    {0, 2**63 - 1, -(2**63)}
    | {
        sign * value
        for e in range(19)
        for value in (10**e, 10**e - 1, 10**e + 1, 3 * 10**e)
        for sign in (1, -1)
    }
    | {sign * (2**e) for e in range(63) for sign in (1, -1)}
)
INTEGERS = [n for n in INTEGERS if -(2**63) <= n < 2**63]


def integer_cases() -> Iterable[Case]:
    for n in INTEGERS:
        yield shown_case(int_literal(n), n)
    for n in INTEGERS[::7]:
        yield string_case(f"str_from_int({int_literal(n)})", str(n))
        yield shown_case(f'"{n}".to_i_or(7)', n)
        yield shown_case(f"({int_literal(n)}) as U64", n % 2**64)
    for bits, names in ((8, "8"), (16, "16"), (32, "32")):
        for n in (0, 1, 2 ** (bits - 1) - 1, 2 ** (bits - 1), 2**bits - 1, -1, 300, 70000):
            signed = (n + 2 ** (bits - 1)) % 2**bits - 2 ** (bits - 1)
            yield shown_case(f"({n}) as I{names}", signed)
            yield shown_case(f"({n}) as U{names}", n % 2**bits)


INTEGER_TYPES = {
    f"{letter}{bits}": (least << (bits - 1), ((2 + least) << (bits - 1)) - 1)
    for letter, least in (("I", -1), ("U", 0))
    for bits in (8, 16, 32, 64)
}
"""The least and the greatest number of each."""


def typed_literal(value: int, type_name: str) -> str:
    """A value as an operand that a method may be called of."""
    return f"({value}{type_name.lower()})"


def option_text(value: int, low: int, high: int) -> str:
    return f"Some({value})" if low <= value <= high else "None"


def overflow_cases() -> Iterable[Case]:
    """Every integer type at its ends and in between: what arithmetic does beyond them, and bits."""
    chosen, turns = random.Random(5), random.Random(6)
    for name, (low, high) in INTEGER_TYPES.items():
        n_bits = (high - low).bit_length()
        numbers = {low, low + 1, 0, 1, 2, 7, high // 2, high - 1, high, *(() if low == 0 else (-1, -2))}
        pairs = [(a, b) for a in sorted(numbers) for b in sorted(numbers)]
        for a, b in chosen.sample(pairs, 12):
            left, right = typed_literal(a, name), typed_literal(b, name)
            for word, exact in (("add", a + b), ("sub", a - b), ("mul", a * b)):
                wrapped = (exact - low) % (high - low + 1) + low
                near = min(max(exact, low), high)
                calls = [f"{way}_{word}({right})" for way in ("wrapping", "checked", "saturating")]
                shown = " ".join(f"#{{{left}.{call}}}" for call in calls)
                yield f'puts("{shown}")', f"{wrapped} {option_text(exact, low, high)} {near}"
            quotient = low - 1 if b == 0 else abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
            yield f'puts("#{{{left}.checked_div({right})}}")', option_text(quotient, low, high)
        for value in sorted(numbers):
            bits = f"{value % (1 << n_bits):0{n_bits}b}"
            zeros = (len(bits) - len(bits.lstrip("0")), len(bits) - len(bits.rstrip("0")))
            calls = ("count_ones", "leading_zeros", "trailing_zeros")
            shown = " ".join(f"#{{{typed_literal(value, name)}.{call}()}}" for call in calls)
            yield f'puts("{shown}")', f"{bits.count('1')} {zeros[0]} {zeros[1]}"
            n = turns.choice([0, 1, 3, n_bits - 1, n_bits, n_bits + 2, -1])
            turned = int(bits[n % n_bits :] + bits[: n % n_bits], 2)
            signed = (turned - low) % (1 << n_bits) + low
            literal_ = typed_literal(value, name)
            calls = [f"#{{{literal_}.rotate_left({n})}}", f"#{{{literal_}.rotate_right({-n})}}"]
            yield f'puts("{" ".join(calls)}")', f"{signed} {signed}"


def parse_cases() -> Iterable[Case]:
    valid = ["0", "-0", "+5", "007", "9223372036854775807", "-9223372036854775808", "-1"]
    invalid = [
        "",
        "-",
        "+",
        "x",
        "1x",
        " 1",
        "1 ",
        "--1",
        "1.0",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999",
    ]
    for text in valid:
        yield shown_case(f"{literal(text)}.int?()", True)
        yield shown_case(f"{literal(text)}.to_i_or(-77)", int(text))
    for text in invalid:
        yield shown_case(f"{literal(text)}.int?()", False)
        yield shown_case(f"{literal(text)}.to_i_or(-77)", -77)
    floats = [
        "0",
        "1.5",
        "-2.25",
        ".5",
        "5.",
        "1e3",
        "1E-3",
        "+1.0e+10",
        "1e400",
        "-1e400",
        "4.9e-324",
        "0.1",
        "123456789012345678901234567890",
    ]
    for text in floats:
        yield shown_case(f"{literal(text)}.float?()", True)
        yield f'puts("#{{{literal(text)}.to_f_or(7.0)}}")', float_text(float(text))
    yield 'puts("#{"inf".to_f_or(7.0)} #{"-inf".to_f_or(7.0)} #{"nan".to_f_or(7.0)}")', "inf -inf nan"
    for text in ["", ".", "e5", "1e", "1e+", "1.2.3", "0x10", "1_0", "infinity", "one", " 1", "1 ", "--1.0"]:
        yield shown_case(f"{literal(text)}.float?()", False)
        yield f'puts("#{{{literal(text)}.to_f_or(7.0)}}")', "7.0"


def float_values() -> Iterable[float]:
    yield from [
        0.1,
        0.2,
        0.1 + 0.2,
        1.0,
        1.5,
        100.0,
        123456.789,
        1e15,
        1e16,
        1e17,
        123456789012345680.0,
        9007199254740993.0,
    ]
    yield from [
        0.001,
        0.0001,
        0.00001,
        0.000123,
        1e-5,
        1.5e-7,
        5e-324,
        2.2250738585072014e-308,
        1.7976931348623157e308,
        1e22,
        1e23,
    ]
    yield from [
        9.5e-3,
        2.0**53,
        2.0**-1074,
        2.0**1023,
        4.35,
        0.3,
        2 / 3,
        1e300,
        1.2345678901234567,
        299792458.0,
        6.02214076e23,
    ]
    yield from (2.0**e for e in range(-1074, 1024, 37))
    yield from (10.0**e for e in range(-320, 309, 11))
    rng = random.Random(20240229)
    for _ in range(220):
        value = struct.unpack("<d", struct.pack("<Q", rng.getrandbits(63)))[0]
        if math.isfinite(value):
            yield value
    for _ in range(100):
        yield rng.randint(-(10**9), 10**9) / 10 ** rng.randint(0, 9)


def float_cases() -> Iterable[Case]:
    for value in float_values():
        yield f'puts("#{{{literal(repr(value))}.to_f_or(7.0)}}")', float_text(value)
        yield f'puts("#{{-{literal(repr(value))}.to_f_or(7.0)}}")', float_text(-value)
    yield (
        'puts("#{0.0} #{-0.0} #{1.0} #{2.5} #{-3.25} #{1e300} #{1.5e-10}")',
        "0.0 -0.0 1.0 2.5 -3.25 1e300 1.5e-10",
    )


def small_float_cases() -> Iterable[Case]:
    """F32: the shortest decimal that rounds to the same 32 bits, found by trying precisions upwards."""
    rng = random.Random(7)
    patterns = [
        0,
        1,
        2,
        0x7FFFFF,
        0x800000,
        0x7F7FFFFF,
        0x3F800000,
        0x3DCCCCCD,
        0x4B800000,
        0x50000000,
        0x00000F00,
    ]
    patterns += [rng.getrandbits(31) for _ in range(120)]
    for bits in patterns:
        value = struct.unpack("<f", struct.pack("<I", bits))[0]
        if not math.isfinite(value):
            continue
        yield f'puts("#{{{literal(repr(value))}.to_f_or(7.0) as F32}}")', shortest_f32(value)


def shortest_f32(value: float) -> str:
    for precision in range(1, 10):
        text = float(f"{value:.{precision - 1}e}")
        try:
            found = struct.pack("<f", text) == struct.pack("<f", value)
        except OverflowError:  # rounded up past the largest
            continue
        if found:
            return float_text(text)
    raise AssertionError(value)


def math_cases() -> Iterable[Case]:
    points = [0.0, 0.5, 1.0, 2.0, 10.25, 1e10, -0.5, -1.0, -2.5, 3.5]
    exact: list[tuple[str, Callable[[float], float]]] = [
        ("floor", math.floor),
        ("ceil", math.ceil),
        ("trunc", math.trunc),
        ("abs", abs),
    ]
    for x in points:
        for name, function in exact:
            yield (
                f'puts("#{{({x!r}).{name}()}}")',
                float_text(math.copysign(float(function(x)), x if name != "abs" else 1.0)),
            )
        away = math.copysign(math.floor(abs(x) + 0.5), x)
        yield f'puts("#{{math::round({x!r})}}")', float_text(away)
        yield shown_case(f"({x!r}) as Int", int(x))
        if x >= 0:
            yield (
                f'puts("#{{math::sqrt({x!r})}} #{{({x!r}).sqrt()}}")',
                f"{float_text(math.sqrt(x))} {float_text(math.sqrt(x))}",
            )
        yield (
            f'puts("#{{({x!r}).min(1.5)}} #{{({x!r}).max(1.5)}}")',
            f"{float_text(min(x, 1.5))} {float_text(max(x, 1.5))}",
        )
    for a, b in [(12, 18), (17, 5), (0, 9), (-12, 18), (100, 75), (0, 0)]:
        yield shown_case(f"math::gcd({a}, {b})", math.gcd(a, b))
        yield shown_case(f"math::lcm({a}, {b})", math.lcm(a, b))
    for n in [0, 1, 2, 3, 4, 99, 100, 10**12 - 1, 10**12, 2**62, 2**63 - 1]:
        yield shown_case(f"math::isqrt({n})", math.isqrt(n))
    for base, exponent in [(2, 10), (3, 0), (-3, 3), (10, 18), (0, 0), (7, 5)]:
        yield shown_case(f"({base}).pow({exponent})", base**exponent)
    for a, b in [(7, 3), (-7, 3), (7, -3), (-7, -3), (6, 3)]:
        yield shown_case(f"({a}).modulo({b})", a % b)
        yield shown_case(f"({a}) / ({b})", int(a / b))
        yield shown_case(f"({a}) % ({b})", int(math.fmod(a, b)))
    for n in (-3, 0, 5, 12):
        yield shown_case(f"({n}).clamp(0, 9)", min(max(n, 0), 9))
        yield shown_case(f"({n}).abs() + abs({n}) + ({n}).sign()", 2 * abs(n) + (n > 0) - (n < 0))
        yield shown_case(f"min({n}, 4) * 100 + max({n}, 4)", min(n, 4) * 100 + max(n, 4))
        yield shown_case(f"({n}).even?() == ({n}).odd?()", False)


def format_cases() -> Iterable[Case]:
    for n in [0, 1, 9, 10, 255, 256, 4096, 1234567, 2**63 - 1, -1, -255, -(2**63)]:
        bits, text = n % 2**64, int_literal(n)
        yield string_case(f"fmt::hex({text})", f"{bits:x}")
        yield string_case(f"fmt::hex({text}, 8)", f"{bits:08x}")
        yield string_case(f"fmt::octal({text})", f"{bits:o}")
        yield string_case(f"fmt::binary({text})", f"{bits:b}")
        yield string_case(f"fmt::padded({text}, 6)", f"{n:06d}")
        yield string_case(f"fmt::grouped({text})", f"{n:,}")
        yield string_case(f'fmt::grouped({text}, "_")', f"{n:_}")
    for x in [0.0, 1.0, 3.14159, 2.675, 0.5, 1.5, 2.5, -1.005, 1e10, 123456.789, 1e-7, 0.125]:
        for n_decimals in (0, 1, 2, 5, 20):
            yield string_case(f"fmt::fixed({x!r}, {n_decimals})", f"{x:.{n_decimals}f}")
    for x, n_decimals in NEAR_LIMITS:
        yield string_case(f"fmt::fixed({x!r}, {n_decimals})", f"{x:.{n_decimals}f}")


NEAR_LIMITS = [
    *((2.5, 0), (3.5, 0), (-0.5, 0), (-0.001, 2), (0.0, 3), (-0.0, 0), (0.5, 0), (0.5000000000000001, 0)),
    *((9007199254740991.0, 1), (9007199254740992.0, 0), (1e22, 2), (123456789.98765433, 18), (0.1, 18)),
    *((0.1, 19), (5e-324, 18), (2.710505431213761e-20, 18), (922337203685477.5, 4), (922337203685478.5, 4)),
    *((0.9995, 3), (99.9999999, 3), (1.005, 2), (4503599627370495.5, 0), (3e-05, 4), (5e-05, 4)),
    *((0.0625, 3), (0.1875, 3)),
]
"""Numbers and decimals around what is scaled exactly in two words, and halves."""


TABLES: dict[str, tuple[tuple[str, ...], Callable[[], Iterable[Case]]]] = {
    "std_strings": ((), string_cases),
    "std_string_pairs": ((), pair_cases),
    "std_string_slices": ((), slice_cases),
    "std_code_points": ((), code_point_cases),
    "std_integers": ((), integer_cases),
    "std_overflow": ((), overflow_cases),
    "std_parse": ((), parse_cases),
    "std_floats": ((), float_cases),
    "std_small_floats": ((), small_float_cases),
    "std_math": (("math",), math_cases),
    "std_fmt": (("fmt",), format_cases),
    "std_json": (("json",), lambda: formats.json_cases(literal, float_text)),
    "std_toml": (("toml",), lambda: toml_cases(literal, float_text)),
    "std_bytes": ((), formats.bytes_cases),
    "std_base64": (("base64",), formats.base64_cases),
    "std_csv": (("csv",), lambda: formats.csv_cases(literal)),
    "std_random": (("random",), lambda: formats.random_cases(int_literal, float_text)),
    "std_bits": (("bits",), lambda: formats.bits_cases(int_literal)),
}


def write_program(name: str, imports: Iterable[str], cases: list[Case]) -> None:
    """Functions of a bounded number of cases each, so that no function is huge."""
    lines = ["# Written by generate_std_programs.py; the expected output is computed by Python."]
    lines += [f"import {module}" for module in imports]
    chunks = [cases[i : i + CASES_PER_FUNCTION] for i in range(0, len(cases), CASES_PER_FUNCTION)]
    for number, chunk in enumerate(chunks):
        lines += ["", f"def cases_{number}(): Void", *(f"  {statement}" for statement, _ in chunk), "end"]
    lines += [
        "",
        "def main(): Int",
        *(f"  cases_{number}()" for number in range(len(chunks))),
        "  return 0",
        "end",
        "",
    ]
    (PROGRAMS / f"{name}.qz").write_text("\n".join(lines))
    (PROGRAMS / f"{name}.out").write_text("".join(f"{expected}\n" for _, expected in cases))


def main() -> None:
    for name, (imports, cases) in TABLES.items():
        write_program(name, imports, list(cases()))


if __name__ == "__main__":
    main()
