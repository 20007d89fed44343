"""Running tests that were loaded into this process, each in a fork of it.

A fork has everything at hand that the test needs and takes nothing back, so whatever a test does (a panic, an
endless loop, memory laid waste) it does to itself. It leads a process group of its own, of which nothing is
left when it is over.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from qz.codegen import jit
from qz.driver.testing.results import TestResult

_LOOK_EVERY = 0.2  # seconds
_MAX_OUTPUT = 64 << 20  # bytes after which a test is ended
_SHOWN_OUTPUT = 1 << 16
_PANIC_STATUS = 101


class Test(NamedTuple):
    """``is_program`` for one that is a `main`: its exit status decides, and it may end itself."""

    __test__ = False  # of pytest's
    name: str
    line: int
    is_program: bool


class _Running(NamedTuple):
    number: int
    pid: int
    process: int  # a descriptor that is readable when the process is over
    output: int
    returned: int  # the pipe that says so
    ends_by: float


def run_loaded(
    address: int, path: str, tests: Sequence[Test], n_slots: int, timeout: float
) -> list[TestResult]:
    """The results of all tests, by number, at most ``n_slots`` running at a time."""
    results: dict[int, TestResult] = {}
    waiting = list(range(len(tests)))[::-1]
    running: dict[int, _Running] = {}
    try:
        while waiting or running:
            while waiting and len(running) < n_slots:
                started = _start(address, path, waiting.pop(), timeout)
                running[started.process] = started
            over, _, _ = select.select(list(running), [], [], _LOOK_EVERY)
            for each in list(running.values()):
                problem = "" if each.process in over else _reason_to_end(each, timeout)
                if each.process in over or problem:
                    del running[each.process]
                    results[each.number] = _finish(each, tests[each.number], problem)
    finally:
        for each in running.values():
            _kill(each.pid)
    return [results[number] for number in range(len(tests))]


def _start(address: int, path: str, number: int, timeout: float) -> _Running:
    output = os.memfd_create("quartz-test")
    returned, says_so = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        try:
            os.setpgid(0, 0)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(output, 1)
            os.dup2(output, 2)
            jit.run(address, [os.fsencode(path)], number, lambda: os.write(says_so, b"."))
        finally:
            os._exit(70)
    os.close(says_so)
    with suppress(OSError):
        os.setpgid(pid, pid)  # whichever comes first
    return _Running(number, pid, os.pidfd_open(pid), output, returned, time.monotonic() + timeout)


def _reason_to_end(each: _Running, timeout: float) -> str:
    if time.monotonic() > each.ends_by:
        return f"not over after {timeout:g} seconds"
    if os.fstat(each.output).st_size > _MAX_OUTPUT:
        return f"wrote more than {_MAX_OUTPUT >> 20} MB"
    return ""


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _finish(each: _Running, test: Test, problem: str) -> TestResult:
    """End whatever the test has left behind, and say how it went."""
    if problem:
        _kill(each.pid)
    _, state = os.waitpid(each.pid, 0)
    _kill(each.pid)
    has_returned = bool(select.select([each.returned], [], [], 0)[0] and os.read(each.returned, 1))
    output = os.pread(each.output, _SHOWN_OUTPUT, 0)
    for descriptor in (each.process, each.output, each.returned):
        os.close(descriptor)
    problem = problem or _problem(os.waitstatus_to_exitcode(state), test, has_returned=has_returned)
    return TestResult(test.name, test.line, problem, output)


def _problem(status: int, test: Test, *, has_returned: bool) -> str:
    if status == 0:
        return "" if has_returned or test.is_program else "ended the program before its own end"
    if status == _PANIC_STATUS:
        return "panicked"
    if status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return f"exit status {status}"
