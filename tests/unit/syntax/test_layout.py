"""Which line ends count, and what belongs together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qz.syntax.token_kinds import TokenKind
from tests.unit.syntax.reading import Read, body
from tests.unit.syntax.test_lexer import SOUP


def lines(text: str) -> list[str]:
    """The logical lines of a text, tokens separated by blanks."""
    joined = " ".join("\n" if text == "\n" else text for text in Read(text).texts())
    return [line.strip() for line in joined.split("\n") if line.strip()]


@pytest.mark.parametrize(
    "text",
    [
        "a +\nb",
        "a ==\nb",
        "a and\nb",
        "not\na",
        "x =\nb",
        "x +=\nb",
        "f(a,\nb)",
        "a,\nb",
        "x ->\nb",
        "a\n.b",
        "a\n  ?.b",
        "a\n|> b",
        "a.\nb",
        "a # comment\n  # another\n  .b",
        "[1\n2\n]",
        "f(\na\n)",
        "{a: 1,\nb: 2\n}",
        "a >\nb",
        "def f(): T\n  where T: Show",
        'extern "C"\ndef f()',
        "(a\n\n\nb)",
    ],
)
def test_a_line_goes_on(text: str) -> None:
    assert len(lines(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "a\nb",
        "a;b",
        "f()\n-1",
        "x\n[1]",
        "x: Vec<Int>\ny",
        "x: Vec<Vec<Int>>\ny",
        "a\n..b",
        "a!\nb",
        "a\n\n\nb",
    ],
)
def test_a_line_ends(text: str) -> None:
    assert len(lines(text)) == 2


@pytest.mark.parametrize("text", ["const { A = 1\n B = 2 }", "struct P { x: Int\n y: Int }"])
def test_lines_count_in_the_braces_of_declarations(text: str) -> None:
    assert len(lines(text)) == 2


def test_lines_count_in_blocks_inside_brackets() -> None:
    assert body("f(do ->\n  a\n  b\nend, 2)") == "(CALL f (LAMBDA (BLOCK a b)) 2)"
    assert body("x = [if a\n  b\nelse\n  c\nend]") == (
        "(ASSIGN x (VEC_LIT (IF (IF_ARM a (BLOCK b)) (BLOCK c))))"
    )


OPENERS = [
    ("if a\nend", "if"),
    ("unless a\nend", "unless"),
    ("while a\nend", "while"),
    ("until a\nend", "until"),
    ("for a in b\nend", "for"),
    ("loop\nend", "loop"),
    ("loop do\nend", "loop"),
    ("match a\n1 => 2\nend", "match"),
    ("f do -> a end", "do"),
    ("x = if a\n1\nend", "if"),
    ("f(if a\n1\nend)", "if"),
    ("quote do\nend", "do"),
    ("a: for b in c\nend", "for"),
    ("return (if a\nb\nend)", "if"),
]


@pytest.mark.parametrize(("text", "opener"), OPENERS)
def test_blocks_know_their_ends(text: str, opener: str) -> None:
    tokens = Read(text).tokens
    end = next(t for t in range(len(tokens)) if tokens.kind[t] == TokenKind.END)
    assert tokens.text(tokens.partner[end]) == opener
    assert tokens.partner[tokens.partner[end]] == end


@pytest.mark.parametrize(
    "text",
    [
        "a if b",
        "a() unless b",
        "x = 1 while y",
        "v[0] if b",
        "return if b",
        "a? until b",
        "[a for b in c if d]",
        "x as Vec<Int> if y",
        "else_ if b",
        "nil if b",
        "break if b",
    ],
)
def test_behind_an_expression_they_open_nothing(text: str) -> None:
    tokens = Read(text).tokens
    for token in range(len(tokens)):
        if tokens.kind[token] in (TokenKind.IF, TokenKind.UNLESS, TokenKind.WHILE, TokenKind.FOR):
            assert tokens.partner[token] == 0


MATCH = """match x
  1 => a
  2 =>
    b
    c
  3 =>
    if d
      e
    end
  end
  4 =>
    f
end"""


def test_arms_begin_where_the_layout_says() -> None:
    assert body(MATCH) == (
        "(MATCH x (ARM (PAT_LITERAL 1) a) (ARM (PAT_LITERAL 2) (BLOCK b c))"
        " (ARM (PAT_LITERAL 3) (BLOCK (IF (IF_ARM d (BLOCK e))))) (ARM (PAT_LITERAL 4) (BLOCK f)))"
    )


def test_the_end_of_an_arm_is_told_by_its_indentation() -> None:
    inner = "match x\n  1 =>\n    a\n  {}\nend\nb"
    assert body(inner.format("end")).endswith("; b")
    assert body(inner.format("2 => c")).endswith("; b")


def test_a_match_behind_an_assignment_on_its_own_line() -> None:
    text = "x =\n  match y\n    1 =>\n      a\n    2 =>\n      b\n  end\nc"
    assert body(text) == (
        "(ASSIGN x (MATCH y (ARM (PAT_LITERAL 1) (BLOCK a)) (ARM (PAT_LITERAL 2) (BLOCK b)))); c"
    )


def test_flat_files_need_no_indentation() -> None:
    text = "impl A\ndef f()\nif a\nb\nend\nend\ndef g() = 1\nend\ntrait T\ndef h(self)\nend\ndef i()\nend\n"
    read = Read(text).parse_all()
    assert read.codes == []
    assert read.names == ["", "f", "g", "T", "h", "i"]


@pytest.mark.parametrize("opener", ["(", "[", "{", "if a\n", "f do ->\n", '"#{', "match x\n1 =>\n"])
def test_nesting_beyond_the_limit_is_cut_out(opener: str) -> None:
    closer = {"(": ")", "[": "]", "{": "}", '"#{': '}"'}.get(opener, "\nend\n")
    text = f"def f()\nx = {opener * 300}1{closer * 300}\nend\ndef g() = 1\n"
    read = Read(text).parse_all()
    assert read.codes == ["QZ0014"]
    assert read.names == ["f", "g"]


def test_nesting_up_to_the_limit_is_fine() -> None:
    assert Read("const X = " + "(" * 256 + "1" + ")" * 256 + "\n").parse_all().codes == []


BRACKETS = {
    TokenKind.LPAREN: TokenKind.RPAREN,
    TokenKind.LBRACKET: TokenKind.RBRACKET,
    TokenKind.LBRACE: TokenKind.RBRACE,
}


@given(
    st.lists(
        st.sampled_from([*"()[]{}", "\n", "a", "def f()\n", "end\n", "if a\n", "=>", "do ", "match b\n"])
    )
)
def test_brackets_are_balanced_whatever_comes(parts: list[str]) -> None:
    check_balance(Read(" ".join(parts)))


@given(SOUP)
def test_any_soup_is_balanced(text: str) -> None:
    check_balance(Read(text))


def check_balance(read: Read) -> None:
    """Brackets nest, each knows its partner, and blocks and brackets do not cross."""
    tokens = read.tokens
    partner = tokens.partner
    stack: list[int] = []
    for token in range(1, len(tokens) - 1):
        kind = tokens.kind[token]
        if kind in BRACKETS:
            assert tokens.kind[partner[token]] == BRACKETS[TokenKind(kind)]
            stack.append(token)
        elif kind in BRACKETS.values():
            assert partner[token] == stack.pop()
        elif kind == TokenKind.END:
            opener = partner[token]
            assert 0 < opener < token
            assert partner[opener] == token
    assert stack == []
