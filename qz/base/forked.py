"""A forked process with a pipe to it and one back: messages go in, and others come out.

A message is whatever can be pickled, preceded by its length. The process ends when the pipe to it does, and
with the one that forked it, whatever becomes of that.
"""

from __future__ import annotations

import ctypes
import faulthandler
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable
from typing import TypeVar

from qz.base.interrupts import ENDING

_LENGTH_BYTES = 8
_PR_SET_PDEATHSIG = 1

_Message = TypeVar("_Message")

Serve = Callable[[int, int], int]
"""The life of such a process, given the pipes that it reads from and writes to; its exit status."""


class ProcessDiedError(Exception):
    """The process is gone; the message is the last that it said."""


def write_message(fd: int, message: object) -> None:
    """Sends something down a pipe."""
    data = pickle.dumps(message, protocol=5)
    view = memoryview(len(data).to_bytes(_LENGTH_BYTES, "little") + data)
    while view:
        view = view[os.write(fd, view) :]


def read_message(fd: int, kind: type[_Message]) -> _Message | None:
    """Receives something of that kind from a pipe; None at its end."""
    head = _read_exactly(fd, _LENGTH_BYTES)
    if head is None:
        return None
    data = _read_exactly(fd, int.from_bytes(head, "little"))
    if data is None:
        return None
    message = pickle.loads(data)
    assert isinstance(message, kind)
    return message


def _read_exactly(fd: int, size: int) -> bytes | None:
    parts: list[bytes] = []
    while size:
        part = os.read(fd, min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


class ForkedProcess:
    """This side of it. What the process writes to standard error is only shown if it dies."""

    def __init__(self, what: str, serve: Serve, others: Iterable[ForkedProcess]) -> None:
        """Forks. The child closes its copies of the pipes of the ``others``, or they would never end;
        ``what`` it is, for people."""
        read_here, write_there = os.pipe()
        read_there, write_here = os.pipe()
        self._what = what
        self._stderr = os.memfd_create("quartz-worker")
        sys.stdout.flush()
        sys.stderr.flush()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        self.pid = os.fork()
        if self.pid == 0:
            for number in ENDING:  # the other one is told too, and ends its processes
                signal.signal(number, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if self.pid == 0:
            os.close(write_here)
            os.close(read_here)
            for other in others:
                other.close_pipes()
            _live(serve, read_there, write_there, self._stderr)
        os.close(read_there)
        os.close(write_there)
        self._write_pipe = write_here
        self.read_pipe = read_here
        self._open = [write_here, read_here, self._stderr]

    def write(self, message: object) -> None:
        """Sends something, as fast as the process takes it; `ProcessDiedError` if it is gone."""
        try:
            write_message(self._write_pipe, message)
        except BrokenPipeError as error:
            raise ProcessDiedError(self._last_words()) from error

    def read(self, kind: type[_Message]) -> _Message:
        """Waits for something of that kind; `ProcessDiedError` if the process is gone."""
        message = read_message(self.read_pipe, kind)
        if message is None:
            raise ProcessDiedError(self._last_words())
        return message

    def _last_words(self) -> str:
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        said = os.pread(self._stderr, 1 << 16, 0).decode("utf-8", "replace")
        lines = [line for line in said.splitlines() if line.strip()]
        code = os.waitstatus_to_exitcode(status)
        how = f"{signal.Signals(-code).name}" if code < 0 else f"status {code}"
        return f"{lines[0]} ({how})" if lines else f"{self._what} ended with {how}"

    def close_pipes(self) -> None:
        """Closes this side's ends; a process that waits for something to do ends by itself then."""
        while self._open:
            os.close(self._open.pop())

    def kill(self) -> None:
        """Ends the process, whatever it is doing; `wait` for it afterwards."""
        if self._open and self.pid:
            os.kill(self.pid, signal.SIGKILL)
        self.close_pipes()

    def wait(self) -> None:
        """Waits until the process is gone."""
        if self.pid:
            os.waitpid(self.pid, 0)
            self.pid = 0


def _live(serve: Serve, read_pipe: int, write_pipe: int, stderr: int) -> None:
    """The whole life of the process. Never returns into the code of the one that forked it."""
    status = 1
    try:
        faulthandler.disable()  # where Python is says nothing about a death inside a library
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        devnull = os.open(os.devnull, os.O_RDWR)
        os.dup2(devnull, 0)
        os.dup2(devnull, 1)
        os.dup2(stderr, 2)
        status = serve(read_pipe, write_pipe)
    finally:
        os._exit(status)
