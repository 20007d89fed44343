"""A clock for the phases of a compilation, which also reads the process's memory if asked to.

Phases are entered and left many times, since functions go through all of them one at a time. What a phase
spends inside another one counts for the inner one alone, so the columns add up.
"""

import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import NamedTuple

from qz.base.process_memory import current_rss

# The lines of --memory-stats, in order. Phases under other names are shown by --time-passes only.
DOCUMENTED = (
    *("init", "lex", "parse", "resolve_pass1", "resolve_pass2", "resolve", "typecheck", "tc_free"),
    *("irgen", "lower", "codegen", "link"),
)

_OUTSIDE = "driver"  # what is in no phase


class Phase:
    """One phase: a context manager, reentrant, that adds what is spent between its ends."""

    __slots__ = ("_clock", "bytes_added", "bytes_at_end", "n_entered", "name", "seconds")

    def __init__(self, name: str, clock: "PhaseClock") -> None:
        self.name = name
        self._clock = clock
        self.seconds = 0.0
        self.bytes_added = 0
        self.bytes_at_end = 0
        self.n_entered = 0

    def __enter__(self) -> "Phase":
        self._clock.switch(self)
        self.n_entered += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._clock.blame(self, error)
        self._clock.leave()


class TimeNode:
    """What a phase took inside the phases around it: of its own, and in the phases inside it."""

    __slots__ = ("n_entered", "name", "parts", "processor_seconds", "seconds")

    def __init__(self, name: str) -> None:
        self.name = name
        self.seconds = 0.0
        self.processor_seconds = 0.0
        self.n_entered = 0
        self.parts: dict[str, TimeNode] = {}

    def part(self, name: str) -> "TimeNode":
        """The phase of that name inside this one."""
        found = self.parts.get(name)
        if found is None:
            found = self.parts[name] = TimeNode(name)
        return found

    def total(self) -> float:
        """Seconds of its own and of everything inside it."""
        return self.seconds + sum(part.total() for part in self.parts.values())

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "TimeNode"]]:
        """This one and all below it with their depths, at each level those first that took longest."""
        yield depth, self
        for part in sorted(self.parts.values(), key=lambda part: -part.total()):
            yield from part.walk(depth + 1)

    def add(self, other: "TimeNode") -> None:
        """Adds what was spent elsewhere on the same."""
        self.seconds += other.seconds
        self.processor_seconds += other.processor_seconds
        self.n_entered += other.n_entered
        for name, part in other.parts.items():
            self.part(name).add(part)


class Spent(NamedTuple):
    """What phases took, by name: seconds, bytes, how often; and the tree of where, if time was watched."""

    phases: dict[str, tuple[float, int, int]]
    root: TimeNode


OnSpan = Callable[[str, str, float, float], None]
"""Is told a phase, the function it was for (or ""), and when it began and ended, in seconds."""


class PhaseClock:
    """All phases of a session; what happens outside any of them belongs to ``driver``.

    With ``watches_time``, ``root`` is a tree of what was spent where. ``on_span`` hears of every phase as it
    ends, the inner ones first.
    """

    def __init__(
        self,
        *,
        watches_memory: bool = False,
        watches_time: bool = False,
        on_span: OnSpan | None = None,
        started: float | None = None,
    ) -> None:
        self.watches_memory = watches_memory
        self.watches_time = watches_time
        self.phases: dict[str, Phase] = {}
        self.root = TimeNode("")
        self._on_span = on_span
        self._stack: list[Phase] = [self.phase("init")]
        self._nodes: list[TimeNode] = [self.root.part("init")]
        self._since = time.perf_counter() if started is None else started
        self._began: list[float] = [self._since]
        self._processor_since = 0.0
        self._rss = 0
        self.function = ""  # what is being worked on, for the report of a fault

    def phase(self, name: str) -> Phase:
        """The phase called ``name``, for a ``with`` statement."""
        found = self.phases.get(name)
        if found is None:
            found = self.phases[name] = Phase(name, self)
        return found

    def switch(self, phase: Phase) -> None:
        """Begins ``phase`` inside the current one."""
        self._charge()
        self._stack.append(phase)
        if self.watches_time:
            parent = self._nodes[-1] if len(self._nodes) > 1 else self.root
            self._nodes.append(parent.part(phase.name))
            self._nodes[-1].n_entered += 1
        if self._on_span is not None:
            self._began.append(self._since)

    def leave(self) -> None:
        """Ends the current phase."""
        self._charge()
        phase = self._stack.pop()
        if self.watches_time:
            self._nodes.pop()
        if self._on_span is not None:
            self._on_span(phase.name, self.function, self._began.pop(), self._since)

    def blame(self, phase: Phase, error: BaseException) -> None:
        """Notes on an exception in which phase and function it came up, innermost first."""
        error.add_note(f"{phase.name} of {self.function}" if self.function else phase.name)

    def end_init(self) -> None:
        """Says that starting up is over; what is outside any phase counts as ``driver`` from here on."""
        self._charge()
        if self._on_span is not None:
            self._on_span("init", "", self._began[0], self._since)
        self._stack[0] = self.phase(_OUTSIDE)
        self._nodes[0] = self.root.part(_OUTSIDE)

    def begin_anew(self) -> None:
        """Forgets what was spent so far, by the process that this one was forked from, outside any phase."""
        for phase in self.phases.values():
            phase.seconds, phase.bytes_added, phase.n_entered = 0.0, 0, 0
        self.root = TimeNode("")
        self._nodes = [self.root.part(_OUTSIDE)]
        self._since = time.perf_counter()
        self._processor_since = time.process_time()

    def spent(self) -> Spent:
        """All that was spent so far, for another process to add to its own."""
        self._charge()
        phases = {p.name: (p.seconds, p.bytes_added, p.n_entered) for p in self.phases.values()}
        return Spent(phases, self.root)

    def add(self, spent: Spent) -> None:
        """Adds what another process has spent in its phases. What it did outside any was to wait."""
        for name, (seconds, n_bytes, n_entered) in spent.phases.items():
            if name != _OUTSIDE:
                phase = self.phase(name)
                phase.seconds += seconds
                phase.bytes_added += n_bytes
                phase.n_entered += n_entered
        spent.root.parts.pop(_OUTSIDE, None)
        self.root.add(spent.root)

    def _charge(self) -> None:
        current = self._stack[-1]
        now = time.perf_counter()
        current.seconds += now - self._since
        if self.watches_time:
            node = self._nodes[-1]
            node.seconds += now - self._since
            node.processor_seconds += time.process_time() - self._processor_since
        if self.watches_memory:
            rss = current_rss()
            current.bytes_added += rss - self._rss
            current.bytes_at_end = self._rss = rss
            now = time.perf_counter()  # looking is nobody's work
        self._since = now
        if self.watches_time:
            self._processor_since = time.process_time()
