"""A fix shown as the lines before and after, or as the new text marked where something only comes in."""

from __future__ import annotations

from collections.abc import Iterator

from qz.base.source import SourceFile, SourceMap
from qz.diagnostics.canvas import Row, Style
from qz.diagnostics.display import MAX_COLUMNS, visible, width
from qz.diagnostics.fixes import Edit, apply_edits
from qz.diagnostics.model import Fix
from qz.diagnostics.snippet import Gutter, last_line

_MAX_LINES = 8


def render_suggestion(fix: Fix, sources: SourceMap, gutter: Gutter) -> Iterator[str]:
    """The snippet of a fix; nothing where its lines are too many or too long to show, or in several files."""
    files = {span.file for span, _ in fix.edits}
    if len(files) != 1:
        return
    source = sources.get(files.pop())
    first = min(source.line_of(span.start) for span, _ in fix.edits)
    last = max(last_line(source, span) for span, _ in fix.edits)
    start, end = source.line_start(first), source.line_end(last)
    size = end - start + sum(len(text) for _, text in fix.edits)
    if last - first >= _MAX_LINES or size > MAX_COLUMNS * (last - first + 1):
        return
    yield gutter.blank()
    if first == last and len(fix.edits) == 1 and _only_inserts(fix.edits[0]):
        yield from _insertion(source, first, fix.edits[0], gutter)
        return
    after = apply_edits(source.data, fix.edits, start, max(end, max(span.end for span, _ in fix.edits)))
    if after is None:
        return
    for number, line in enumerate(source.text(start, end).split("\n"), first):
        yield gutter.numbered(number, gutter.painter.paint(Style.REMOVED, _shown(line)), "-", Style.REMOVED)
    new = after.decode("utf-8", "replace").removesuffix("\n")
    for number, line in enumerate(new.split("\n") if new else (), first):
        yield gutter.numbered(number, gutter.painter.paint(Style.ADDED, _shown(line)), "+", Style.ADDED)
    yield gutter.blank()


def _only_inserts(edit: Edit) -> bool:
    span, text = edit
    return span.start == span.end and bool(text) and "\n" not in text


def _insertion(source: SourceFile, line: int, edit: Edit, gutter: Gutter) -> Iterator[str]:
    span, text = edit
    before = source.text(source.line_start(line), span.start)
    behind = source.text(span.start, source.line_end(line))
    row = Row()
    row.put(width(visible(before)), "+" * width(visible(text.rstrip())), Style.ADDED)
    yield gutter.numbered(line, _shown(before + text + behind))
    yield gutter.blank(row.render(gutter.painter))


def _shown(line: str) -> str:
    return visible(line.rstrip("\r"))
