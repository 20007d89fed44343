"""Diagnostics as rustc's JSON, one object a line, for editors and tools that know that shape."""

from __future__ import annotations

import json
from collections.abc import Iterator

from qz.base.source import SourceMap, Span
from qz.diagnostics.display import show_line
from qz.diagnostics.model import Diagnostic, Fix, Severity
from qz.diagnostics.render_text import render_text
from qz.diagnostics.sink import DiagnosticSink
from qz.diagnostics.snippet import last_line

_MAX_TEXT_LINES = 6
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "help"}


def render_json(diagnostic: Diagnostic, sources: SourceMap) -> str:
    """One diagnostic as one line of JSON, without the newline."""
    spans: list[object] = []
    if diagnostic.span is not None:
        spans.append(_span(diagnostic.span, sources, label=diagnostic.label or None))
    children = [
        _message("note", note.text, [_span(note.span, sources)] if note.span else [])
        for note in diagnostic.notes
    ]
    if diagnostic.fix is not None:
        children.append(_message("help", diagnostic.help, _suggestion(diagnostic.fix, sources)))
    elif diagnostic.help:
        children.append(_message("help", diagnostic.help, []))
    return _line(
        {
            "$message_type": "diagnostic",
            "message": diagnostic.message,
            "code": {"code": diagnostic.code, "explanation": None},
            "level": _LEVELS[diagnostic.severity],
            "spans": spans,
            "children": children,
            "rendered": render_text(diagnostic, sources),
        }
    )


def render_json_report(sink: DiagnosticSink, sources: SourceMap) -> Iterator[str]:
    """Everything a run stored, in source order, and how much more there was; every line ends in a newline."""
    for diagnostic in sink.in_source_order():
        yield render_json(diagnostic, sources) + "\n"
    n_stored = sum(diagnostic.severity is not Severity.HINT for diagnostic in sink.diagnostics)
    left_out = sink.n_errors + sink.n_warnings - n_stored
    if left_out:
        note = _message("failure-note", f"{left_out} more diagnostics were not stored", [])
        yield _line({"$message_type": "diagnostic", **note}) + "\n"


def _message(level: str, message: str, spans: list[object]) -> dict[str, object]:
    return {
        "message": message,
        "code": None,
        "level": level,
        "spans": spans,
        "children": [],
        "rendered": None,
    }


def _suggestion(fix: Fix, sources: SourceMap) -> list[object]:
    applicability = "MachineApplicable" if fix.sure else "MaybeIncorrect"
    return [_span(span, sources, replacement=(text, applicability)) for span, text in fix.edits]


def _span(
    span: Span,
    sources: SourceMap,
    *,
    label: str | None = None,
    replacement: tuple[str | None, str | None] = (None, None),
) -> dict[str, object]:
    """A place; ``replacement`` is the text to put there and how sure that is."""
    source = sources.get(span.file)
    line_start, column_start = source.line_col(span.start)
    line_end, column_end = source.line_col(span.end)
    return {
        "file_name": source.path,
        "byte_start": span.start,
        "byte_end": span.end,
        "line_start": line_start,
        "line_end": line_end,
        "column_start": column_start,
        "column_end": column_end,
        "is_primary": True,
        "text": _text(span, sources),
        "label": label,
        "suggested_replacement": replacement[0],
        "suggestion_applicability": replacement[1],
        "expansion": None,
    }


def _text(span: Span, sources: SourceMap) -> list[object]:
    """The lines of a span with what is marked in each; of long lines only the part around the span."""
    source = sources.get(span.file)
    first = source.line_of(span.start)
    lines: list[object] = []
    for line in range(first, min(last_line(source, span), first + _MAX_TEXT_LINES - 1) + 1):
        window = show_line(source, line, max(span.start, source.line_start(line)))
        start = min(max(span.start, window.start), window.end)
        end = max(min(span.end, window.end), start)
        lines.append(
            {
                "text": source.text(window.start, window.end),
                "highlight_start": len(source.text(window.start, start)) + 1,
                "highlight_end": len(source.text(window.start, end)) + 1,
            }
        )
    return lines


def _line(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
