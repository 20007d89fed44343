"""Running a process and weighing it: processor time from the kernel, memory of the whole tree by looking."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_PAGE = os.sysconf("SC_PAGESIZE")


@dataclass(frozen=True, slots=True)
class ProcessUsage:
    """What one run of a command took."""

    status: int
    output: bytes
    errors: str
    user_seconds: float
    system_seconds: float
    wall_seconds: float
    largest_rss: int  # of the largest single process, in bytes
    tree_rss: int  # the highest sum over all processes alive at once; 0 unless it was watched

    @property
    def cpu_seconds(self) -> float:
        """User and system time of the process and of those it waited for."""
        return self.user_seconds + self.system_seconds


def run_measured(
    command: Sequence[str], *, cwd: Path | None = None, watch_tree: float = 0.0, input_path: str = os.devnull
) -> ProcessUsage:
    """Runs a command to its end; ``watch_tree`` is the seconds between two looks at its process tree."""
    with open(input_path, "rb") as source, _Spool() as out, _Spool() as err:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, stdin=source, stdout=out.fd, stderr=err.fd)
        watcher = _TreeWatcher(process.pid, watch_tree)
        if watch_tree:
            watcher.start()
        _, status, rusage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        watcher.finish()
        return ProcessUsage(
            status=process.returncode,
            output=out.read(),
            errors=err.read().decode("utf-8", "replace"),
            user_seconds=rusage.ru_utime,
            system_seconds=rusage.ru_stime,
            wall_seconds=wall,
            largest_rss=rusage.ru_maxrss * 1024,
            tree_rss=watcher.highest,
        )


class _Spool:
    """An anonymous file: unlike a pipe it never makes the writer wait for the reader."""

    def __enter__(self) -> _Spool:
        self.fd = os.memfd_create("spool")
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.fd)

    def read(self) -> bytes:
        size = os.fstat(self.fd).st_size
        return os.pread(self.fd, size, 0)


class _TreeWatcher(threading.Thread):
    """Adds up the memory of a process and its descendants now and then, and keeps the highest sum.

    Pages that a forked worker shares with its parent count once: what is summed is each one's proportional
    share where the kernel tells it, else what it does not share with files.
    """

    def __init__(self, root: int, interval: float) -> None:
        super().__init__(daemon=True)
        self.highest = 0
        self._root = root
        self._interval = interval
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(self._interval):
            self.highest = max(self.highest, sum(map(_resident, _descendants(self._root))))

    def finish(self) -> None:
        """Stops watching."""
        self._ended.set()
        if self.is_alive():
            self.join()


def _descendants(root: int) -> Iterator[int]:
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        yield pid
        for task in _entries(f"/proc/{pid}/task"):
            waiting += map(int, _read(f"/proc/{pid}/task/{task}/children").split())


def _resident(pid: int) -> int:
    for line in _read(f"/proc/{pid}/smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    words = _read(f"/proc/{pid}/statm").split()
    return (int(words[1]) - int(words[2])) * _PAGE if words else 0


def _entries(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:  # the process has ended meanwhile
        return []


def _read(path: str) -> str:
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            return file.read()
    except OSError:  # likewise
        return ""
