"""Tokens: what is one, where it stands, and that no byte is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qz.base.interner import Interner
from qz.base.source import SourceMap
from qz.diagnostics.sink import DiagnosticSink
from qz.syntax import lexer
from qz.syntax.lexer import Lexer
from qz.syntax.token_kinds import KEYWORDS, SIGNS, TokenKind
from tests.unit.syntax.reading import Read


def lexed(data: bytes) -> list[tuple[str, bytes]]:
    """Kind and text of every raw token."""
    raw = Lexer(SourceMap().add("test.qz", data), DiagnosticSink()).run()
    places = zip(raw.kinds.tolist(), raw.starts.tolist(), raw.lengths.tolist(), strict=True)
    return [(TokenKind(kind).name, data[start : start + length]) for kind, start, length in places][1:-1]


def kinds(text: str) -> list[str]:
    return [kind for kind, _ in lexed(text.encode())]


@pytest.mark.parametrize("sign", sorted(SIGNS))
def test_every_sign_is_one_token(sign: str) -> None:
    assert kinds(f"a {sign} b") == ["IDENT", SIGNS[sign].name, "IDENT"]


@pytest.mark.parametrize("word", sorted(KEYWORDS))
def test_every_keyword_is_one_token(word: str) -> None:
    assert kinds(f"a {word} b") == ["IDENT", KEYWORDS[word].name, "IDENT"]
    of_question = ["END", "QUESTION"] if word == "end" else ["IDENT"]
    assert kinds(f"{word}s {word}? _{word}") == ["IDENT", *of_question, "IDENT"]
    assert kinds(f"def {word}? r.{word}?") == ["DEF", "IDENT", "IDENT", "DOT", "IDENT"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.empty? b", "IDENT DOT IDENT IDENT"),
        ("a?.b", "IDENT OPT_DOT IDENT"),
        ("a??b", "IDENT COALESCE IDENT"),
        ("a ??= b", "IDENT COALESCE_ASSIGN IDENT"),
        ("a? ?? b", "IDENT COALESCE IDENT"),
        ("f()?", "IDENT LPAREN RPAREN QUESTION"),
        ("Vec<Vec<Int>>", "IDENT LT IDENT LT IDENT GT GT"),
        ("a >>= b", "IDENT GT GE IDENT"),
        ("a >= b", "IDENT GE IDENT"),
        ("0..n", "INT DOT_DOT IDENT"),
        ("0..=9", "INT DOT_DOT_EQ INT"),
        ("1.5..2.5", "FLOAT DOT_DOT FLOAT"),
        ("t.0.1", "IDENT DOT INT DOT INT"),
        ("t.0.1.2", "IDENT DOT INT DOT INT DOT INT"),
        ("1.to_s", "INT DOT IDENT"),
        (":name x: Int", "SYMBOL IDENT COLON IDENT"),
        ("f(a, :b)", "IDENT LPAREN IDENT COMMA SYMBOL RPAREN"),
        ("a::b", "IDENT COLON_COLON IDENT"),
        ("x:Int", "IDENT COLON IDENT"),
        ("def f():Int", "DEF IDENT LPAREN RPAREN COLON IDENT"),
        ("...a", "ELLIPSIS IDENT"),
        ("a.class.type.end", "IDENT DOT IDENT DOT IDENT DOT IDENT"),
        ("m::match", "IDENT COLON_COLON IDENT"),
        ("f(in: 1, type: 2)", "IDENT LPAREN IDENT COLON INT COMMA IDENT COLON INT RPAREN"),
        ("def match(x)", "DEF IDENT LPAREN IDENT RPAREN"),
        ("$match(x)", "DOLLAR IDENT LPAREN IDENT RPAREN"),
        ("r r1 r\"raw\" 'r'", "IDENT IDENT STRING CHAR"),
        ("'a' '\\n' '\\u{1F600}' '\\'' 'é'", "CHAR CHAR CHAR CHAR CHAR"),
        ('"" "a" """b""" """a"b"""', "STRING STRING STRING STRING"),
        ('"a#b" "a\\#{b}" "\\"#"', "STRING STRING STRING"),
        ('"a#{b}c"', "STRING_START IDENT STRING_END"),
        ('"#{a}#{b}"', "STRING_START IDENT STRING_MID IDENT STRING_END"),
        ('"#{f("x")}"', "STRING_START IDENT LPAREN STRING RPAREN STRING_END"),
        ('"#{{1 => 2}}"', "STRING_START LBRACE INT FAT_ARROW INT RBRACE STRING_END"),
        ('"#{"#{a}"}"', "STRING_START STRING_START IDENT STRING_END STRING_END"),
        ("\"#{'}'}\"", "STRING_START CHAR STRING_END"),
        ('"""a\n#{b}\n"""', "STRING_START IDENT STRING_END"),
        ('"""#{f(\n1)}"""', "STRING_START IDENT LPAREN NEWLINE INT RPAREN STRING_END"),
        ('"a#{f do\n1\nend}b"', "STRING_START IDENT DO NEWLINE INT NEWLINE END STRING_END"),
        ('"a#{f(\n"b#{1}")}', "ERROR NEWLINE STRING_START INT STRING_END RPAREN RBRACE"),
        ('a <<~b <<-c <<-""', "IDENT SHL TILDE IDENT SHL MINUS IDENT SHL MINUS STRING"),
        ("f(<<~A, 1) # b\n  it's }\n  A\nc", "IDENT LPAREN ERROR COMMA INT RPAREN NEWLINE IDENT"),
        ("f(<<~A)\n  AA\nc", "IDENT LPAREN SHL TILDE IDENT RPAREN NEWLINE IDENT NEWLINE IDENT"),
        ("a # b", "IDENT"),
        ("a;b\nc\n\n # d\n;\ne", "IDENT NEWLINE IDENT NEWLINE IDENT NEWLINE IDENT"),
        ("\ufeffa", "IDENT"),
        ("a\0b", "IDENT IDENT"),
    ],
)
def test_kinds(text: str, expected: str) -> None:
    assert " ".join(kinds(text)) == expected


NUMBERS = ["0", "42", "1_000", "0xFF", "0XfF", "0b1010", "0o17", "7u8", "1i32", "0xFFu8", "0b1_u16", "1_u8"]
FLOATS = ["1.0", "3.14", "1e9", "2.5f32", "1.5e-3", "1_0.0_1", "1E+5", "5f64", "1e5f32"]
BAD = ["0x", "0b2", "0o8", "1__", "1u7", "5x", "1.5u8", "1e", "0xG", "1_", "12abc", "0b", "1.5e", "1f16"]


@pytest.mark.parametrize("text", NUMBERS)
def test_integers(text: str) -> None:
    assert lexed(text.encode()) == [("INT", text.encode())]


@pytest.mark.parametrize("text", FLOATS)
def test_floats(text: str) -> None:
    assert lexed(text.encode()) == [("FLOAT", text.encode())]


@pytest.mark.parametrize("text", BAD)
def test_numbers_that_are_none(text: str) -> None:
    assert Read(f"const X = {text}\n").parse_all().codes == ["QZ0007"]


FRAGMENTS = [
    *("a", "b?", "if", "end", "1", "2.5", "0x1F", "99999999999999999999", "t.0.1", ":s", "@", "$", "é", "#{"),
    *("+", "-", ">>", "=>", "(", ")", "[", "]", "{", "}", ",", ":", ".", "..", "\n", ";", "\\", "\0", "\t"),
    *('"s"', '"a#{b}c"', '"#{', '}"', '"', '"""', "#c\n", "'a'", "'", 'r"x"', '"\\q"', "\ufeff"),
]
SOUP = st.lists(st.sampled_from([*FRAGMENTS, " ", "\n"]), max_size=60).map("".join)
WIDE = rb"\xc2\xa0|\xe2\x80[\x80-\x8a\xaf]|\xe2\x81\x9f|\xe3\x80\x80"
BLANK = re.compile(rb"(?:[ \t\r\f\v\0]|#[^\n]*|\xef\xbb\xbf|" + WIDE + rb")*")


@given(st.one_of(SOUP.map(str.encode), st.binary(max_size=80)))
def test_between_tokens_stands_only_white_space(data: bytes) -> None:
    raw = Lexer(SourceMap().add("test.qz", data), DiagnosticSink()).run()
    position = 0
    for start, length in zip(raw.starts.tolist(), raw.lengths.tolist(), strict=True):
        assert start >= position
        assert BLANK.fullmatch(data[position:start]), data[position:start]
        position = start + length
    assert position == len(data)


@given(SOUP, st.integers(1, 40))
def test_stretches_do_not_matter(text: str, stretch: int) -> None:
    data = text.encode()
    whole = lexed(data)
    before = lexer.FIRST_STRETCH, lexer.LONGEST_STRETCH, lexer.N_CAREFUL_TOKENS
    try:
        lexer.FIRST_STRETCH, lexer.LONGEST_STRETCH, lexer.N_CAREFUL_TOKENS = stretch, stretch, 0
        assert lexed(data) == whole
    finally:
        lexer.FIRST_STRETCH, lexer.LONGEST_STRETCH, lexer.N_CAREFUL_TOKENS = before


def test_spans_are_bytes_and_newlines_are_short() -> None:
    read = Read("const ß = 1\n\n\n# c\nconst Y = 2\n".replace("ß", "B"))
    newline = read.texts().index("\n") + 1
    span = read.tokens.span(newline)
    assert (span.start, span.end) == (11, 12)


def test_symbols_are_interned() -> None:
    interner = Interner()
    assert interner.intern("abc") == interner.intern("abc") != interner.intern("abd")
    read = Read("const abc = abc\n")
    assert read.tokens.symbol(2) == read.tokens.symbol(4) != read.tokens.symbol(1)
