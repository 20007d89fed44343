"""Folders for intermediate files: there when asked for, and gone whenever the block around them is left."""

import sys
from pathlib import Path
from types import FrameType

import pytest

from qz.driver.temporary_folder import TemporaryFolder


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_it_comes_with_the_first_file(place):
    with TemporaryFolder() as folder:
        assert not list(place.iterdir())
        first, second = Path(folder.path("a")), Path(folder.path("b"))
        first.touch()
        assert first.parent == second.parent
        assert first.parent.stat().st_mode & 0o777 == 0o700
    assert not list(place.iterdir())


def test_an_interrupt_at_any_instruction_leaves_nothing(place):
    """Python raises between any two instructions; here it does so at the first, the second, and so on."""
    is_interrupted, when = True, 0
    while is_interrupted:
        is_interrupted = _interrupted(when)
        assert not list(place.iterdir()), when
        when += 1
    assert when > 20


def _interrupted(when: int) -> bool:
    """Asks for a file, interrupted before instruction ``when``; False where there are not so many."""
    left = when

    def traced(frame: FrameType, event: str, _: object) -> object:
        nonlocal left
        frame.f_trace_opcodes = frame.f_code is TemporaryFolder.path.__code__
        if event == "opcode":
            if left == 0:
                raise KeyboardInterrupt
            left -= 1
        return traced

    try:
        with TemporaryFolder() as folder:
            sys.settrace(traced)
            try:
                Path(folder.path("file")).touch()
            finally:
                sys.settrace(None)
    except KeyboardInterrupt:
        return True
    return False
