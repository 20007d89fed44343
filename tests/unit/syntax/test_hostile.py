"""Hostile inputs are read or refused within two seconds and a gigabyte, and never raise.

Each runs in a process of its own, which limits its own memory. What counts is what reading adds to that of
the tests, however large they are. The time is processor time; a machine that is busy is no failure, and one
several times slower than usual is allowed for by `PATIENCE`.
"""

from __future__ import annotations

import os
import resource
import sys
import time
import traceback

import pytest

from qz.base.process_memory import peak_rss, status_bytes
from tests.unit.syntax.hostile_inputs import HOSTILE
from tests.unit.syntax.reading import Read

SECONDS = 2.0
PATIENCE = 4.0
GIGABYTE = 1 << 30
# What takes longer than two seconds on a slow machine, because every declaration is parsed as well.
SLOW = {"defs without end", "functions", "impls that never end", "interpolations, crossing lines"}

FINE, RAISED, SLOW_EXIT, LARGE_EXIT = 0, 1, 2, 3


def read_within_limits(data: bytes) -> int:
    """The status of a forked process that reads the input."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = RAISED
    try:
        limit = (status_bytes("VmSize") or 0) + 2 * GIGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resident = peak_rss()  # a forked process begins with what its parent has
        before = time.process_time()
        Read(data).parse_all()
        status = FINE if time.process_time() - before < SECONDS * PATIENCE else SLOW_EXIT
        if peak_rss() - resident > GIGABYTE:
            status = LARGE_EXIT
    except BaseException:
        traceback.print_exc(file=sys.stderr)
    finally:
        os._exit(status)


@pytest.mark.parametrize("name", sorted(set(HOSTILE) - SLOW))
def test_hostile_input(name: str) -> None:
    assert read_within_limits(HOSTILE[name]()) == FINE


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SLOW))
def test_slow_hostile_input(name: str) -> None:
    assert read_within_limits(HOSTILE[name]()) == FINE
