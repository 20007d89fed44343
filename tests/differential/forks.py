"""Doing something in a fork of this process, which inherits all there is and may do to it what it likes."""

from __future__ import annotations

import os
import pickle
import resource
import traceback
from collections.abc import Callable
from typing import NoReturn, TypeVar

T = TypeVar("T")

MAX_SECONDS = 60
"""Of the processor's time, in each fork: how busy the machine is does not matter."""


class ForkFailedError(Exception):
    """A fork came to no end of its own, or to an exception."""


def in_fork(action: Callable[[], T]) -> T:
    """What an action gives in a fork."""
    read_end, write_end = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(read_end)
        _answer(action, write_end)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        answered = pipe.read()
    _, status = os.waitpid(process, 0)
    if status or not answered:
        raise ForkFailedError(f"a fork ended with {os.waitstatus_to_exitcode(status)}")
    answer, failure = pickle.loads(answered)
    if failure:
        raise ForkFailedError(failure)
    return answer


def limit_time() -> None:
    """Ends this process when it has worked too long."""
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))


def _answer(action: Callable[[], object], pipe: int) -> NoReturn:
    """Never returns: what the caller goes on with is not this process's."""
    limit_time()
    status = 1
    try:
        try:
            answer: tuple[object, str] = (action(), "")
        except Exception:
            answer = (None, traceback.format_exc())
        with os.fdopen(pipe, "wb") as file:
            pickle.dump(answer, file, protocol=5)
        status = 0
    finally:
        os._exit(status)
