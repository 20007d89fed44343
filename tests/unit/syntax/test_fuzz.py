"""Whatever stands in a file, reading it ends, raises nothing, and every report points into the file."""

from __future__ import annotations

from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from qz.syntax.dump import dump_ast, dump_tokens
from tests.damaged import SOUP, damaged
from tests.unit.syntax.reading import Read

CORPUS = [path.read_bytes() for path in sorted((Path(__file__).parent / "samples").glob("*.qz"))]


def check(data: bytes) -> None:
    read = Read(data)
    assert read.tokens.start[len(read.tokens) - 1] == len(data)
    list(dump_tokens(read.tokens))
    for item in range(len(read.items)):
        root = read.parse(item)
        assert all(node < root for node in read.walk(root) if node != root)
        list(dump_ast(read.tokens, read.arena, root))
    for found in read.diagnostics:
        assert found.span is not None
        assert 0 <= found.span.start <= found.span.end <= len(data), found


@given(SOUP)
@settings(max_examples=300)
@example('"#{ x { end } #{ "')
def test_soup_of_tokens(text: str) -> None:
    check(text.encode())


@given(SOUP)
@settings(max_examples=300)
def test_soup_in_a_function(text: str) -> None:
    check(f"def main()\n{text}".encode())


@given(st.binary(max_size=200))
@settings(max_examples=300)
def test_bytes(data: bytes) -> None:
    check(data)


@given(damaged(CORPUS))
@settings(max_examples=500)
def test_damaged_programs(data: bytes) -> None:
    check(data)
