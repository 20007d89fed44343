"""LLVM's side of a compilation: the workers, the folder for their objects, and what they compile for."""

from types import TracebackType

from qz.base.forked import ForkedProcess
from qz.base.interrupts import interrupts_held
from qz.codegen.machine import Machine, host, host_triple
from qz.codegen.profiles import PROFILES, Profile
from qz.codegen.target import Target, baseline
from qz.codegen.unit import UnitJob, UnitResult
from qz.codegen.worker_pool import WorkerPool
from qz.driver.options import Options
from qz.driver.temporary_folder import TemporaryFolder


def target_of(options: Options, *, here: bool) -> Target:
    """What to generate code for: this very processor if it runs ``here``, else the least of its kind."""
    if here or (options.cpu == "native" and options.target in (None, host_triple())):
        return host()
    return baseline(options.target or host_triple())


class Backend:
    """Made before anything heavy is imported, since it forks; a ``with`` block ends the workers."""

    def __init__(self, options: Options, target: Target) -> None:
        self.options = options
        self.target = target
        self.profile: Profile = PROFILES[options.level]
        with Machine(target, self.profile.codegen_level) as machine:
            self.data_layout = machine.data_layout()  # and the workers inherit what LLVM has set up for it
        self._folder = TemporaryFolder()
        self._pool = WorkerPool(options.n_workers)
        self.results: list[UnitResult] = []

    def __enter__(self) -> "Backend":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with interrupts_held():
            self._pool.close()
            self._folder.remove()

    @property
    def processes(self) -> list[ForkedProcess]:
        """The workers, whose pipes another forked process has to close."""
        return self._pool.processes

    def path(self, name: str) -> str:
        """A place for an intermediate file; all of them go away in the end."""
        return self._folder.path(name)

    def submit(self, job: UnitJob) -> None:
        """Hands a unit to a worker, waiting while all of them are busy."""
        self._pool.submit(job)

    def dismiss(self) -> None:
        """Says that nothing more is to come, so that the workers go while the rest is done."""
        self._pool.dismiss()

    def finish(self) -> None:
        """Waits for everything handed over."""
        self.results += self._pool.finish()
