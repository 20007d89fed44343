"""What every test may rely on."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# Runs on shared machines: a slow example is no failure, and the same commit always tries the same examples.
settings.register_profile("project", deadline=None, derandomize=True, database=None, print_blob=True)
# To look for new examples: HYPOTHESIS_PROFILE=search ./x test tests/unit
settings.register_profile("search", deadline=None, database=None, print_blob=True, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "project"))

# A shell has what it starts in the background ignore interrupts, and so would all that the tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the clone."""
    return Path(__file__).resolve().parent.parent
