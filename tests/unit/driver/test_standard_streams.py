"""The streams and the folder that whoever starts the compiler gives it, and what cannot be written."""

import os
import subprocess
from collections.abc import Callable

import pytest

from qz.driver.measuring.pass_watch import PassWatch
from qz.driver.options import Options
from qz.driver.outputs import write_whole
from qz.driver.standard_streams import UnwritableError, writing
from tests.program_files import qz


def _explained(prepare: Callable[[], None], stdout: int | None) -> tuple[int, str]:
    command = qz("explain", "QZ0107")
    done = subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, preexec_fn=prepare, text=True, check=False
    )
    return done.returncode, done.stderr


def test_output_that_takes_no_more_is_an_error():
    full = os.open("/dev/full", os.O_WRONLY)
    status, errors = _explained(lambda: None, full)
    os.close(full)
    assert status == 1
    assert "error[QZ9002]: cannot write `-`: no space left on device" in errors


def test_output_that_is_closed_leads_nowhere():
    assert _explained(lambda: os.close(1), None) == (0, "")


def test_a_folder_that_is_gone_is_an_error(tmp_path):
    def leave() -> None:
        os.chdir(tmp_path)
        tmp_path.rmdir()

    status, errors = _explained(leave, subprocess.DEVNULL)
    assert status == 1
    assert "error[QZ9001]: cannot read `.`: no such file or directory" in errors


def test_a_failure_is_that_of_what_was_asked_for():
    with pytest.raises(UnwritableError) as caught:
        write_whole("/proc/none", b"")
    assert caught.value.filename == "/proc/none"


def test_a_failure_elsewhere_keeps_its_name():
    with pytest.raises(UnwritableError) as caught, writing("out"):
        open("/proc/none", "wb")  # noqa: SIM115
    assert caught.value.filename == "/proc/none"


def test_nobody_who_reads_is_no_failure():
    with pytest.raises(BrokenPipeError), writing("out"):
        raise BrokenPipeError


def test_a_file_is_no_folder_for_dumps(tmp_path):
    path = tmp_path / "file"
    path.touch()
    with pytest.raises(UnwritableError, match="file"):
        PassWatch(Options(dump_dir=str(path)))
