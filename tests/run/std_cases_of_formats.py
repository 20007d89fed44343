"""Cases of the library's text formats; see `generate_std_programs.py`."""

from __future__ import annotations

import json
import random
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
