"""Programs to point at: spans are found by their text."""

from __future__ import annotations

from qz.base.source import SourceMap, Span
from qz.diagnostics.model import Diagnostic, Fix, Note, Severity
from qz.diagnostics.render_text import render_text


def sources_of(*texts: str) -> SourceMap:
    """Files `a.qz`, `b.qz`, … with these texts."""
    sources = SourceMap()
    for letter, text in zip("abcdef", texts, strict=False):
        sources.add(f"{letter}.qz", text.encode())
    return sources


def span_of(sources: SourceMap, text: str, nth: int = 0, file_id: int = 0) -> Span:
    """Where `text` stands (from 0: the first, the second … time)."""
    data, wanted = sources.get(file_id).data, text.encode()
    start = -1
    for _ in range(nth + 1):
        start = data.index(wanted, start + 1)
    return Span(file_id, start, start + len(wanted))


def shown(
    sources: SourceMap,
    span: Span | None,
    *,
    label: str = "",
    notes: tuple[Note, ...] = (),
    help: str = "",  # noqa: A002
    fix: Fix | None = None,
    message: str = "it is wrong",
    color: bool = False,
) -> str:
    """An error at `span` as text."""
    found = Diagnostic("QZ0001", Severity.ERROR, message, span, label, notes, help, fix)
    return render_text(found, sources, color=color)
