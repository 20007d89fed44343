"""Several workers, handed units as they come; bounded, so that units never pile up in memory."""

import select
from types import TracebackType

from qz.base.forked import ForkedProcess, ProcessDiedError
from qz.codegen.fault import CompilerFault, save_reproducer
from qz.codegen.unit import UnitJob, UnitResult
from qz.codegen.worker import Worker


class WorkerPool:
    """Workers started at once, early, while the process is small and has no threads.

    `submit` blocks while every worker is busy: at most one unit waits per worker, inside it.
    """

    def __init__(self, n_workers: int) -> None:
        self._workers: list[Worker] = []
        self._results: dict[str, UnitResult] = {}
        self._order: list[str] = []
        for _ in range(n_workers):
            self._workers.append(Worker(self._workers))

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def processes(self) -> list[ForkedProcess]:
        """All of them, whose pipes another forked process has to close."""
        return list(self._workers)

    def submit(self, job: UnitJob) -> None:
        """Gives ``job`` to an idle worker, waiting for one if need be. Names of units are unique."""
        worker = next((each for each in self._workers if each.job is None), None) or self._wait()
        self._order.append(job.name)
        try:
            worker.start(job)
        except ProcessDiedError as death:
            raise _fault(job, str(death)) from death

    def finish(self) -> list[UnitResult]:
        """Waits for every unit handed over so far; their results in that order."""
        while any(worker.job is not None for worker in self._workers):
            self._wait()
        results = [self._results.pop(name) for name in self._order]
        self._order.clear()
        return results

    def dismiss(self) -> None:
        """Tells every worker to end, also those in the middle of something; `close` waits for them.

        Giving back LLVM's memory takes a few milliseconds, in which something else can be done.
        """
        for worker in self._workers:
            worker.end()

    def close(self) -> None:
        """Ends every worker and waits until they are gone."""
        self.dismiss()
        for worker in self._workers:
            worker.wait()
        self._workers.clear()

    def _wait(self) -> Worker:
        busy = {worker.read_pipe: worker for worker in self._workers if worker.job is not None}
        ready, _, _ = select.select(list(busy), [], [])
        worker = busy[ready[0]]
        job = worker.job
        assert job is not None
        try:
            result = worker.receive()
        except ProcessDiedError as death:
            raise _fault(job, str(death)) from death
        if result.file_error:
            raise OSError(result.file_error)
        if result.error:
            raise _fault(job, result.error)
        self._results[result.name] = result
        return worker


def _fault(job: UnitJob, message: str) -> CompilerFault:
    header = f"unit {job.name}, profile {job.profile}, target {job.target.triple} {job.target.cpu}"
    return CompilerFault(f"LLVM failed on unit `{job.name}`: {message}", save_reproducer(job.text, header))
