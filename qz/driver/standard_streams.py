"""Standard input, output and errors, whatever whoever started the compiler made of them."""

import io
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

STDOUT = "-"


class UnwritableError(OSError):
    """What the user asked to have written and cannot be: `filename` is the user's name for it."""


@contextmanager
def writing(path: str, beside: str = "") -> Generator[None]:
    """What fails in the block fails for ``path``, also where it is only a file ``beside`` that is written.

    That nobody reads any more is no failure.
    """
    try:
        yield
    except (UnwritableError, BrokenPipeError):
        raise
    except OSError as error:
        named = path if error.filename in (None, beside) else error.filename
        raise UnwritableError(error.errno, error.strerror or str(error), named) from error


class _Output(io.FileIO):
    """Standard output: its failures are told from all others."""

    def write(self, data: Any, /) -> int:
        with writing(STDOUT):
            return super().write(data)


def open_standard_streams() -> None:
    """Sees to it that all three are there.

    What is closed leads nowhere; the next file that is opened would have its number, and get what is printed.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)
    os.close(number)
    sys.stdin = sys.stdin or open(0, closefd=False)  # noqa: SIM115 (open until the process ends)
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115
    like = sys.stdout or sys.stderr
    output = io.BufferedWriter(_Output(1, "w", closefd=False))
    sys.stdout = io.TextIOWrapper(output, like.encoding, like.errors, line_buffering=os.isatty(1))
