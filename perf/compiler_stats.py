"""What ``qz compile --memory-stats --time-passes`` says about itself, as numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_MEMORY = re.compile(r"^\[mem\] (\w+): (\d+) MB \(([+-]\d+)\) \((\d+)ms\)$", re.MULTILINE)
_PEAK = re.compile(r"^\[mem\] peak: (\d+) MB \(largest worker: (\d+) MB\)$", re.MULTILINE)
_COUNTS = re.compile(r"^\[mem\] functions: (\d+), arena nodes: (\d+), operations: (\d+)$", re.MULTILINE)
_TIME = re.compile(
    r"^\[time\] +(\w[^:]*): [\d.]+ms of [\d.]+ms \([\d.]+%, processor ([\d.]+)ms,", re.MULTILINE
)
_MB = 1 << 20


@dataclass(slots=True)
class CompilerStats:
    """Counts of a compilation, and the processor's seconds and the bytes of its phases."""

    n_functions: int = 0
    n_nodes: int = 0
    n_ops: int = 0
    peak_rss: int = 0
    worker_peak_rss: int = 0
    seconds: dict[str, float] = field(default_factory=dict[str, float])
    bytes_added: dict[str, int] = field(default_factory=dict[str, int])


class UnreadableStatsError(Exception):
    """The compiler printed something other than its statistics."""


def parse_stats(text: str) -> CompilerStats:
    """Reads the lines that the two options print to standard error."""
    counts, peak = _COUNTS.search(text), _PEAK.search(text)
    if counts is None or peak is None:
        raise UnreadableStatsError(text[-2000:])
    stats = CompilerStats(
        n_functions=int(counts[1]),
        n_nodes=int(counts[2]),
        n_ops=int(counts[3]),
        peak_rss=int(peak[1]) * _MB,
        worker_peak_rss=int(peak[2]) * _MB,
    )
    for name, _, added, _ in _MEMORY.findall(text):
        stats.bytes_added[name] = int(added) * _MB
    for name, milliseconds in _TIME.findall(text):
        stats.seconds[name] = stats.seconds.get(name, 0.0) + float(milliseconds) / 1000
    return stats
