"""Lines and columns, against Python's own idea of them."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from qz.base.mem_usage import MemUsage
from qz.base.source import SourceFile, SourceMap, Span

TEXTS = st.text(alphabet="ab\n\r\té日😀\u0301", max_size=60)


@given(TEXTS, st.integers(0, 60))
def test_line_and_column_count_code_points(text: str, index: int) -> None:
    index = min(index, len(text))
    before = text[:index]
    source = SourceFile(0, "a.qz", text.encode())
    expected = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    assert source.line_col(len(before.encode())) == expected
    assert source.line_of(len(before.encode())) == expected[0]


@given(TEXTS)
def test_lines_are_those_between_newlines(text: str) -> None:
    source = SourceFile(0, "a.qz", text.encode())
    lines = text.split("\n")
    assert source.n_lines == len(lines)
    assert [source.line_text(line) for line in range(1, len(lines) + 1)] == [
        line.removesuffix("\r") for line in lines
    ]


def test_positions_behind_the_end_are_the_end() -> None:
    source = SourceFile(0, "a.qz", b"ab\nc")
    assert source.line_col(4) == (2, 2)
    assert source.line_col(99) == (2, 2)
    assert source.line_col(-1) == (1, 1)


def test_an_empty_file_has_one_empty_line() -> None:
    source = SourceFile(0, "a.qz", b"")
    assert (source.n_lines, source.line_col(0), source.line_text(1)) == (1, (1, 1), "")


def test_bytes_that_are_not_utf8_are_shown_as_replacements() -> None:
    source = SourceFile(0, "a.qz", b"a\xff\xfeb")
    assert source.line_text(1) == "a\ufffd\ufffdb"
    assert source.line_col(3) == (1, 4)


def test_a_column_late_in_a_block_of_a_long_line() -> None:
    text = "é" * 5000 + "x"
    source = SourceFile(0, "a.qz", text.encode())
    assert source.line_col(10000) == (1, 5001)


def test_positions_in_a_line_of_10_mb_cost_the_same_everywhere() -> None:
    source = SourceFile(0, "a.qz", ("é+" * 3_500_000).encode())
    source.line_col(0)
    began = time.process_time()
    for offset in range(0, len(source.data), 500):
        source.line_col(offset)
    # 21,000 positions: walking to each from the start of the line would read 110 GB.
    assert time.process_time() - began < 5


def test_files_are_numbered_in_order() -> None:
    sources = SourceMap()
    first, second = sources.add("a.qz", b"a"), sources.add("b.qz", b"bb")
    assert (first.file_id, second.file_id, len(sources)) == (0, 1, 2)
    assert sources.get(1).path == "b.qz"
    usage = MemUsage()
    usage.collect("sources", sources)
    assert [row.used for row in usage.rows if row.label == "sources.text"] == [1, 2]


def test_a_span_reaches_to_another() -> None:
    assert Span(0, 4, 6).to(Span(0, 9, 12)) == Span(0, 4, 12)
    assert Span(0, 9, 12).to(Span(0, 4, 6)) == Span(0, 4, 12)
