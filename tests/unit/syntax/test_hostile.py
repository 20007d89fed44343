"""Hostile inputs are read or refused within two seconds and a gigabyte, and never raise.

Each runs in a process of its own, which limits its own memory. The time is processor time; a machine that is
busy is no failure, and one several times slower than usual is allowed for by `PATIENCE`.
"""

from __future__ import annotations

import os
import resource
import sys
import time
import traceback

import pytest

from tests.unit.syntax.hostile_inputs import HOSTILE
from tests.unit.syntax.reading import Read

SECONDS = 2.0
PATIENCE = 4.0
GIGABYTE = 1 << 30
# What takes longer than two seconds on a slow machine, because every declaration is parsed as well.
SLOW = {"defs without end", "functions", "impls that never end", "interpolations, crossing lines"}

FINE, RAISED, SLOW_EXIT = 0, 1, 2


def read_within_limits(data: bytes) -> int:
    """The status of a forked process that reads the input."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = RAISED
    try:
        resource.setrlimit(resource.RLIMIT_AS, (2 * GIGABYTE, 2 * GIGABYTE))
        before = time.process_time()
        Read(data).parse_all()
        status = FINE if time.process_time() - before < SECONDS * PATIENCE else SLOW_EXIT
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > GIGABYTE:
            status = RAISED
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
