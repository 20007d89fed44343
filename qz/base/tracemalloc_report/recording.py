"""A snapshot with what it takes to judge it: the tracer's own memory, the traced total, and the process."""

from __future__ import annotations

import pickle
import tracemalloc
from pathlib import Path
from typing import NamedTuple

from qz.base.process_memory import current_rss


class NotARecordingError(Exception):
    """The file holds neither a recording nor a tracemalloc snapshot."""


class Recording(NamedTuple):
    """One moment of a traced process. All but the snapshot is 0 where the file is a plain snapshot."""

    snapshot: tracemalloc.Snapshot
    traced: int
    traced_peak: int
    overhead: int
    rss: int

    def save(self, path: Path) -> None:
        """Write it to a file for `load`."""
        path.write_bytes(pickle.dumps(tuple(self), pickle.HIGHEST_PROTOCOL))


def take() -> Recording:
    """Record this process now; tracemalloc must be running."""
    traced, peak = tracemalloc.get_traced_memory()
    overhead = tracemalloc.get_tracemalloc_memory()
    rss = current_rss()
    return Recording(tracemalloc.take_snapshot(), traced, peak, overhead, rss)


def load(path: Path) -> Recording:
    """Read what `save`, or `tracemalloc.Snapshot.dump`, wrote. Both are pickles: load only your own files."""
    try:
        content: object = pickle.loads(path.read_bytes())
    except (pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, ValueError) as problem:
        raise NotARecordingError(f"{path} is not a recording: {problem}") from problem
    if isinstance(content, tracemalloc.Snapshot):
        return Recording(content, 0, 0, 0, 0)
    match content:
        case (tracemalloc.Snapshot() as snapshot, int(traced), int(peak), int(overhead), int(rss)):
            return Recording(snapshot, traced, peak, overhead, rss)
        case _:
            raise NotARecordingError(f"{path} is not a recording")
