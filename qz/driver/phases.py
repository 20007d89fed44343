"""A clock for the phases of a compilation, which also reads the process's memory if asked to.

Phases are entered and left many times, since functions go through all of them one at a time. What a phase
spends inside another one counts for the inner one alone, so the columns add up.
"""

import time
from types import TracebackType

from qz.base.process_memory import current_rss

# The lines of --memory-stats, in order. Phases under other names are shown by --time-passes only.
DOCUMENTED = (
    *("init", "lex", "parse", "resolve_pass1", "resolve_pass2", "resolve", "typecheck", "tc_free"),
    *("irgen", "lower", "codegen", "link"),
)


class Phase:
    """One phase: a context manager, reentrant, that adds what is spent between its ends."""

    __slots__ = ("_clock", "bytes_added", "bytes_at_end", "n_entered", "name", "processor_seconds", "seconds")

    def __init__(self, name: str, clock: "PhaseClock") -> None:
        self.name = name
        self._clock = clock
        self.seconds = 0.0
        self.processor_seconds = 0.0
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


class PhaseClock:
    """All phases of a session; what happens outside any of them belongs to ``driver``."""

    def __init__(
        self, *, watches_memory: bool, watches_processor: bool = False, started: float | None = None
    ) -> None:
        self.watches_memory = watches_memory
        self.watches_processor = watches_processor
        self.phases: dict[str, Phase] = {}
        self._stack: list[Phase] = [self.phase("init")]
        self._since = time.perf_counter() if started is None else started
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

    def leave(self) -> None:
        """Ends the current phase."""
        self._charge()
        self._stack.pop()

    def blame(self, phase: Phase, error: BaseException) -> None:
        """Notes on an exception in which phase and function it came up, innermost first."""
        error.add_note(f"{phase.name} of {self.function}" if self.function else phase.name)

    def end_init(self) -> None:
        """Says that starting up is over; what is outside any phase counts as ``driver`` from here on."""
        self._charge()
        self._stack[0] = self.phase("driver")

    def _charge(self) -> None:
        current = self._stack[-1]
        now = time.perf_counter()
        current.seconds += now - self._since
        if self.watches_processor:
            current.processor_seconds += time.process_time() - self._processor_since
        if self.watches_memory:
            rss = current_rss()
            current.bytes_added += rss - self._rss
            current.bytes_at_end = self._rss = rss
            now = time.perf_counter()  # looking is nobody's work
        self._since = now
        if self.watches_processor:
            self._processor_since = time.process_time()
