"""A line on the terminal while a compilation takes longer than a second; nothing anywhere else."""

import sys
import time

_SILENT_SECONDS = 1.0
_SECONDS_BETWEEN = 0.1
_ERASE_LINE = "\r\x1b[K"


class Progress:
    """Shows what is being worked on. `clear` must come before anything else is written to the terminal."""

    def __init__(self, *, wanted: bool) -> None:
        self._is_on = wanted and sys.stderr.isatty()
        self._next = time.monotonic() + _SILENT_SECONDS
        self._is_shown = False

    def tick(self, n_done: int, name: str) -> None:
        """Called before each piece of work."""
        if not self._is_on or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _SECONDS_BETWEEN
        self._is_shown = True
        sys.stderr.write(f"{_ERASE_LINE}{n_done} functions, now {name[:60]}")
        sys.stderr.flush()

    def clear(self) -> None:
        """Takes the line away."""
        if self._is_shown:
            self._is_shown = False
            sys.stderr.write(_ERASE_LINE)
            sys.stderr.flush()
