"""What the compiler does when it is told to end: whatever it is in the middle of is left in order."""

import os
from collections.abc import Callable
from signal import SIG_DFL, SIG_IGN, SIGINT, getsignal, signal
from types import FrameType
from typing import NoReturn

from qz.base.interrupts import ENDING


def answer_interrupts(how: Callable[[int, FrameType | None], None] | int) -> None:
    """Says what an interrupt does, unless whoever started the compiler wants none heeded."""
    for number in ENDING:
        if getsignal(number) != SIG_IGN:
            signal(number, how)


def raise_interrupt(number: int, _frame: FrameType | None) -> NoReturn:
    """Leaves everything, with the signal that it is for."""
    raise KeyboardInterrupt(number)


def die_of_interrupt(number: int = SIGINT) -> NoReturn:
    """Dies by the very signal, so that a shell script around the compiler ends as well."""
    signal(number, SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(128 + number)
