"""``--memory-stats`` and ``--time-passes``: where the memory and the time of a run went.

[mem] typecheck: 412 MB (+37) (1521ms)
      phase      resident after it, what it added, and how long it took in all
"""

from collections.abc import Iterator

from qz.base.process_memory import peak_rss
from qz.driver.phases import DOCUMENTED, PhaseClock
from qz.driver.report import write_lines
from qz.driver.session import Session

_MB = 1 << 20


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


def time_lines(clock: PhaseClock) -> Iterator[str]:
    """One line a phase, the longest first, with its share."""
    phases = sorted(clock.phases.values(), key=lambda phase: -phase.seconds)
    total = sum(phase.seconds for phase in phases) or 1.0
    for phase in phases:
        share = phase.seconds / total
        processor = phase.processor_seconds * 1000
        yield (
            f"[time] {phase.name}: {phase.seconds * 1000:.1f}ms"
            f" ({share:.1%}, processor {processor:.1f}ms, entered {phase.n_entered}x)"
        )
    yield f"[time] total: {total * 1000:.1f}ms"


def show_statistics(session: Session, worker_peak: int) -> None:
    """Writes what --time-passes and --memory-stats ask for to standard error."""
    if session.options.time_passes:
        write_lines(time_lines(session.clock))
    if session.options.memory_stats:
        write_lines(memory_lines(session, worker_peak))
