"""Values of literals; the oracle is Python, which writes most of them the same way."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qz.syntax.classify import integer_parts
from qz.syntax.escapes import has_bad_escape
from qz.syntax.literals import char_value, float_value, int_value, string_value
from qz.syntax.token_kinds import TokenKind
from tests.unit.syntax.reading import Read


def value(literal: str) -> bytes:
    read = Read(f"const X = {literal}\n")
    assert read.codes == [], read.diagnostics
    token = next(t for t in range(len(read.tokens)) if read.tokens.kind[t] == TokenKind.STRING)
    return string_value(read.tokens, token)


@pytest.mark.parametrize("n", [0, 1, 9_998, 9_999, 10_000, 10_001, 25_000])
@pytest.mark.parametrize("unit", [rb"\n", rb"a\x41", "ö\\u{1F600}".encode()])
def test_an_escape_that_means_nothing_is_found_anywhere(n: int, unit: bytes) -> None:
    body = unit * n
    assert not has_bad_escape(body)
    for wrong in (rb"\q", rb"\x4", rb"\u{}", rb"\u{D800}", b"\\"):
        assert has_bad_escape(body + wrong), wrong
        assert has_bad_escape(wrong + b"-" + body), wrong


@given(
    st.integers(0, 2**64 - 1), st.sampled_from(["d", "#x", "#b", "#o"]), st.sampled_from(["", "u64", "_u64"])
)
def test_integers(number: int, base: str, suffix: str) -> None:
    text = format(number, base) + suffix
    assert integer_parts(text.encode()) == (number, suffix.strip("_"))
    assert int_value(text.replace("_", "").encode()) == (number, suffix.strip("_"))


@given(st.floats(0, allow_nan=False, allow_infinity=False))
def test_floats(number: float) -> None:
    assert float_value(repr(number).encode()) == (number, "")


@given(st.text(st.characters(exclude_characters='\n\r\0\\"#', exclude_categories=["Cs"]), max_size=30))
def test_plain_strings(text: str) -> None:
    assert value(f'"{text}"') == text.encode()


@given(
    st.lists(
        st.sampled_from(["a", "\\n", "\\t", "\\r", "\\\\", '\\"', "\\x41", "\\0", "é", " "]), max_size=20
    )
)
def test_escapes_mean_what_they_mean_in_python(parts: list[str]) -> None:
    text = '"' + "".join(parts) + '"'
    assert value(text) == ast.literal_eval(text.replace("\\0", "\\x00")).encode()


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ('"\\u{1F600}"', "😀".encode()),
        ('"\\xEF\\xBB\\xBF"', b"\xef\xbb\xbf"),
        ('"\\e\\#{x}"', b"\x1b#{x}"),
        ('r"a\\n#{b}"', b"a\\n#{b}"),
        ('"{{name}} # x"', b"{{name}} # x"),
    ],
)
def test_strings(literal: str, expected: bytes) -> None:
    assert value(literal) == expected


@pytest.mark.parametrize(
    "body",
    [
        "\n    a\n      b\n    c\n    ",
        "\n  a\n\n  b\n  ",
        "\na\n  b\n",
        "\n\ta\n\tb\n\t",
        "\n      x\n    y\n    ",
    ],
)
def test_triple_quoted_strings_lose_their_indentation(body: str) -> None:
    expected = dedent(body.removeprefix("\n"))
    if not expected.splitlines()[-1].strip():
        expected = "\n".join([*expected.splitlines()[:-1], ""])
    assert value(f'"""{body}"""') == expected.encode()


@pytest.mark.parametrize(
    ("literal", "code_point"),
    [
        ("'a'", 97),
        ("'é'", 233),
        ("'\\n'", 10),
        ("'\\''", 39),
        ("'\"'", 34),
        ("'\\u{1F600}'", 0x1F600),
        ("'\\x41'", 65),
    ],
)
def test_characters(literal: str, code_point: int) -> None:
    assert char_value(literal.encode()) == code_point
