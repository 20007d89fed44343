"""Templates: where their holes are, and where their text comes from."""

from __future__ import annotations

import pytest

from qz.syntax import token_numbers as tk
from qz.syntax.literals import string_pieces, string_value
from qz.syntax.template import Template, made_template, quote_template, string_template
from tests.unit.syntax.reading import Read

STRINGS = [
    '"plain"',
    '""',
    '"a\\n\\"b\\" \\u{e9}\\x41 é${x}"',
    'r"a\\n${x}"',
    '"""\n    a\n      b \\"x\n    c\n    """',
    '"""a\n  b"""',
    '"""\n\n  a\n\n  b\n"""',
    '"""x"""',
    '"""\n"""',
]


def first(read: Read, kind: int) -> int:
    return next(token for token in range(len(read.tokens)) if read.tokens.kind[token] == kind)


def template_of(text: str, **parameters: int) -> tuple[Read, Template]:
    """The template of a macro's text: the first string or `quote`."""
    read = Read(text)
    kinds = list(read.tokens.kind[: len(read.tokens)])
    if tk.QUOTE in kinds:
        return read, quote_template(read.tokens, kinds.index(tk.QUOTE) + 1, parameters, read.sink)
    return read, string_template(read.tokens, kinds.index(tk.STRING), parameters, read.sink)


@pytest.mark.parametrize("text", STRINGS)
def test_pieces_of_a_string_are_its_value_and_know_their_places(text: str) -> None:
    read = Read(f"const A = {text}\n")
    token = first(read, tk.STRING)
    pieces = list(string_pieces(read.tokens, token))
    assert b"".join(piece for piece, _, _ in pieces) == string_value(read.tokens, token)
    places = [place for _, start, end in pieces for place in (start, end)]
    assert places == sorted(places)
    for piece, start, end in pieces:
        written = read.source.data[start:end]
        assert written == piece or written.startswith(b"\\")


def test_a_quote_has_one_token_for_each_hole() -> None:
    read, template = template_of(
        "macro m(a, b) do quote do f(unquote(a), [unquote_each(b)]) end end\n", a=0, b=1
    )
    assert read.codes == []
    assert [(hole.parameter, hole.is_each) for hole in template.holes.values()] == [(0, False), (1, True)]
    assert [template.text(token) for token in template.holes] == ["unquote(a)", "unquote_each(b)"]
    assert [template.kind[token] for token in template.holes] == [tk.IDENT, tk.IDENT]
    for token in range(1, len(template)):
        if template.partner[token]:
            assert template.partner[template.partner[token]] == token


def test_a_string_has_holes_and_tokens_with_text_in_them() -> None:
    read, template = template_of('macro m(a) do "f(${a}, ${a}_b, \\"is ${a}\\")" end\n', a=0)
    assert read.codes == []
    assert [hole.parameter for hole in template.holes.values()] == [0]
    assert [template.kind[token] for token in template.pasted] == [tk.IDENT, tk.STRING]
    data = read.source.data
    (hole,) = template.holes
    span = template.span(hole)
    assert data[span.start : span.end] == b"${a}"
    span = template.span(template.pasted[0])
    assert data[span.start : span.end] == b"${a}_b"
    span = template.span(template.pasted[1])
    assert data[span.start : span.end] == b'\\"is ${a}\\"'


def test_what_is_no_parameter_is_reported_where_it_stands() -> None:
    read, template = template_of('macro m(a) do "f(${b})" end\n', a=0)
    assert [read.source.data[d.span.start : d.span.end] for d in read.diagnostics if d.span] == [b"${b}"]
    assert [hole.parameter for hole in template.holes.values()] == [1]


def test_made_text_is_placed_at_the_call() -> None:
    read = Read("def f() = $m(1)\n")
    name = first(read, tk.DOLLAR) + 1
    template = made_template(read.tokens, name, b"puts(__macro_0_)", read.sink)
    assert [hole.parameter for hole in template.holes.values()] == [0]
    assert {template.span(token) for token in range(1, len(template))} == {read.tokens.span(name)}
