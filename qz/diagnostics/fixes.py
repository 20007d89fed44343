"""Edits: checked, applied, and shown before and after."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from qz.base.source import Span
from qz.diagnostics.model import Fix

Edit = tuple[Span, str]


def sorted_edits(edits: Iterable[Edit]) -> list[Edit] | None:
    """The edits from front to back; None if two of them touch the same text."""
    ordered = sorted(edits, key=lambda edit: (edit[0].start, edit[0].end))
    for (before, _), (behind, _) in pairwise(ordered):
        if behind.start < before.end or before == behind:
            return None
    return ordered


def apply_edits(data: bytes, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> bytes | None:
    """Bytes `start` to `end` of `data` with the edits (all inside that range) made; None if they overlap."""
    ordered = sorted_edits(edits)
    if ordered is None:
        return None
    pieces: list[bytes] = []
    position = start
    for span, text in ordered:
        pieces += (data[position : span.start], text.encode("utf-8", "replace"))
        position = span.end
    pieces.append(data[position : len(data) if end is None else end])
    return b"".join(pieces)


def apply_fixes(data: bytes, file_id: int, fixes: Iterable[Fix]) -> tuple[bytes, list[Fix]]:
    """`data` with every fix made that concerns only this file and no text that an earlier fix changes;
    and those that were made."""
    chosen: list[Edit] = []
    applied: list[Fix] = []
    for fix in fixes:
        if not fix.edits or any(span.file != file_id for span, _ in fix.edits):
            continue
        together = sorted_edits([*chosen, *fix.edits])
        if together is not None:
            chosen = together
            applied.append(fix)
    result = apply_edits(data, chosen)
    assert result is not None
    return result, applied
