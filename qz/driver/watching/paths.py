"""What a command depends on: noted by the processes that look at it, watched by the one that waits.

Several processes may look, and may be gone before they are asked, so the notes are a file that all append to.
"""

import os
import stat
import time
from collections.abc import Iterable
from typing import NamedTuple

from qz.driver.options import Options


class State(NamedTuple):
    """What tells that something else is at a path now."""

    written: int = 0  # when, of a file, in nanoseconds
    details: tuple[int | str, ...] = ()
    """Size and number of a file. Of a folder the modules in it and nothing else: programs write there too."""


def note_paths(options: Options, paths: Iterable[str]) -> None:
    """Tells whoever watches that the command depends on these files and folders, there or not."""
    if options.noted_paths is not None:
        data = b"".join(os.fsencode(os.path.abspath(path)) + b"\0" for path in paths)
        notes = os.open(options.noted_paths, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(notes, data)
        os.close(notes)


class WatchedPaths:
    """Paths, and what was at each when the command began."""

    def __init__(self, notes: str, first: Iterable[str], began: int) -> None:
        """``first`` are watched whatever is noted; ``began`` is a time in nanoseconds since the epoch."""
        self._notes = notes
        self._n_read = 0
        self._began = began
        self._states: dict[str, State | None] = {}
        self._changed: str | None = None
        for path in first:
            self._add(os.path.abspath(path))

    def __len__(self) -> int:
        return len(self._states)

    def changed(self) -> str | None:
        """A path at which something else is now."""
        self._read_notes()
        for path, state in self._states.items():
            if self._changed is None and _state_of(path) != state:
                self._changed = path
        return self._changed

    def _read_notes(self) -> None:
        try:
            with open(self._notes, "rb") as file:
                file.seek(self._n_read)
                data = file.read()
        except FileNotFoundError:
            return  # nothing has been noted yet
        whole = data[: data.rfind(b"\0") + 1]
        self._n_read += len(whole)
        for path in whole.split(b"\0")[:-1]:
            self._add(os.fsdecode(path))

    def _add(self, path: str) -> None:
        """What was written between the beginning and now may not be what the command has read."""
        if path in self._states:
            return
        self._states[path] = state = _state_of(path)
        if state is not None and self._began <= state.written <= time.time_ns():
            self._changed = path


def _state_of(path: str) -> State | None:
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            modules = [name for name in os.listdir(path) if name.endswith(".qz") and name[0] != "."]
            return State(details=tuple(sorted(modules)))
    except (OSError, ValueError):
        return None
    return State(status.st_mtime_ns, (status.st_size, status.st_ino))
