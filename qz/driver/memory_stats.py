"""``--memory-stats``, ``--time-passes``, ``--trace``: where the memory and the time of a run went.

[mem] typecheck: 412 MB (+37) (1521ms)
      phase      resident after it, what it added, and how long it took in all

[time]   parse: 12.1ms of 40.3ms (3.2%, processor 11.9ms, entered 250x)
         phase  itself, and with what is inside it; its share; of the process; how often

What several processes did at the same time is added up.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qz.base.process_memory import peak_rss
from qz.codegen.unit import UnitResult
from qz.driver.measuring.phases import DOCUMENTED, Phase, TimeNode
from qz.driver.report import write_lines
from qz.driver.session import Session

_MB = 1 << 20


def largest_worker(units: Sequence[UnitResult]) -> int:
    """The peak of the process that needed most, in bytes."""
    return max((unit.peak_bytes for unit in units), default=0)


def memory_lines(session: Session, worker_peak: int) -> Iterator[str]:
    """One line a phase, then the peak and the counts."""
    resident = 0
    for name in DOCUMENTED:
        phase = session.clock.phase(name)
        resident = phase.bytes_at_end or resident
        added = round(phase.bytes_added / _MB)
        yield f"[mem] {name}: {resident // _MB} MB ({added:+d}) ({phase.seconds * 1000:.0f}ms)"
    yield f"[mem] peak: {peak_rss() // _MB} MB (largest worker: {worker_peak // _MB} MB)"
    yield (
        f"[mem] functions: {session.n_functions}, arena nodes: {session.n_nodes}, operations: {session.n_ops}"
    )


def time_lines(root: TimeNode) -> Iterator[str]:
    """The tree of phases, a line each: what it took itself, and in all, and the share of that."""
    total = root.total() or 1.0
    for depth, node in list(root.walk())[1:]:
        indent = "  " * (depth - 1)
        spent, processor = node.total(), node.processor_seconds
        yield (
            f"[time] {indent}{node.name}: {node.seconds * 1000:.1f}ms of {spent * 1000:.1f}ms"
            f" ({spent / total:.1%}, processor {processor * 1000:.1f}ms, entered {node.n_entered}x)"
        )
    yield f"[time] total: {total * 1000:.1f}ms"


class Account(NamedTuple):
    """What a compilation took so far; linking is still to come."""

    session: Session
    units: tuple[UnitResult, ...]

    def linking(self) -> Phase:
        """The phase for a ``with`` statement around it."""
        return self.session.phase("link")

    def show(self) -> None:
        """See `show_statistics`."""
        show_statistics(self.session, self.units)


def show_statistics(session: Session, units: Sequence[UnitResult] = ()) -> None:
    """Writes what --time-passes, --memory-stats and --trace ask for.

    ``units`` are those that LLVM has compiled.
    """
    options = session.options
    if options.time_passes:
        write_lines(time_lines(session.clock.root))
    if options.memory_stats:
        write_lines(memory_lines(session, max(largest_worker(units), session.worker_peak)))
    if session.trace is not None and options.trace is not None:
        session.trace.write(options.trace, units)
