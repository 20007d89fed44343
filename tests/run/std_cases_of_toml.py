"""Cases of the library's TOML; see `generate_std_programs.py`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from typing import Any

Case = tuple[str, str]
Literal = Callable[[str | bytes], str]
FloatText = Callable[[float], str]

VALID = [
    *(
        "",
        "# only a comment",
        "a = 1",
        "a=1\n",
        "  a\t=\t1  # one\n",
        "a = 1\r\nb = 2\r\n",
        '"a b" = 1\n"" = 2',
    ),
    *("'c' = 1", "a.b.c = 1\na.b.d = 2", "a . b = 1", '"a.b".c = 1', "1234 = 1\n-_ = 2", "3.14 = 1"),
    *("i = [0, +1, -1, 1_000, 0xDEAD_beef, 0o755, 0b1010_1010, 9223372036854775807, -9223372036854775808]",),
    *("f = [1.5, -0.01, 5e+22, 1e06, -2E-2, 6.626e-34, 1_000.000_1, inf, +inf, -inf, 0.0, -0.0]",),
    *("b = [true, false]", "e = []\nn = [[1, 2], ['a'], []]", "m = [1, 'a', 2.5, true, {x = 1}]"),
    *(
        "l = [ # c\n 1,\n\n 2, # d\n]",
        "l = [1,2,\n3]",
        "t = {}\nu = { a = 1, b.c = 2, b.d = 3 }",
        "t = {a = {b = {}}}",
    ),
    *('s = "a\\tb\\"c\\\\d\\b\\f\\r\\n"', 's = "\\u00e9\\U0001F389"', "s = 'a\\b\"c'", 's = "naïve 日本 🎉"'),
    *(
        's = """\none\ntwo"""',
        's = """a\\\n   \n  b"""',
        's = """a ""b"" """',
        's = """"a""""',
        's = """a"""""',
    ),
    *("s = '''\na\\b\n'c' '''", "s = ''''a'''''", 's = """"""', "s = ''''''", 's = """a\r\nb"""'),
    *(
        "[a]\nx = 1\n[b]\nx = 2",
        "[a.b.c]\n[a]\nx = 1\n[a.b]\ny = 2",
        "[ a . 'b c' ]\nx = 1",
        "[a]\n[a.b]\n[c]",
    ),
    *("[[a]]\nx = 1\n[[a]]\n[[a]]\nx = 3", "[[a]]\n[a.b]\nx = 1\n[[a.c]]\n[[a.c]]\n[[a]]\n[a.b]\nx = 2"),
    *("[a]\nb.c = 1\n[a.b.d]\nx = 1", "a.b = 1\n[a.c]\nx = 1", "[a.b]\nx=1\n[a]\nc.d=1", "x = 1 # é 🎉"),
    "a = " + "[" * 100 + "]" * 100,
]

DATES = [
    *("1979-05-27T07:32:00Z", "1979-05-27T00:32:00-07:00", "1979-05-27T00:32:00.999999-07:00"),
    *("1979-05-27 07:32:00Z", "1979-05-27T07:32:00", "1979-05-27t07:32:00.5", "1979-05-27", "07:32:00"),
    *("00:32:00.999999", "2000-02-29", "2024-02-29", "2023-12-31T23:59:59+23:59"),
]

INVALID = [
    *("a", "a =", "= 1", "a = 1 b = 2", "a = 1\na = 2", 'a = 1\n"a" = 2', "a = 1\na.b = 2", "a.b = 1\na = 2"),
    *(
        "[a",
        "[a]]",
        "[[a]",
        "[]",
        "[a.]",
        "[.a]",
        "[a]\n[a]",
        "a = 1\n[a]",
        "a.b = 1\n[a]",
        "[a.b]\n[a]\nb.c = 1\n",
    ),
    *(
        "[a]\n[[a]]",
        "[[a]]\n[a]",
        "a = []\n[[a]]",
        "a = {}\n[a.b]",
        "a = {x = 1}\na.y = 2",
        "[a.b]\n[a]\nb = 1",
    ),
    *("a = [1", "a = [1 2]", "a = [,]", "a = [1,,2]", "a = {b = 1,}", "a = {b = 1\n}", "a = {b = 1, b = 2}"),
    *(
        "a = {b}",
        "a = {b.c = 1, b = 2}",
        "a = {b = 1, b.c = 2}",
        "a = 01",
        "a = +01",
        "a = 1_",
        "a = _1",
        "a = 1__2",
    ),
    *(
        "a = 0x",
        "a = 0xG",
        "a = +0x1",
        "a = 0b2",
        "a = 0o8",
        "a = 1.",
        "a = .5",
        "a = 1.e5",
        "a = 1e",
        "a = 1._5",
    ),
    *(
        "a = 1e5_",
        "a = True",
        "a = truex",
        "a = inff",
        "a = nul",
        'a = "',
        'a = "b',
        "a = 'b",
        'a = "b\n"',
        'a = "\\x"',
    ),
    *(
        'a = "\\u12"',
        'a = "\\ud800"',
        'a = "\\U00110000"',
        'a = """b',
        "a = '''b",
        'a = """b""""""',
        'a = "\x01"',
    ),
    *(
        "a = 'b\x7f'",
        "a = 1 # \x01",
        "a = 1979-05-27T",
        "a = 1979-13-01",
        "a = 1979-02-29",
        "a = 1979-05-27T25:00:00",
    ),
    *(
        "a = 07:60:00",
        "a = 07:32",
        "a = 1979-5-27",
        "a = 1979-05-27T07:32:00+25:00",
        "a = 2000-01-01x",
        "a b = 1",
    ),
    *("é = 1", '"""a""" = 1', "a = b", "a = [1]]", "a = 1, b = 2", "[a] x = 1", "[a]\n[a.b]\n[a.b]"),
]


def shown(value: Any, float_text: FloatText) -> str:
    """A value as it stands behind a `=`."""
    match value:
        case bool():
            return str(value).lower()
        case float():
            return "nan" if value != value else float_text(value)
        case int():
            return str(value)
        case str():
            named = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
            return (
                '"' + "".join(named.get(c) or (f"\\u{ord(c):04X}" if ord(c) < 32 else c) for c in value) + '"'
            )
        case list():
            return f"[{', '.join(shown(item, float_text) for item in value)}]"  # pyright: ignore[reportUnknownVariableType]
        case _:
            entries = (
                f"{key_text(key, float_text)} = {shown(item, float_text)}" for key, item in value.items()
            )
            return f"{{{', '.join(entries)}}}"


def key_text(key: str, float_text: FloatText) -> str:
    """A key, in quotes where it has to be."""
    is_bare = key.isascii() and key.replace("-", "a").replace("_", "a").isalnum()
    return key if is_bare else shown(key, float_text)


def toml_cases(literal: Literal, float_text: FloatText) -> Iterator[Case]:
    """What is read, written and read again; what is refused."""
    for text in VALID:
        value = tomllib.loads(text)
        yield f'puts("#{{toml::parse({literal(text)})!}}")', shown(value, float_text)
        written = f"toml::stringify(toml::parse({literal(text)})!)"
        yield f'puts("#{{toml::stringify(toml::parse({written})!) == {written}}}")', "true"
    for text in DATES:
        assert tomllib.loads(f"a = {text}")
        yield f'puts("#{{toml::parse("a = {text} # c")!}}")', f"{{a = {text}}}"
    for text in INVALID:
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            yield f'puts("#{{toml::parse({literal(text)}).err?()}}")', "true"
        else:
            raise AssertionError(text)
