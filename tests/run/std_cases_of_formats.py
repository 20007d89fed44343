"""Cases of the library's text formats; see `generate_std_programs.py`."""

from __future__ import annotations

import base64
import csv
import io
import json
import random
import struct
from collections.abc import Callable, Iterator
from typing import Any

Case = tuple[str, str]
Literal = Callable[[str | bytes], str]
FloatText = Callable[[float], str]

VALID_JSON = [
    *("null", "true", "false", "0", "-0", "1", "-1", "9223372036854775807", "-9223372036854775808"),
    *("9223372036854775808", "123456789012345678901234567890", "0.5", "-0.0", "1e3", "1E+2", "2.5e-3"),
    *('""', '"a"', '"naïve 日本 🎉"', r'"\"\\\/\b\f\n\r\t"', r'"\u0041\u00e9\u65e5\ud83c\udf89"'),
    *(r'"\u0000\u001f\u007f"', "[]", "[ ]", "[1]", "[1,2,3]", "[[],[[]]]", '[null,true,"x",{}]'),
    *(" \t\r\n[ 1 , 2 ] \n", "{}", "{ }", '{"a":1}', '{"a":{"b":[1,{"c":null}]},"d":-1.5}', '{"":0}'),
    *('{"a":1,"b":2,"a":3}', r'{"\u0061":1}', "[" * 200 + "]" * 200),
]

INVALID_JSON = [
    *("", " ", "nul", "nulll", "True", "tru", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "0x1", "1 2"),
    *("NaN", "Infinity", "-Infinity", '"', '"a', "'a'", r'"\x41"', r'"\u12"', r'"\u12g4"', r'"\ud83c"'),
    *(r'"\udf89"', r'"\ud83c\u0041"', r'"\ud83cx"', '"\n"', '"\t"', '"\x01"', "[", "]", "[1", "[1,", "[1,]"),
    *("[,1]", "[1 2]", "[1}", "{", "}", "{1:2}", '{"a"}', '{"a":}', '{"a":1,}', '{,"a":1}', '{"a" 1}'),
    *('{"a":1 "b":2}', "{a:1}", '{"a":1]', "[1]x", "[]]", "// c\n1", "[" * 513 + "]" * 513, "[" * 100_000),
]


def random_value(random_: random.Random, depth: int) -> Any:
    """Some value that JSON has."""
    kind = random_.randrange(8 if depth else 6)
    if kind < 2:
        return random_.choice([None, True, False])
    if kind == 2:
        return random_.choice([0, -1, 7, 255, 2**31, -(2**63), random_.randrange(-1000, 1000)])
    if kind == 3:
        return random_.choice([0.5, -2.25, 1e300, 5e-324, random_.random()])
    if kind < 6:
        return "".join(random_.choice('ab "\\/\n\t\x01é日🎉#{') for _ in range(random_.randrange(6)))
    n = random_.randrange(4)
    if kind == 6:
        return [random_value(random_, depth - 1) for _ in range(n)]
    return {f"k{i}": random_value(random_, depth - 1) for i in range(n)}


def json_text(value: Any, float_text: FloatText, indent: int | None = None) -> str:
    """What Python makes of a value, floats as Quartz writes them."""
    floats: list[float] = []

    def marked(part: Any) -> Any:
        if isinstance(part, float):
            floats.append(part)
            return f"\x7ffloat{len(floats) - 1}\x7f"
        if isinstance(part, list):
            return [marked(item) for item in part]  # pyright: ignore[reportUnknownVariableType]
        if isinstance(part, dict):
            return {key: marked(item) for key, item in part.items()}  # pyright: ignore[reportUnknownVariableType]
        return part

    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(marked(value), ensure_ascii=False, separators=separators, indent=indent)
    for index, number in enumerate(floats):
        text = text.replace(f'"\x7ffloat{index}\x7f"', float_text(number))
    return text


def _integer(text: str) -> int | float:
    value = int(text)
    return value if -(2**63) <= value < 2**63 else float(value)


def json_cases(literal: Literal, float_text: FloatText) -> Iterator[Case]:
    """What is read and written again, and what is refused."""
    for text in VALID_JSON:
        value = json.loads(text, parse_int=_integer)
        yield f'puts("#{{parse({literal(text)})}}")', f"Ok({json_text(value, float_text)})"
    for text in INVALID_JSON:
        made = literal(text) if len(text) < 1000 else f'"{text[0]}".repeat({len(text)})'
        yield f'puts("#{{parse({made}).err?()}}")', "true"
    random_ = random.Random(20)
    for _ in range(60):
        value = random_value(random_, 4)
        dumped = literal(json.dumps(value, ensure_ascii=random_.random() < 0.5))
        yield f"puts(stringify(parse({dumped})!))", json_text(value, float_text)
        yield f"puts(pretty(parse({dumped})!))", json_text(value, float_text, 2)


# Base64


def base64_cases() -> Iterator[Case]:
    """Bytes and back, by Python's base64."""
    random_ = random.Random(21)
    values = [b"", b"\0", b"\xff\xfe", b"abc", b"Quartz!", bytes(range(256))]
    values += [random_.randbytes(random_.randrange(40)) for _ in range(20)]
    for value in values:
        bytes_ = f"[{', '.join(f'{byte}u8' for byte in value)}]" if value else '"".bytes()'
        plain = base64.b64encode(value).decode()
        url = base64.urlsafe_b64encode(value).decode().rstrip("=")
        yield f"puts(base64::encode({bytes_}))", plain
        yield f"puts(base64::encode_url({bytes_}))", url
        yield f'puts("#{{base64::decode("{plain}")}}")', f"Some({list(value)})"
        yield f'puts("#{{base64::decode_url("{url}")}}")', f"Some({list(value)})"
    wrong_texts = ["A", "AA", "AAA", "AA=", "=", "====", "A===", "AA=A", "AAAA=", "AB==", "AAB=", "A-A="]
    for wrong in (*wrong_texts, "AAA\\n", "AAA:", "AA A"):
        yield f'puts("#{{base64::decode("{wrong}")}}")', "None"
    for wrong in ("A", "AA==", "AB", "AAB", "A+AA", "A/AA"):
        yield f'puts("#{{base64::decode_url("{wrong}")}}")', "None"


# Bytes


def bytes_cases() -> Iterator[Case]:
    """Numbers of several bytes, by Python's struct; text and digits."""
    random_ = random.Random(24)
    numbers = {"u16": "H", "i16": "h", "u32": "I", "i32": "i", "u64": "Q", "i64": "q"}
    for _ in range(6):
        data = random_.randbytes(20)
        made = f"Bytes.from([{', '.join(map(str, data))}])"
        for name, code in numbers.items():
            for order, sign in (("", ">"), ("be", ">"), ("le", "<")):
                at = random_.randrange(13)
                (value,) = struct.unpack_from(sign + code, data, at)
                yield f'puts("#{{{made}.read_{name}{order}(at: {at})}}")', str(value)
                if name.startswith("u"):
                    written = list(struct.pack(sign + code, value))
                    suffix = "u64" if name == "u64" else ""
                    call = f"Bytes.build(b -> b.write_{name}{order}({value}{suffix}))"
                    yield f'puts("#{{{call}}}")', str(written)
        yield f"puts({made}.hex())", data.hex()
        yield f'puts("#{{Bytes.from_hex("{data.hex().upper()}")}}")', f"Some({list(data)})"
        yield (
            f'puts("#{{{made}.read_u8(at: 3)}} #{{{made}.read_i8(at: 4)}}")',
            f"{data[3]} {(data[4] ^ 128) - 128}",
        )
    broken = ["ff", "c080", "c3", "e0a0", "e08080", "eda080", "f0808080", "f4908080", "80", "61c3", "f09f8e"]
    fine = [
        "",
        "61",
        "c3a9",
        "e697a5",
        "f09f8e89",
        "ed9fbf",
        "ee8080",
        "f48fbfbf",
        "f0908080",
        "e0a080",
        "c280",
    ]
    for digits in [*broken, *fine]:
        try:
            shown = f'Some("{bytes.fromhex(digits).decode()}")'
        except UnicodeDecodeError:
            shown = "None"
        assert (shown == "None") == (digits in broken)
        yield f'puts("#{{Bytes.from_hex("{digits}")!.text()}}")', shown
    for digits in ("0", "0g", "zz", "0x", "1 2"):
        yield f'puts("#{{Bytes.from_hex("{digits}")}}")', "None"


# CSV


def csv_cases(literal: Literal) -> Iterator[Case]:
    """Rows that Python's csv reads and writes the same way."""
    random_ = random.Random(22)

    def rows_literal(rows: list[list[str]]) -> str:
        shown = (", ".join(map(literal, row)) for row in rows)
        return "[" + ", ".join(f"[{row}]" for row in shown) + "]"

    def field() -> str:
        return "".join(random_.choice('ab1é日 ,;"\n') for _ in range(random_.randrange(5)))

    for _ in range(40):
        rows = [[field() for _ in range(random_.randrange(1, 4))] for _ in range(random_.randrange(1, 4))]
        for separator in ",;":
            out = io.StringIO()
            csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
            text = out.getvalue()
            yield f"print(csv::stringify({rows_literal(rows)}, '{separator}'))", text.removesuffix("\n")
            lines = text if separator == "," else text.replace("\n", "\r\n")
            found = list(csv.reader(io.StringIO(lines, newline=""), delimiter=separator, strict=True))
            call = f"csv::parse({literal(lines)}, '{separator}')!"
            yield f'puts("#{{{call} == {rows_literal(found)}}}")', "true"


# Random numbers

_WORD = 2**64


class Xoshiro:
    """The generator as its authors describe it, seeded by splitmix64."""

    def __init__(self, seed: int) -> None:
        self.words: list[int] = []
        for _ in range(4):
            seed = (seed + 0x9E3779B97F4A7C15) % _WORD
            word = (seed ^ seed >> 30) * 0xBF58476D1CE4E5B9 % _WORD
            word = (word ^ word >> 27) * 0x94D049BB133111EB % _WORD
            self.words.append(word ^ word >> 31)

    def bits(self) -> int:
        """The next 64 bits, without a sign."""
        a, b, c, d = self.words
        found = _rotated(b * 5 % _WORD, 7) * 9 % _WORD
        c ^= a
        d ^= b
        self.words = [a ^ d, b ^ c, c ^ b << 17 & _WORD - 1, _rotated(d, 45)]
        return found

    def number(self, low: int, high: int) -> int:
        """A number in a range, drawn again where the last multiple does not fit."""
        n = high - low + 1
        while True:
            drawn = self.bits()
            if drawn < _WORD - _WORD % n:
                return low + drawn % n


def _rotated(word: int, by: int) -> int:
    return (word << by | word >> 64 - by) % _WORD


def random_cases(int_literal: Callable[[int], str], float_text: FloatText) -> Iterator[Case]:
    """What each method gives one after the other, for some seeds."""
    for seed in (0, 1, 42, -1, 2**63 - 1, -(2**63)):
        model = Xoshiro(seed % _WORD)
        bits = [model.bits() for _ in range(3)]
        signed = [word - _WORD if word >= _WORD // 2 else word for word in bits]
        texts = [*map(str, signed), *(str(model.number(1, 6)) for _ in range(3))]
        texts += [str(model.number(-(2**62), 2**62)), float_text((model.bits() >> 11) / 2**53)]
        texts.append(str(model.bits() >= _WORD // 2).lower())
        items = list(range(5))
        for last in range(4, 0, -1):
            other = model.number(0, last)
            items[last], items[other] = items[other], items[last]
        texts += [str(items), f"Some({items[model.number(0, 4)]})"]
        calls = (
            ["bits()"] * 3
            + ["int(1, 6)"] * 3
            + ["int(-4611686018427387904, 4611686018427387904)", "float()", "bool()"]
        )
        shown = " ".join(f"#{{r.{call}}}" for call in calls)
        code = f'r = Random.new({int_literal(seed)}); v = [0, 1, 2, 3, 4]; print("{shown}"); r.shuffle(v)'
        yield f'if true; {code}; puts(" #{{v}} #{{r.pick(v)}}"); end', " ".join(texts)


# Bits


def bits_cases(int_literal: Callable[[int], str]) -> Iterator[Case]:
    """Single bits, as Python's unlimited integers have them."""
    random_ = random.Random(23)

    def signed(word: int) -> int:
        word %= _WORD
        return word - _WORD if word >= _WORD // 2 else word

    for value in (0, 1, -1, 5, 0xABCD, 2**62, -(2**63), *(signed(random_.getrandbits(64)) for _ in range(6))):
        word, text = value % _WORD, f"({int_literal(value)})"
        for n in (0, 1, 7, 33, 63):
            parts = [
                (f"bits::rotate_left({text}, {n})", signed(word << n | word >> 64 - n)),
                (f"bits::rotate_right({text}, {n})", signed(word >> n | word << 64 - n)),
                (f"bits::shr_unsigned({text}, {n})", signed(word >> n)),
                (f"bits::set({text}, {n})", signed(word | 1 << n)),
                (f"bits::clear({text}, {n})", signed(word & ~(1 << n))),
                (f"bits::flip({text}, {n})", signed(word ^ 1 << n)),
                (f"bits::extract({text}, {n}, 9)", word >> n & 511),
                (f"bits::insert({text}, {n}, 9, 300)", signed(word & ~(511 << n) | 300 << n)),
            ]
            shown = " ".join(f"#{{{call}}}" for call, _ in parts)
            found = " ".join(str(number) for _, number in parts)
            yield (
                f'puts("{shown} #{{bits::test({text}, {n})}}")',
                f"{found} {str(bool(word >> n & 1)).lower()}",
            )
        swapped = signed(int.from_bytes(word.to_bytes(8, "little"), "big"))
        backwards = signed(int(f"{word:064b}"[::-1], 2))
        is_power = str(word.bit_count() == 1).lower()
        shown = (
            f"#{{bits::swap_bytes({text})}} #{{bits::reverse_bits({text})}} #{{bits::power_of_two?({text})}}"
        )
        yield f'puts("{shown}")', f"{swapped} {backwards} {is_power}"
