"""Edits are made exactly, or not at all."""

from __future__ import annotations

from qz.base.source import Span
from qz.diagnostics.fixes import apply_edits, apply_fixes
from qz.diagnostics.model import Fix


def edit(start: int, end: int, text: str, file_id: int = 0) -> tuple[Span, str]:
    return Span(file_id, start, end), text


def test_edits_are_made_in_any_order() -> None:
    assert apply_edits(b"abcdef", [edit(4, 6, "Z"), edit(0, 1, "xy"), edit(2, 2, "-")]) == b"xyb-cdZ"


def test_edits_within_a_part() -> None:
    assert apply_edits(b"abcdef", [edit(3, 4, "D")], 2, 5) == b"cDe"


def test_overlapping_edits_are_refused() -> None:
    assert apply_edits(b"abcdef", [edit(0, 3, "x"), edit(2, 4, "y")]) is None
    assert apply_edits(b"abcdef", [edit(2, 2, "x"), edit(2, 2, "y")]) is None


def test_of_fixes_that_collide_the_first_is_made_whole_and_the_other_not_at_all() -> None:
    first = Fix((edit(0, 2, "1"),))
    collides = Fix((edit(5, 6, "2"), edit(1, 3, "3")))
    apart = Fix((edit(3, 4, "é"),))
    assert apply_fixes(b"abcdef", 0, [first, collides, apart]) == ("1céef".encode(), [first, apart])


def test_fixes_of_other_files_are_left_alone() -> None:
    assert apply_fixes(b"ab", 0, [Fix((edit(0, 1, "x", 1),)), Fix(())]) == (b"ab", [])
