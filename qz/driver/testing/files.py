"""The tests of several files. Each file has a process, which compiles it, loads it and runs its tests."""

import json
import os
import pickle
import select
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple, NoReturn

from qz.driver.options import Options
from qz.driver.temporary_folder import TemporaryFolder
from qz.driver.testing.results import FileResult, TestResult


class _Running(NamedTuple):
    number: int
    pid: int


def run_files(options: Options, paths: Sequence[str], started: float) -> Iterator[FileResult]:
    """The results of the files in the order of the paths, each as soon as those before it are over too."""
    n_processes = max(1, min(options.n_workers, len(paths)))
    n_slots = max(1, options.n_workers // n_processes)
    with TemporaryFolder() as folder:
        running: dict[int, _Running] = {}
        done: dict[int, FileResult] = {}
        n_begun = 0
        for number in range(len(paths)):
            while number not in done:
                while n_begun < len(paths) and len(running) < n_processes:
                    pid = _start(options, paths[n_begun], folder, n_begun, n_slots, started)
                    running[os.pidfd_open(pid)] = _Running(n_begun, pid)
                    n_begun += 1
                for process in select.select(list(running), [], [])[0]:
                    over = running.pop(process)
                    os.close(process)
                    _, state = os.waitpid(over.pid, 0)
                    status = os.waitstatus_to_exitcode(state)
                    done[over.number] = _collect(paths[over.number], folder, over.number, status)
            yield done.pop(number)


def _start(
    options: Options, path: str, folder: TemporaryFolder, number: int, n_slots: int, started: float
) -> int:
    """Begins with a file; the id of its process."""
    sys.stdout.flush()
    sys.stderr.flush()
    said_path = _said_path(folder, number)  # which makes the folder, before the process has one of its own
    pid = os.fork()
    if pid == 0:
        said = os.open(said_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(said, 1)
        os.dup2(said, 2)
        _run_file(options._replace(files=(path,), jobs=n_slots), folder, number, n_slots, started)
    return pid


def _said_path(folder: TemporaryFolder, number: int) -> str:
    return folder.path(f"{number}.said")


def _result_path(folder: TemporaryFolder, number: int) -> str:
    return folder.path(f"{number}.result")


def _run_file(
    options: Options, folder: TemporaryFolder, number: int, n_slots: int, started: float
) -> NoReturn:
    """Compiles a file, runs its tests, leaves the results; ends the process with the compiler's status."""
    status = 70
    try:
        status, tests = _results(options, n_slots, started)
        with open(_result_path(folder, number), "wb") as file:
            pickle.dump(tests, file)
    except KeyboardInterrupt:
        status = 130
    except Exception as error:
        from qz.driver.faults import report_fault

        status = report_fault(error, options)
    finally:
        sys.stderr.flush()
        os._exit(status)


def _results(options: Options, n_slots: int, started: float) -> tuple[int, list[TestResult]]:
    from qz.codegen import jit
    from qz.codegen.library import LlvmError
    from qz.codegen.machine import host
    from qz.driver.own_command import offer_command
    from qz.driver.recall import obtain_objects
    from qz.driver.testing.running import Test, run_loaded

    outcome = obtain_objects(options, host(), started)
    if outcome.status != 0 or not outcome.objects:
        return outcome.status, []
    listed: list[tuple[str, int, bool]] = json.loads(outcome.tests)
    tests = [Test(*test) for test in listed]
    try:
        address = jit.load(outcome.objects)
    except LlvmError as refusal:
        from qz.driver.report import report_alone

        report_alone(options, "QZ9004", *str(refusal).splitlines(), linker="the loader")
        return 1, []
    offer_command()
    return 0, run_loaded(address, options.files[0], tests, n_slots, options.timeout)


def _collect(path: str, folder: TemporaryFolder, number: int, status: int) -> FileResult:
    with open(_said_path(folder, number), "rb") as file:
        said = file.read()
    if status != 0:
        problem = "does not compile" if status == 1 else f"the compiler ended with {status}"
        return FileResult(path, said=said, problem=problem, status=status)
    with open(_result_path(folder, number), "rb") as file:
        return FileResult(path, tuple(pickle.load(file)), said)
