"""Ctrl-C, held off where half a step would leave something behind."""

import signal
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interrupts_held() -> Generator[None]:
    """An interrupt that comes meanwhile takes effect at the end of the block. For the main thread only.

    Another handler rather than a mask of signals: the signal may be delivered to any other thread, one of
    a library's too, and Python would still raise in the main thread.
    """
    has_come = False

    def note(_number: int, _frame: FrameType | None) -> None:
        nonlocal has_come
        has_come = True

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if has_come:
            signal.raise_signal(signal.SIGINT)
