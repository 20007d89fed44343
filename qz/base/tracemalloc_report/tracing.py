"""Runs a Python program under tracemalloc and records it where it is largest, or at its end."""

from __future__ import annotations

import os
import runpy
import sys
import threading
import tracemalloc
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from qz.base.tracemalloc_report.recording import Recording, take

_INTERVAL = 0.05
# A new snapshot is taken when the program has grown by this factor since the last: a snapshot is a copy of
# every trace, so taking one on every tick would cost more than the program.
_STEP = 1.1


class PeakSampler:
    """Watches the traced total from a thread and keeps a recording from near its highest point."""

    def __init__(self) -> None:
        self.recording: Recording | None = None
        self._next_at = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    @contextmanager
    def running(self) -> Generator[None]:
        """Sample while the block runs, and once more at its end."""
        self._thread.start()
        try:
            yield
        finally:
            self._stop.set()
            self._thread.join()
            self.sample()

    def sample(self) -> None:
        """Record now if the program is larger than when it was last recorded."""
        traced, _ = tracemalloc.get_traced_memory()
        if traced >= self._next_at:
            # The old snapshot is dropped first, so that two never exist at once.
            self.recording = None
            self.recording = take()
            # Measured with the snapshot itself in memory, or holding one would look like growth.
            self._next_at = tracemalloc.get_traced_memory()[0] * _STEP

    def _watch(self) -> None:
        while not self._stop.wait(_INTERVAL):
            self.sample()


def record(program: Sequence[str], *, as_module: bool, n_frames: int, at_peak: bool) -> Recording:
    """Run `program` (a script or, with `as_module`, a module, and its arguments) and record it.

    The program's own exit does not end the recording, be it by `os._exit`.
    """
    name = program[0]
    before = sys.argv, list(sys.path)
    sys.argv = list(program)
    sys.path.insert(0, str(Path.cwd() if as_module else Path(name).resolve().parent))
    sampler = PeakSampler()
    tracemalloc.start(n_frames)
    try:
        if not at_peak:
            alive = _run(name, as_module)
            recording = take()
            del alive
            return recording
        with sampler.running():
            _run(name, as_module)
        return sampler.recording or take()
    finally:
        tracemalloc.stop()
        sys.argv, sys.path[:] = before


def _run(name: str, as_module: bool) -> object:
    """Run the program. While the result is held, so is all that the program held when it ended."""
    try:
        with _catching_exit():
            if as_module:
                return runpy.run_module(name, run_name="__main__", alter_sys=True)
            return runpy.run_path(name, run_name="__main__")
    except SystemExit as end:
        if end.code not in (None, 0):
            print(f"tracemalloc-report: the program ended with {end.code!r}", file=sys.stderr)
        return end


@contextmanager
def _catching_exit() -> Generator[None]:
    """Makes `os._exit`, with which the compiler ends, an ordinary exit; forked children keep the real one."""
    exit_at_once, recorded = os._exit, os.getpid()  # pyright: ignore[reportPrivateUsage]

    def leave(status: int) -> NoReturn:
        if os.getpid() == recorded:
            raise SystemExit(status)
        exit_at_once(status)

    os._exit = leave
    try:
        yield
    finally:
        os._exit = exit_at_once
