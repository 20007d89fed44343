"""How an evaluation that came to no good end is reported: at the constant, with where it was and why."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from xdsl.dialects.builtin import FileLineColLoc
from xdsl.ir import Attribute

from dialects.interpreters.values import LimitReached, NotAtCompileTime, Stop
from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.driver.comptime.values import TooLarge, Unkeepable
from qz.sema.program import Program
from qz.sema.types import TypeId

N_INNERMOST = 6
"""Frames shown of a deep chain of calls; of those further out only the last is."""


class Frame(NamedTuple):
    """A function that was running, and where; ``n`` is more than 1 where it called itself from there."""

    name: str
    span: Span | None
    n: int = 1


class ComptimeReport:
    """Words and places for one program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def stopped(self, stop: Stop, span: Span) -> None:
        """Report what ended the evaluation of the expression at ``span``."""
        frames = self._frames(stop)
        notes = list(_notes(frames, self._is_one_line(span)))
        report = self._program.sink.report
        if isinstance(stop, LimitReached):
            help_text = "`--comptime-steps N` allows more" if stop.is_of_steps else ""
            report("QZ0805", span, notes=notes, help=help_text, what=f"takes {stop}")
        elif isinstance(stop, NotAtCompileTime):
            report("QZ0802", span, notes=notes, what=_what(stop, frames))
        else:
            report("QZ0803", span, notes=notes, why=str(stop))

    def too_large(self, refusal: TooLarge, span: Span) -> None:
        """Report a result of which there is too much."""
        self._program.sink.report("QZ0805", span, what=str(refusal))

    def unkeepable(self, refusal: Unkeepable, span: Span, type_id: TypeId) -> None:
        """Report a result that cannot become a constant."""
        shown = self._program.show(type_id)
        self._program.sink.report("QZ0808", span, notes=[Note(None, str(refusal))], type=shown)

    def _is_one_line(self, span: Span) -> bool:
        source = self._program.source_of(span)
        return source.line_of(span.start) == source.line_of(span.end - 1)

    def _frames(self, stop: Stop) -> list[Frame]:
        """What was running, innermost first."""
        frames: list[Frame] = []
        last: tuple[bytes, Attribute | None] | None = None
        for here in zip(reversed(stop.functions), _places(stop), strict=True):
            if here == last:
                frames[-1] = frames[-1]._replace(n=frames[-1].n + 1)
            else:
                name, place = last = here
                frames.append(Frame(_shown(name.decode()), self._span(place)))
        return frames

    def _span(self, place: Attribute | None) -> Span | None:
        """The token at a place."""
        if not isinstance(place, FileLineColLoc):
            return None
        path = place.filename.data
        module = next(m for m in self._program.modules.values() if m.source.path == path)
        offset = module.source.offset(place.line.data, place.column.data)
        starts = module.tokens.start[: len(module.tokens)]
        return module.tokens.span(bisect_right(starts, offset) - 1)


def _shown(symbol: str) -> str:
    """The name of a function: what stands between where it belongs to and the types it is compiled for."""
    owner, _, rest = symbol.partition("$")
    return rest.partition("$")[0] or owner


def _places(stop: Stop) -> list[Attribute | None]:
    """Where each function was, innermost first.

    Each of the calls stands in the function that made it; but what a function of the runtime stops at has no
    place of its own, and is put where that was called.
    """
    if len(stop.calls) == len(stop.functions):
        return [*stop.calls]
    return [stop.location, *stop.calls]


def _what(stop: NotAtCompileTime, frames: list[Frame]) -> str:
    """What is not to be had. The library's own name for a function says more than the runtime's."""
    symbol = str(stop).strip("`")
    if symbol.startswith("rt.") and len(frames) > 1:
        return f"`{frames[0].name}`"
    return str(stop)


def _notes(frames: list[Frame], is_one_line: bool) -> Iterator[Note]:
    """A note a frame. That of the expression itself would repeat what is underlined already."""
    if is_one_line:
        frames = frames[:-1]
    left_out = range(N_INNERMOST, len(frames) - 1)
    for number, frame in enumerate(frames):
        if number in left_out:
            if number == left_out.start:
                yield Note(None, f"and {sum(f.n for f in frames[left_out.start : left_out.stop])} more calls")
            continue
        times = f", {frame.n} times" if frame.n > 1 else ""
        doing = "it was here, in" if number == 0 else "called here, in"
        if frame.span is None:
            doing = "it was in" if number == 0 else "called in"
        yield Note(frame.span, f"{doing} `{frame.name}`{times}")
