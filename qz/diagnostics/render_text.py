"""Diagnostics as text for people, in rustc's look.

error[QZ0301]: unknown type `Strng`
 --> hello.qz:1:15
  |
1 | def greet(who: Strng)
  |                ^^^^^ not found in this scope
  |
help: did you mean `String`?
  |
1 - def greet(who: Strng)
1 + def greet(who: String)
  |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qz.base.source import SourceMap, Span
from qz.diagnostics.canvas import Painter, Style
from qz.diagnostics.model import Diagnostic, Fix, Note, Severity
from qz.diagnostics.sink import DiagnosticSink
from qz.diagnostics.snippet import Annotation, Gutter, clean_lines, is_multi_line, last_line, render_snippet
from qz.diagnostics.suggestion import render_suggestion

MAX_ERRORS = 50

_STYLES = {Severity.ERROR: Style.ERROR, Severity.WARNING: Style.WARNING, Severity.HINT: Style.HELP}


def render_text(diagnostic: Diagnostic, sources: SourceMap, *, color: bool = False) -> str:
    """One diagnostic, its snippets and remarks; ends in a newline."""
    painter = Painter(color)
    gutter = Gutter(len(str(_largest_line(diagnostic, sources))), painter)
    style = _STYLES[diagnostic.severity]
    head = painter.paint(style, f"{diagnostic.severity.value}[{diagnostic.code}]")
    message = "\n".join(clean_lines(diagnostic.message))
    lines = [head + painter.paint(Style.TITLE, f": {message}")]
    lines += _body(diagnostic, sources, gutter, style)
    return "\n".join(lines) + "\n"


def render_report(
    sink: DiagnosticSink, sources: SourceMap, *, color: bool = False, max_errors: int = MAX_ERRORS
) -> Iterator[str]:
    """Everything a run found, in source order: each diagnostic, what was left out, and the counts."""
    n_shown = dict.fromkeys(Severity, 0)
    for diagnostic in sink.in_source_order():
        if n_shown[diagnostic.severity] < max_errors:
            n_shown[diagnostic.severity] += 1
            yield render_text(diagnostic, sources, color=color) + "\n"
    left_out = (
        (sink.n_errors - n_shown[Severity.ERROR], "error"),
        (sink.n_warnings - n_shown[Severity.WARNING], "warning"),
    )
    for n, kind in left_out:
        if n:
            yield f"{n} more {kind}{'s' if n > 1 else ''}\n"
    if sink.n_errors or sink.n_warnings:
        yield counts(sink, color=color)


def counts(sink: DiagnosticSink, *, color: bool = False) -> str:
    """The last line of a report: `error: 2 errors, 1 warning`."""
    parts = [
        f"{n} {kind}{'s' if n > 1 else ''}"
        for n, kind in ((sink.n_errors, "error"), (sink.n_warnings, "warning"))
        if n
    ]
    worst = Severity.ERROR if sink.n_errors else Severity.WARNING
    painter = Painter(color)
    head = painter.paint(_STYLES[worst], worst.value)
    return head + painter.paint(Style.TITLE, f": {', '.join(parts)} emitted") + "\n"


def _body(diagnostic: Diagnostic, sources: SourceMap, gutter: Gutter, style: Style) -> Iterator[str]:
    primary = diagnostic.span
    marked: list[Note] = []
    if primary is not None:
        source = sources.get(primary.file)
        marked = [note for note in diagnostic.notes if _belongs(note, primary, sources)]
        annotations = [Annotation(primary, diagnostic.label, True, style)]
        annotations += [Annotation(note.span, note.text, False, Style.FRAME) for note in marked if note.span]
        yield gutter.arrow(source, primary.start)
        yield from render_snippet(source, annotations, gutter)
    remarks = [note for note in diagnostic.notes if note.span is None]
    shows_help = bool(diagnostic.help) and diagnostic.fix is None
    # A bar leads over from the snippet to whatever follows it.
    if primary is not None and (shows_help or diagnostic.fix or len(marked) < len(diagnostic.notes)):
        yield gutter.blank()
    for note in remarks:
        yield from gutter.remark("note", note.text)
    if shows_help:
        yield from gutter.remark("help", diagnostic.help)
    for note in diagnostic.notes:
        if note.span is not None and note not in marked:
            yield from _headed("note", Style.NOTE, note.text, gutter.painter)
            source = sources.get(note.span.file)
            yield gutter.arrow(source, note.span.start)
            yield from render_snippet(source, [Annotation(note.span, "", True, Style.NOTE)], gutter)
    if diagnostic.fix is not None:
        yield from _suggestion(diagnostic.help, diagnostic.fix, sources, gutter)


def _belongs(note: Note, primary: Span, sources: SourceMap) -> bool:
    """Whether a note is short and near enough to stand as a mark in the main snippet."""
    if note.span is None or note.span.file != primary.file or "\n" in note.text or len(note.text) > 100:
        return False
    return note.span != primary and not is_multi_line(sources.get(primary.file), note.span)


def _suggestion(text: str, fix: Fix, sources: SourceMap, gutter: Gutter) -> Iterator[str]:
    shown = list(render_suggestion(fix, sources, gutter))
    if text or shown:
        yield from _headed("help", Style.HELP, text or "write this instead", gutter.painter)
    yield from shown


def _headed(kind: str, style: Style, text: str, painter: Painter) -> Iterator[str]:
    first, *rest = clean_lines(text)
    yield f"{painter.paint(style, kind)}: {first}"
    for line in rest:
        yield f"{' ' * (len(kind) + 2)}{line}".rstrip()


def _largest_line(diagnostic: Diagnostic, sources: SourceMap) -> int:
    spans: Iterable[Span | None] = (
        diagnostic.span,
        *(note.span for note in diagnostic.notes),
        *(span for span, _ in (diagnostic.fix.edits if diagnostic.fix else ())),
    )
    return max((last_line(sources.get(span.file), span) for span in spans if span), default=1)
