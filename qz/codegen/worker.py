"""A forked process that compiles codegen units, one at a time.

LLVM ends the process when something is wrong with itself; a worker's death leaves the compiler alive to
report it. And where Python allows one thread at a time, workers run side by side with the front end.

A job goes in as a pickled `UnitJob`, preceded by its length; a `UnitResult` comes back the same way.
"""

import ctypes
import faulthandler
import os
import pickle
import signal
import sys
from typing import TypeVar

from qz.codegen.library import LlvmError
from qz.codegen.machine import initialise_native
from qz.codegen.unit import UnitJob, UnitResult, compile_unit

_LENGTH_BYTES = 8
_PR_SET_PDEATHSIG = 1

_Message = TypeVar("_Message", UnitJob, UnitResult)


class WorkerDiedError(Exception):
    """The worker is gone; the message is the last that it said."""


def write_message(fd: int, message: UnitJob | UnitResult) -> None:
    """Sends a job or a result down a pipe."""
    data = pickle.dumps(message, protocol=5)
    view = memoryview(len(data).to_bytes(_LENGTH_BYTES, "little") + data)
    while view:
        view = view[os.write(fd, view) :]


def read_message(fd: int, kind: type[_Message]) -> _Message | None:
    """Receives a message from a pipe; None at its end."""
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


class Worker:
    """The compiler's side of one worker: at most one job is under way in it."""

    def __init__(self, others: list["Worker"]) -> None:
        """Forks. The child closes its copies of the pipes of the ``others``, or they would never end."""
        job_read, job_write = os.pipe()
        result_read, result_write = os.pipe()
        self._stderr = os.memfd_create("quartz-worker")
        self.job: UnitJob | None = None
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(job_write)
            os.close(result_read)
            for other in others:
                other.close_pipes()
            _child_main(job_read, result_write, self._stderr)
        os.close(job_read)
        os.close(result_write)
        self._job_pipe = job_write
        self.result_pipe = result_read
        self._open = [job_write, result_read, self._stderr]

    def start(self, job: UnitJob) -> None:
        """Hands over a job; the worker is idle, so it takes the text as fast as the pipe carries it."""
        self.job = job
        try:
            write_message(self._job_pipe, job)
        except BrokenPipeError as error:
            raise WorkerDiedError(self._last_words()) from error

    def receive(self) -> UnitResult:
        """Waits for the result of the job under way."""
        result = read_message(self.result_pipe, UnitResult)
        if result is None:
            raise WorkerDiedError(self._last_words())
        self.job = None
        return result

    def _last_words(self) -> str:
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        said = os.pread(self._stderr, 1 << 16, 0).decode("utf-8", "replace")
        lines = [line for line in said.splitlines() if line.strip()]
        code = os.waitstatus_to_exitcode(status)
        how = f"{signal.Signals(-code).name}" if code < 0 else f"status {code}"
        return f"{lines[0]} ({how})" if lines else f"the code generator ended with {how}"

    def close_pipes(self) -> None:
        """Closes this side's ends; an idle worker ends by itself then."""
        while self._open:
            os.close(self._open.pop())

    def end(self) -> None:
        """Ends the process, whatever it is doing; `wait` for it afterwards. Doing so twice is fine."""
        if self._open and self.pid and self.job is not None:
            os.kill(self.pid, signal.SIGKILL)
        self.close_pipes()

    def wait(self) -> None:
        """Waits until the process is gone."""
        if self.pid:
            os.waitpid(self.pid, 0)


def _child_main(job_pipe: int, result_pipe: int, stderr: int) -> None:
    """The whole life of a worker. Never returns into the compiler's code."""
    status = 0
    try:
        faulthandler.disable()  # where Python is says nothing about a death inside LLVM
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the compiler is told too, and ends its workers
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        devnull = os.open(os.devnull, os.O_RDWR)
        os.dup2(devnull, 0)
        os.dup2(devnull, 1)
        os.dup2(stderr, 2)
        _serve(job_pipe, result_pipe)
    except (LlvmError, OSError, MemoryError) as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        status = 1
    finally:
        os._exit(status)


def _serve(job_pipe: int, result_pipe: int) -> None:
    initialise_native()  # while the compiler is still importing
    while (job := read_message(job_pipe, UnitJob)) is not None:
        write_message(result_pipe, compile_unit(job))
