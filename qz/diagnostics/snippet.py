"""Source lines with marks under them, laid out the way rustc does it.

3 |     total = total + 1
  |     ^^^^^ cannot assign again
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from qz.base.source import SourceFile, Span
from qz.diagnostics.canvas import Painter, Row, Style
from qz.diagnostics.display import ShownLine, show_line, visible
from qz.diagnostics.sink import clip

MAX_LABEL = 400
# A span over more lines than this is shown by its first and last ones.
_MAX_BODY = 6
_HEAD, _TAIL = 4, 2


class Annotation(NamedTuple):
    """Something to mark: the matter itself (`primary`, carets) or a place that belongs to it (dashes)."""

    span: Span
    label: str
    primary: bool
    style: Style


class _Mark(NamedTuple):
    """An annotation within one shown line, in columns."""

    start: int
    end: int
    label: str
    primary: bool
    style: Style

    def draw(self, row: Row, indent: int) -> None:
        row.put(indent + self.start, ("^" if self.primary else "-") * (self.end - self.start), self.style)


class Gutter(NamedTuple):
    """The column of line numbers; all snippets of one diagnostic share its width."""

    digits: int
    painter: Painter

    def numbered(self, line: int, text: str, sign: str = "|", style: Style = Style.FRAME) -> str:
        """A source line."""
        number = self.painter.paint(Style.FRAME, f"{line:>{self.digits}}")
        return f"{number} {self.painter.paint(style, sign)} {text}".rstrip()

    def blank(self, text: str = "") -> str:
        """A line that has no number."""
        bar = self.painter.paint(Style.FRAME, f"{' ' * self.digits} |")
        return f"{bar} {text}" if text else bar

    def arrow(self, source: SourceFile, offset: int) -> str:
        """Where the snippet is."""
        line, column = source.line_col(offset)
        arrow = self.painter.paint(Style.FRAME, f"{' ' * self.digits}-->")
        return f"{arrow} {visible(source.path)}:{line}:{column}"

    def remark(self, kind: str, text: str) -> Iterator[str]:
        """`= note: …`; the lines of a longer text stand below one another."""
        first, *rest = clean_lines(text)
        equals = self.painter.paint(Style.FRAME, f"{' ' * self.digits} =")
        yield f"{equals} {self.painter.paint(Style.TITLE, kind)}: {first}".rstrip()
        indent = " " * (self.digits + len(kind) + 5)
        for line in rest:
            yield f"{indent}{line}".rstrip()


def clean_lines(text: str) -> list[str]:
    """The lines of a message with nothing in them that a terminal would obey; at least one."""
    return [visible(line) for line in clip(text, 4000).split("\n")]


def last_line(source: SourceFile, span: Span) -> int:
    """The last line that `span` touches; a span that ends with a newline does not touch the next."""
    return source.line_of(max(span.start, span.end - 1))


def is_multi_line(source: SourceFile, span: Span) -> bool:
    """Whether it begins and ends in different lines."""
    return source.line_of(span.start) != last_line(source, span)


def render_snippet(source: SourceFile, annotations: Iterable[Annotation], gutter: Gutter) -> Iterator[str]:
    """The lines that the annotations touch, marked. One annotation over several lines gets a bar of its own;
    further ones of that kind are marked on their first line only."""
    by_line: dict[int, list[Annotation]] = {}
    bar: _Bar | None = None
    for annotation in annotations:
        line = source.line_of(annotation.span.start)
        if bar is None and is_multi_line(source, annotation.span):
            bar = _Bar(source, annotation)
            continue
        by_line.setdefault(line, []).append(annotation)
    lines = set(by_line) | (bar.lines() if bar else set[int]())
    yield gutter.blank()
    previous = 0
    for line in sorted(lines):
        if previous and line == previous + 2:
            yield _source_row(source, line - 1, None, bar, gutter)[0]
        elif previous and line > previous + 2:
            side = bar.side(line, gutter.painter) if bar and bar.within(line) else ""
            yield (gutter.painter.paint(Style.FRAME, "...") + " " * gutter.digits + side).rstrip()
        previous = line
        yield from _marked_line(source, line, by_line.get(line, []), bar, gutter)


def _source_row(
    source: SourceFile, line: int, focus: int | None, bar: _Bar | None, gutter: Gutter
) -> tuple[str, ShownLine]:
    shown = show_line(source, line, focus)
    side = bar.side(line, gutter.painter) if bar else ""
    return gutter.numbered(line, side + shown.text), shown


def _marked_line(
    source: SourceFile, line: int, annotations: list[Annotation], bar: _Bar | None, gutter: Gutter
) -> Iterator[str]:
    # Of a long line, the part to show is the one the matter itself is in.
    foremost = min(annotations, key=lambda found: (not found.primary, found.span.start), default=None)
    focus = foremost.span.start if foremost else None
    if focus is None and bar:
        focus = bar.focus(line)
    text, shown = _source_row(source, line, focus, bar, gutter)
    yield text
    if bar and line == bar.first and not bar.slash:
        yield gutter.blank(bar.opening(shown).render(gutter.painter))
    if annotations:
        inside = bar is not None and bar.first <= line < bar.last + 1 and (line > bar.first or bar.slash)
        for row in _mark_rows([_mark(shown, annotation) for annotation in annotations], 2 if bar else 0):
            if inside and bar:
                row.put(0, "|", bar.annotation.style)
            yield gutter.blank(row.render(gutter.painter))
    if bar and line == bar.last:
        yield gutter.blank(bar.closing(shown).render(gutter.painter))


def _mark(shown: ShownLine, annotation: Annotation) -> _Mark:
    span = annotation.span
    start = shown.column(span.start)
    end = max(shown.column(span.end), start + 1)
    label = visible(clip(annotation.label.replace("\n", " "), MAX_LABEL))
    return _Mark(start, end, label, annotation.primary, annotation.style)


def _mark_rows(marks: list[_Mark], indent: int) -> Iterator[Row]:
    """The row of carets and dashes, and below it the labels that found no room at its end."""
    row = Row()
    for mark in sorted(marks, key=lambda mark: mark.primary):
        mark.draw(row, indent)
    labelled = sorted((mark for mark in marks if mark.label), key=lambda mark: (mark.start, mark.primary))
    if labelled and all(mark.start <= labelled[-1].start and mark.end <= labelled[-1].end for mark in marks):
        last = labelled.pop()
        row.put(indent + last.end + 1, last.label, last.style)
    yield row
    if labelled:
        yield _stems(labelled, indent)
    while labelled:
        last = labelled.pop()
        row = _stems(labelled, indent)
        row.put(indent + last.start, last.label, last.style)
        yield row


def _stems(marks: list[_Mark], indent: int) -> Row:
    row = Row()
    for mark in marks:
        row.put(indent + mark.start, "|", mark.style)
    return row


class _Bar:
    """An annotation over several lines: a bar at the left from its first line to its last."""

    __slots__ = ("annotation", "first", "last", "slash", "source")

    def __init__(self, source: SourceFile, annotation: Annotation) -> None:
        self.source = source
        self.annotation = annotation
        start = annotation.span.start
        self.first = source.line_of(start)
        self.last = last_line(source, annotation.span)
        # If only blanks come before it, a slash in the bar says as much as a line of underscores. Looking at
        # more than a screen of them would read a long line again for each diagnostic.
        line_start = source.line_start(self.first)
        self.slash = start - line_start <= 100 and not source.data[line_start:start].strip()

    def lines(self) -> set[int]:
        """The lines to show: all, or the first and last few."""
        if self.last - self.first < _MAX_BODY + 1:
            return set(range(self.first, self.last + 1))
        head = range(self.first, self.first + _HEAD)
        return {*head, *range(self.last - _TAIL + 1, self.last + 1)}

    def within(self, line: int) -> bool:
        """Whether the bar passes what stands directly before `line`."""
        return self.first < line <= self.last

    def focus(self, line: int) -> int | None:
        """What must be visible of a long line."""
        if line == self.first:
            return self.annotation.span.start
        return self.annotation.span.end - 1 if line == self.last else None

    def side(self, line: int, painter: Painter) -> str:
        """What stands left of a source line."""
        if line == self.first and self.slash:
            return painter.paint(self.annotation.style, "/") + " "
        return painter.paint(self.annotation.style, "|") + " " if self.within(line) else "  "

    def opening(self, shown: ShownLine) -> Row:
        """The row under the first line: from the bar to where the span begins."""
        column = shown.column(self.annotation.span.start)
        row = Row()
        row.put(1, "_" * (column + 1) + self._end_sign(), self.annotation.style)
        return row

    def closing(self, shown: ShownLine) -> Row:
        """The row under the last line: from the bar to the last character, and the label."""
        column = max(shown.column(self.annotation.span.end) - 1, 0)
        label = visible(clip(self.annotation.label.replace("\n", " "), MAX_LABEL))
        row = Row()
        row.put(0, f"|{'_' * (column + 1)}{self._end_sign()} {label}".rstrip(), self.annotation.style)
        return row

    def _end_sign(self) -> str:
        return "^" if self.annotation.primary else "-"
