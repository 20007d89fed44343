"""The problems of the layout in words."""

from __future__ import annotations

from qz.base.columns import true_places
from qz.base.source import SourceFile, Span
from qz.diagnostics.model import Note
from qz.diagnostics.sink import DiagnosticSink
from qz.syntax import token_numbers as tk
from qz.syntax.nesting import CLOSER_OF, MAX_DEPTH, Nesting, Problem
from qz.syntax.raw_tokens import RawTokens

_CLOSERS = {
    tk.RPAREN: ")",
    tk.RBRACKET: "]",
    tk.RBRACE: "}",
    tk.STRING_END: "}",
}


class LayoutReport:
    """Words the problems of one file."""

    __slots__ = ("_misplaced", "_nesting", "_raw", "_sink", "_source", "_unread")

    def __init__(self, source: SourceFile, raw: RawTokens, nesting: Nesting, sink: DiagnosticSink) -> None:
        self._source = source
        self._raw = raw
        self._nesting = nesting
        self._sink = sink
        self._misplaced: set[str] = set()
        self._unread: dict[int, int] = {}
        """The lines on which something is no token, and the indentation of each."""

    def run(self) -> None:
        """Report them all, in the order of the source."""
        if not self._nesting.problems:
            return
        unread: list[int] = true_places(self._raw.kinds == tk.ERROR).tolist()
        for token in unread:
            self._unread[self._line_of(token)] = self._nesting.indent[token]
        for problem in sorted(self._nesting.problems, key=lambda problem: problem.token):
            if not self._follows_from_string(problem):
                _REPORTS[problem.code](self, problem)

    def _span(self, token: int) -> Span:
        start = int(self._raw.starts[token])
        length = int(self._raw.lengths[token])
        if self._raw.kinds[token] == tk.NEWLINE:
            length = 1
        return Span(self._source.file_id, start, start + length)

    def _text(self, token: int) -> str:
        span = self._span(token)
        return self._source.data[span.start : min(span.end, span.start + 40)].decode("utf-8", "replace")

    def _found(self, token: int) -> str:
        match self._raw.kinds[token]:
            case tk.EOF:
                return "the end of the file"
            case tk.NEWLINE:
                return "the end of the line"
            case _:
                return f"`{self._text(token)}`"

    def _follows_from_string(self, problem: Problem) -> bool:
        """A string without end may have swallowed what opens or closes something, which was reported."""
        if not self._unread:
            return False
        last = self._line_of(problem.token)
        if problem.code == "QZ0013":
            indent = self._nesting.indent[problem.token]
            return any(line < last and indent == unread for line, unread in self._unread.items())
        if problem.code == "QZ0010":
            return any(self._line_of(problem.opener) <= line <= last for line in self._unread)
        return last in self._unread or (problem.opener > 0 and self._line_of(problem.opener) in self._unread)

    def _line_of(self, token: int) -> int:
        return self._source.line_of(int(self._raw.starts[token]))

    def _opener_note(self, opener: int) -> list[Note]:
        return [Note(self._span(opener), f"`{self._text(opener)}` opens here")]

    def unclosed(self, problem: Problem) -> None:
        closer = _CLOSERS[CLOSER_OF.get(self._raw.kinds[problem.opener], tk.RBRACE)]
        opener = (
            "#{"
            if closer == "}" and self._text(problem.opener).endswith("#{")
            else self._text(problem.opener)
        )
        self._garble_lines(problem.opener, problem.token)
        self._sink.report(
            "QZ0010",
            self._span(problem.token),
            label=f"expected `{closer}`",
            notes=[Note(self._span(problem.opener), f"`{opener}` opens here")],
            found=self._found(problem.token),
            closer=closer,
            opener=opener,
        )
        self._sink.mismatch(self._between(problem.opener, problem.token))

    def unopened(self, problem: Problem) -> None:
        self._garble_line(problem.token)
        self._sink.report("QZ0011", self._span(problem.token), closer=self._text(problem.token))
        self._sink.mismatch(self._line(problem.token))

    def missing_end(self, problem: Problem) -> None:
        notes = self._opener_note(problem.opener)
        if problem.opener == self._nesting.suspect:
            notes.append(Note(None, "the `end` that closes it is indented like that of another block"))
        self._garble_lines(problem.opener, problem.token)
        self._sink.report(
            "QZ0012",
            self._span(problem.token),
            label="expected `end`",
            notes=notes,
            found=self._found(problem.token),
            opener=self._text(problem.opener),
        )
        region = self._line(problem.opener)._replace(start=self._span(problem.opener).start)
        if self._raw.kinds[problem.opener] in (tk.STRUCT, tk.ENUM):  # what follows was read as its members
            region = self._between(problem.opener, problem.token)
        self._sink.mismatch(region)

    def _line(self, token: int) -> Span:
        span = self._span(token)
        line = self._source.line_of(span.start)
        return span._replace(start=self._source.line_start(line), end=self._source.line_end(line))

    def _between(self, first: int, last: int) -> Span:
        return self._span(first)._replace(end=self._span(last).start)

    def _garble_line(self, token: int) -> None:
        self._sink.garble(self._line(token))

    def _garble_lines(self, first: int, last: int) -> None:
        """What the lines between two tokens mean is not what they were to mean."""
        self._sink.garble(self._between(first, last)._replace(start=self._line(first).start))

    def extra_end(self, problem: Problem) -> None:
        notes = [Note(self._span(problem.opener), "everything is closed here")] if problem.opener else []
        self._sink.report("QZ0013", self._span(problem.token), notes=notes)

    def braced(self, problem: Problem) -> None:
        """Braces around a block."""
        opener = self._text(problem.opener)
        help_text = f"`{opener}` ends with its line, and its block with `end`"
        self._sink.report("QZ0032", self._span(problem.token), help=help_text)

    def keyword(self, problem: Problem) -> None:
        """A keyword where a name has to stand, the first time that the file has it so. What else is wrong
        with such a name, be it that nothing uses it, is not worth a word."""
        word, span = self._text(problem.token), self._span(problem.token)
        self._sink.garble(span)
        if word not in self._misplaced:
            self._misplaced.add(word)
            self._sink.report("QZ0038", span, help=f"`{word}_` can be one", word=word)

    def too_deep(self, problem: Problem) -> None:
        """What the line means without what is too deep is not what it meant."""
        what = "brackets and blocks are"
        self._sink.report("QZ0014", self._span(problem.token), what=what, limit=MAX_DEPTH)
        self._garble_line(problem.token)


_REPORTS = {
    "QZ0010": LayoutReport.unclosed,
    "QZ0011": LayoutReport.unopened,
    "QZ0012": LayoutReport.missing_end,
    "QZ0013": LayoutReport.extra_end,
    "QZ0014": LayoutReport.too_deep,
    "QZ0032": LayoutReport.braced,
    "QZ0038": LayoutReport.keyword,
}
