"""Rounds of a watched command, each in a process forked from one that has imported the compiler already."""

import gc
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

from qz.base.interrupts import interrupts_held
from qz.driver.interrupts import answer_interrupts, die_of_interrupt, raise_interrupt
from qz.driver.options import Options
from qz.driver.source_files import display_path
from qz.driver.temporary_folder import TemporaryFolder
from qz.driver.watching.paths import WatchedPaths

_SECONDS_BETWEEN_LOOKS = 0.05
_SECONDS_TO_END = 2.0

Command = Callable[[Options, float], int]
"""What is done in each round, given when it began; its exit status."""


def watch(options: Options, command: Command) -> NoReturn:
    """Does it, and again after every change of what it depends on, until the process is told to end."""
    answer_interrupts(raise_interrupt)
    try:
        with TemporaryFolder() as folder:
            number = 0
            while True:
                number += 1
                _do_round(options._replace(noted_paths=folder.path(f"round{number}")), command)
    except KeyboardInterrupt as interrupt:
        die_of_interrupt(*interrupt.args)


def _do_round(options: Options, command: Command) -> None:
    """Begins, and comes back when something has changed, whether it is over then or not."""
    assert options.noted_paths is not None
    paths = WatchedPaths(options.noted_paths, options.files, time.time_ns())
    pid = process = 0
    is_over = False
    try:
        with interrupts_held():  # one that comes now finds a process that it can end
            pid = _fork(options, command)
            process = os.pidfd_open(pid)
        _import_compiler()
        while (changed := paths.changed()) is None:
            if is_over:
                time.sleep(_SECONDS_BETWEEN_LOOKS)
            elif select.select([process], [], [], _SECONDS_BETWEEN_LOOKS)[0]:
                is_over = True
                _say(f"{_how_it_ended(pid)}; waiting for a change")
    finally:
        if process:
            if not is_over:
                _end(pid, process)
            os.close(process)
        with suppress(FileNotFoundError):  # nothing was noted
            os.unlink(options.noted_paths)
    _say(f"`{display_path(changed)}` has changed")


def _fork(options: Options, command: Command) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        status = command(options, time.perf_counter())
        sys.stderr.flush()
        os._exit(status)
    return pid


def _import_compiler() -> None:
    """Has the rounds to come find it in memory: while the first is done, and at no cost afterwards."""
    from qz.driver.quick_imports import quick_imports

    with quick_imports():
        import_module("qz.driver.program")  # and with it everything that any of the commands needs
    gc.freeze()


def _end(pid: int, process: int) -> None:
    """Ends a round: as an interrupt does, so that it can clear up, and by force if it does not heed that."""
    os.kill(pid, signal.SIGTERM)
    if not select.select([process], [], [], _SECONDS_TO_END)[0]:
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def _how_it_ended(pid: int) -> str:
    _, state = os.waitpid(pid, 0)
    status = os.waitstatus_to_exitcode(state)
    return f"ended by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"


def _say(text: str) -> None:
    sys.stderr.write(f"[watch] {text}\n")
    sys.stderr.flush()
