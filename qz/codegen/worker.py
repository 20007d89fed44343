"""A forked process that compiles codegen units, one at a time.

LLVM ends the process when something is wrong with itself; a worker's death leaves the compiler alive to
report it. And where Python allows one thread at a time, workers run side by side with the front end.

A `UnitJob` goes in, and a `UnitResult` comes back.
"""

import os

from qz.base.forked import ForkedProcess, read_message, write_message
from qz.codegen.library import LlvmError
from qz.codegen.machine import initialise_native
from qz.codegen.unit import UnitJob, UnitResult, compile_unit


class Worker(ForkedProcess):
    """The compiler's side of one worker: at most one job is under way in it."""

    def __init__(self, others: list["Worker"]) -> None:
        """Forks, and closes the child's copies of the pipes of the ``others``."""
        self.job: UnitJob | None = None
        super().__init__("the code generator", _serve, others)

    def start(self, job: UnitJob) -> None:
        """Hands over a job; the worker is idle, so it takes the text as fast as the pipe carries it."""
        self.job = job
        self.write(job)

    def receive(self) -> UnitResult:
        """Waits for the result of the job under way."""
        result = self.read(UnitResult)
        self.job = None
        return result

    def end(self) -> None:
        """Ends the process, whatever it is doing; `wait` for it afterwards. Doing so twice is fine."""
        if self.job is not None:
            self.kill()
        self.close_pipes()


def _serve(job_pipe: int, result_pipe: int) -> int:
    try:
        initialise_native()  # while the compiler is still importing
        while (job := read_message(job_pipe, UnitJob)) is not None:
            write_message(result_pipe, compile_unit(job))
    except (LlvmError, OSError, MemoryError) as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        return 1
    return 0
