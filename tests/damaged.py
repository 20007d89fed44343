"""Texts that are no programs, or were some once: for tests of what reads them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from qz.syntax.token_kinds import KEYWORDS, SIGNS

WORDS = [
    *KEYWORDS,
    *SIGNS,
    *("a", "b", "Foo", "T", "1", "2.5", "'a'", ":s", "_", "it", "with", "step", "default", "test", "binary"),
    *('"s"', '"#{', '}"', '"', '"""', "linear", "packed", "#x", "\n", "\n", "\n", ";", "end", "end"),
]
SOUP = st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join)


@st.composite
def damaged(draw: st.DrawFn, corpus: Sequence[bytes]) -> bytes:
    """A stretch of a good program with a few tokens taken out or put in."""
    source = draw(st.sampled_from(corpus))
    start = draw(st.integers(0, len(source) - 1))
    data = bytearray(source[start : start + draw(st.integers(10, 600))])
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(data)))
        if draw(st.booleans()):
            del data[at : at + draw(st.integers(1, 5))]
        else:
            data[at:at] = f" {draw(st.sampled_from(WORDS))} ".encode()
    return bytes(data)
