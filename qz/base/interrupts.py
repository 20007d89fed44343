"""What asks a process to end, held off where half a step would leave something behind."""

import signal
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM)
"""Ctrl-C, and what `kill` and `timeout` send."""


@contextmanager
def interrupts_held() -> Generator[None]:
    """An interrupt that comes meanwhile takes effect at the end of the block. For the main thread only.

    Another handler rather than a mask of signals: the signal may be delivered to any other thread, one of
    a library's too, and Python would still raise in the main thread.
    """
    come: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        come.append(number)

    before = [(number, signal.signal(number, note)) for number in ENDING]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
        if come:
            signal.raise_signal(come[0])
