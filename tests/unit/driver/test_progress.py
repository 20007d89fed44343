"""The progress line: on terminals only, after a second only, and gone before anything else is written."""

import io

import pytest

from qz.driver.measuring import progress
from qz.driver.measuring.progress import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.fixture
def time(monkeypatch):
    """A clock that the test moves."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


@pytest.mark.parametrize(("stream", "wanted"), [(io.StringIO(), True), (Terminal(), False)])
def test_nothing_is_shown_elsewhere_or_unasked(time, monkeypatch, stream, wanted):
    monkeypatch.setattr(progress.sys, "stderr", stream)
    shown = Progress(wanted=wanted)
    time[0] = 100.0
    shown.tick(1, "f")
    shown.clear()
    assert stream.getvalue() == ""


def test_it_begins_after_a_second_and_does_not_flicker(time, monkeypatch):
    stream = Terminal()
    monkeypatch.setattr(progress.sys, "stderr", stream)
    shown = Progress(wanted=True)
    for n in range(200):
        time[0] = n / 100
        shown.tick(n, f"f{n}")
    lines = stream.getvalue().split("\r\x1b[K")
    assert lines[1].startswith("100 functions, now f100")
    assert 9 <= len(lines) - 1 <= 10
    stream.truncate(0)
    shown.clear()
    shown.clear()
    assert stream.getvalue().strip("\0") == "\r\x1b[K"
