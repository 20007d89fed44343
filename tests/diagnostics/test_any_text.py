"""Whatever stands in a file, checking it ends, raises nothing, and every report points into a file."""

from __future__ import annotations

from pathlib import Path

from hypothesis import example, given, settings

from qz.diagnostics.render_text import render_text
from qz.driver.checking import checked
from qz.driver.options import Options
from tests.damaged import SOUP, damaged

_PROGRAMS = Path(__file__).parent / "programs"
CORPUS = [path.read_bytes() for path in sorted(_PROGRAMS.glob("*.qz"))]

checked(Options(), "any.qz", data=b"")  # what this raises for good, as the limit of recursion, no test raises


def check(data: bytes) -> None:
    session = checked(Options(), "any.qz", data=data)
    for found in session.sink.diagnostics:
        span = found.span
        if span is not None:
            assert 0 <= span.start <= span.end <= len(session.sources.get(span.file).data), found
        render_text(found, session.sources)


@given(SOUP)
@settings(max_examples=40)
@example("a | b")  # nothing is declared, and what there is looks like a union
def test_soup_of_tokens(text: str) -> None:
    check(text.encode())


@given(damaged(CORPUS))
@settings(max_examples=80)
def test_damaged_programs(data: bytes) -> None:
    check(data)
