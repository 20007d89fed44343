"""Where findings go: reporting words them, counts them, and stops storing (not counting) at a limit."""

from __future__ import annotations

import sys
from bisect import bisect_right, insort
from collections.abc import Generator, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter, itemgetter

from qz.base.mem_usage import MemUsage
from qz.base.source import Span
from qz.diagnostics.model import Diagnostic, Fix, Note, Severity
from qz.diagnostics.registry import lookup

MAX_STORED = 1000
_MAX_SUGGESTING = 100
_MAX_ARGUMENT = 200
_MAX_CALLS = 5
_MAX_PLACES = 4
_OF_NAMES = frozenset({"QZ0100", "QZ0301", "QZ0302", "QZ0303", "QZ0304", "QZ0316"})
"""What is said of a name that means nothing, or nothing there."""
_OF_TOKENS = frozenset({"QZ0020", "QZ0021", "QZ0022", "QZ0036"})
"""What is said of tokens that cannot stand where they do."""
_OPENERS = frozenset({"QZ0004", "QZ0010"})
"""What is said of what begins, and does not end. Of the rest it is the other way round."""


class _Mismatch:
    """A bracket, a quote or an `end` without its partner, reported as `found`. What cannot be read from
    `start` to `end` is the same mistake, and told with it if it is the first."""

    __slots__ = ("end", "found", "is_told", "start")

    def __init__(self, region: Span, found: Diagnostic) -> None:
        self.start = region.start
        self.end = region.end
        self.found = found
        self.is_told = False


_NOWHERE = Span(-1, 0, 0)


class _Arguments(dict[str, object]):
    """Arguments of a template; one that was not given shows its name, as in `{name}`."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def clip(text: str, limit: int = _MAX_ARGUMENT) -> str:
    """`text`, its middle left out if it is too long to be read (a 10 MB identifier, say)."""
    if len(text) <= limit:
        return text
    return f"{text[: limit - 40]}…{text[-39:]}"


def _calls(span: Span | None) -> Iterator[Note]:
    """For a place in a macro, the calls that it is there because of, innermost first."""
    n_shown = 0
    call = span.call if span is not None else None
    while call is not None:
        if n_shown == _MAX_CALLS and call.span.call is not None:
            n_left = 1
            while call.span.call is not None:
                call = call.span.call
                n_left += 1
            yield Note(call.span, f"in this expansion of `${call.name}`, {n_left} calls further out")
            return
        yield Note(call.span, f"in this expansion of `${call.name}`")
        n_shown += 1
        call = call.span.call


class _Mistake:
    """A report that stands for others, whose places are noted as long as they are few."""

    __slots__ = ("found", "n_places")

    def __init__(self, found: Diagnostic) -> None:
        self.found = found
        self.n_places = 0

    def with_place(self, other: Diagnostic) -> Diagnostic:
        """The report with a note about one more place."""
        self.n_places += 1
        n_more = self.n_places - _MAX_PLACES
        if n_more <= 0:
            return self.found._replace(notes=(*self.found.notes, Note(other.span, other.message)))
        notes = self.found.notes[:-1] if n_more > 1 else self.found.notes
        places = "place" if n_more == 1 else "places"
        return self.found._replace(notes=(*notes, Note(None, f"and in {n_more} more {places}")))


class DiagnosticSink:
    """Collects diagnostics. Errors and warnings are stored up to a limit each; past it they only count.

    Hints are dropped unless ``wants_hints``.
    """

    __slots__ = (
        "_context",
        "_garbled",
        "_garbled_names",
        "_mismatches",
        "_mistakes",
        "_seen",
        "_stored",
        "diagnostics",
        "max_stored",
        "n_error_reports",
        "n_errors",
        "n_reports",
        "n_warnings",
        "wants_hints",
    )

    def __init__(self, max_stored: int = MAX_STORED, *, wants_hints: bool = False) -> None:
        self.max_stored = max_stored
        self.diagnostics: list[Diagnostic] = []
        self.n_errors = 0
        self.n_error_reports = 0
        """Errors, repetitions included: who sees it unchanged has met nothing wrong."""
        self.n_reports = 0
        """All that was reported, repetitions included."""
        self.n_warnings = 0
        self.wants_hints = wants_hints
        self._stored = dict.fromkeys(Severity, 0)
        self._garbled: dict[int, list[tuple[int, int]]] = {}  # by file: starts and ends, in order
        """Lines that could not be read: what they would mean is not worth a second report."""
        self._garbled_names: set[str] = set()
        """The names on them, and others that were excused: that one of these means nothing is no wonder."""
        self._mismatches: dict[int, list[_Mismatch]] = {}  # by file, in order
        self._mistakes: dict[Hashable, _Mistake] = {}
        self._seen: set[tuple[str, Span]] = set()
        self._context: tuple[Note, ...] = ()

    @property
    def suggests(self) -> bool:
        """Whether to look for what may have been meant among all names there are. More errors than anybody
        reads would take the time of their number times that of the names."""
        return self.n_errors < _MAX_SUGGESTING

    @contextmanager
    def inside(self, note: Note | None) -> Generator[None]:
        """What is reported in this context has the note too."""
        outer = self._context
        if note is not None:
            self._context = (*outer, note)
        try:
            yield
        finally:
            self._context = outer

    def report(
        self,
        code: str,
        span: Span | None,
        /,
        *,
        label: str = "",
        notes: Sequence[Note] = (),
        help: str = "",  # noqa: A002 (the reader of a call sees what it is)
        fix: Fix | None = None,
        same: Sequence[Hashable] = (),
        lacks: Iterable[str] = (),
        **args: object,
    ) -> None:
        """Record a finding: the template of `code` filled with `args`.

        The same code at the same span counts once. What the notes explain by a line that could not be read
        follows from that, and so does what ``lacks`` a method or a trait by a name that is excused. Each of
        the ``same`` keys stands for a mistake: of what goes by one of them, the first is reported, with notes
        about the others.
        """
        spec = lookup(code)
        follows = code in _OF_NAMES and args.get("name") in self._garbled_names
        follows = follows or any(name in self._garbled_names for name in lacks)
        follows = follows or any(self._follows(code, note.span) for note in notes)
        mismatch = self._mismatch_at(code, span)
        mistake = next((self._mistakes[key] for key in same if key in self._mistakes), None)
        is_known = mismatch is not None or mistake is not None
        if not self._counts(code, spec.severity, span, follows=follows, is_known=is_known):
            return
        if mismatch is not None and mismatch.is_told:
            return
        message = spec.template.format_map(
            _Arguments(
                {name: value if isinstance(value, int) else clip(str(value)) for name, value in args.items()}
            )
        )
        notes = (*notes, *_calls(span), *self._context)
        found = Diagnostic(code, spec.severity, message, span, label, notes, help, fix)
        if mismatch is not None:
            self._tell(mismatch, found)
            return
        if mistake is not None:
            mistake.found = self._amended(mistake.found, mistake.with_place(found))
        else:
            self.diagnostics.append(found)
            mistake = _Mistake(found)
        for key in same:
            self._mistakes.setdefault(key, mistake)

    def take_over(self, found: Diagnostic, span: Span) -> None:
        """Record what another sink was told of a text of which ``span`` is the place. Fixes and notes with
        places are left out: they are about that text."""
        if self._counts(found.code, found.severity, span):
            remarks = [note for note in found.notes if note.span is None]
            notes = (*remarks, *_calls(span), *self._context)
            self.diagnostics.append(found._replace(span=span, notes=notes, fix=None))

    @contextmanager
    def apart(self) -> Generator[list[Diagnostic]]:
        """What is reported meanwhile, for a sink in another process to `add`. It is counted here and not
        kept, so that it is found again by whoever meets it again."""
        outer = self.diagnostics, self._seen, self._stored, self._mistakes
        self.diagnostics, self._seen, self._stored = [], set(self._seen), dict(self._stored)
        self._mistakes = dict(self._mistakes)
        try:
            yield self.diagnostics
        finally:
            self.diagnostics, self._seen, self._stored, self._mistakes = outer

    def add(self, found: Diagnostic) -> None:
        """Record what was reported `apart`."""
        if self._counts(found.code, found.severity, found.span):
            self.diagnostics.append(found)

    def _counts(
        self,
        code: str,
        severity: Severity,
        span: Span | None,
        *,
        follows: bool = False,
        is_known: bool = False,
    ) -> bool:
        """Count a finding, unless it is part of one that ``is_known``. False if nothing is to be said of it,
        as of what ``follows`` from what cannot be read."""
        self.n_error_reports += severity is Severity.ERROR
        if severity is Severity.HINT and not self.wants_hints:
            return False
        self.n_reports += 1
        if span is not None and (code, span) in self._seen:
            return False
        if follows or self._follows(code, span):
            return False
        if is_known:
            self._seen.add((code, span or _NOWHERE))
            return True
        if severity is Severity.ERROR:
            self.n_errors += 1
        elif severity is Severity.WARNING:
            self.n_warnings += 1
        if self._stored[severity] >= self.max_stored:
            return False
        self._stored[severity] += 1
        if span is not None:
            self._seen.add((code, span))
        return True

    def garble(self, line: Span, names: Iterable[str] = ()) -> None:
        """Take a line as one that could not be read: only what else cannot be read there is still said, and
        nothing of what it is a part of. What it would have declared is among its ``names``."""
        insort(self._garbled.setdefault(line.file, []), (line.start, line.end))
        self.excuse(names)

    def excuse(self, names: Iterable[str]) -> None:
        """Say nothing of names where they mean nothing: what would have given them a meaning is reported."""
        self._garbled_names.update(names)

    def mismatch(self, region: Span) -> None:
        """Take what was reported last as a bracket, a quote or an `end` without its partner, which is missing
        somewhere in the region, if anywhere: what cannot be read there is no second mistake."""
        if self.diagnostics:
            regions = self._mismatches.setdefault(region.file, [])
            insort(regions, _Mismatch(region, self.diagnostics[-1]), key=attrgetter("start"))

    def _mismatch_at(self, code: str, span: Span | None) -> _Mismatch | None:
        """What does not match where a token cannot stand."""
        if not self._mismatches or span is None or code not in _OF_TOKENS:
            return None
        regions = self._mismatches.get(span.file, ())
        nearest = bisect_right(regions, span.start, key=attrgetter("start")) - 1
        return regions[nearest] if nearest >= 0 and span.start < regions[nearest].end else None

    def _tell(self, mismatch: _Mismatch, token: Diagnostic) -> None:
        """Make one report of a mismatch and of a token that cannot stand where it does: about the first thing
        that is wrong, with a note about the other. A fix would not know of the mismatch."""
        mismatch.is_told = True
        first, second = mismatch.found, token
        if first.code not in _OPENERS:
            first, second = second, first
        notes = (*first.notes, Note(second.span, second.message))
        self._amended(mismatch.found, first._replace(notes=notes, fix=None))

    def _amended(self, old: Diagnostic, new: Diagnostic) -> Diagnostic:
        """Put a report in the place of another one, if that was stored."""
        if old in self.diagnostics:
            self.diagnostics[self.diagnostics.index(old)] = new
        return new

    def _follows(self, code: str, span: Span | None) -> bool:
        return span is not None and not code.startswith("QZ00") and self.is_garbled(span)

    def is_garbled(self, span: Span) -> bool:
        """Whether it is on a line that could not be read, or consists of such lines."""
        if not self._garbled:
            return False
        lines = self._garbled.get(span.file, ())
        nearest = bisect_right(lines, span.start, key=itemgetter(0)) - 1
        if nearest >= 0 and span.start <= lines[nearest][1]:
            return True
        return nearest + 1 < len(lines) and lines[nearest + 1][0] < span.end

    def in_source_order(self) -> list[Diagnostic]:
        """What was stored, by file and place; findings without a place come first."""
        return sorted(self.diagnostics, key=lambda found: found.span or _NOWHERE)

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        """The stored findings, roughly: their texts and tuples."""
        held = sum(sys.getsizeof(found) + sys.getsizeof(found.message) for found in self.diagnostics)
        usage.add(label, held, held + sys.getsizeof(self._seen) + sys.getsizeof(self.diagnostics))
