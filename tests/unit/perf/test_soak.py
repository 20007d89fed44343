"""A process that grows is told from one that does not."""

from __future__ import annotations

import sys

import pytest
from soak import EndedError, grows, watch

STEADY = "import time\nwhile True: [bytes(1000) for _ in range(100)]; time.sleep(0.001)"
GROWING = "import time\nkept = []\nwhile True: kept.append(bytearray(20000)); time.sleep(0.001)"


@pytest.mark.parametrize(("program", "expected"), [(STEADY, False), (GROWING, True)])
def test_growth_is_seen(program: str, expected: bool) -> None:
    assert grows(watch([sys.executable, "-c", program], 3.0, 0.05)) is expected


def test_a_program_that_ends_is_not_watched() -> None:
    with pytest.raises(EndedError, match="exit status 3"):
        watch([sys.executable, "-c", "raise SystemExit(3)"], 5.0, 0.05)
