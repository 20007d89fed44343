"""Outputs: whole or not at all."""

import os
import resource
import subprocess
import sys
import textwrap

import pytest

from qz.driver.outputs import output_paths, whole_file, write_whole


def test_a_file_is_replaced(tmp_path):
    path = tmp_path / "out"
    path.write_bytes(b"old")
    write_whole(str(path), b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_whatever_goes_wrong_leaves_the_old_file_and_nothing_else(tmp_path, error):
    path = tmp_path / "out"
    path.write_bytes(b"old")

    def fail() -> None:
        with whole_file(str(path)) as beside:
            with open(beside, "wb") as file:
                file.write(b"half")
            raise error

    with pytest.raises(error):
        fail()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out"]


def test_what_is_no_file_is_written_to_and_stays(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(str(path), b"new")
    assert os.read(reader, 10) == b"new"
    os.close(reader)
    assert path.is_fifo()
    assert os.listdir(tmp_path) == ["pipe"]


def test_a_full_disk_leaves_the_old_file(tmp_path):
    path = tmp_path / "out"
    path.write_bytes(b"old")
    script = textwrap.dedent(
        f"""
        import resource, signal
        from qz.driver.outputs import write_whole
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, {resource.RLIM_INFINITY}))
        try:
            write_whole({str(path)!r}, bytes(100_000))
        except OSError as error:
            print(error.errno)
        """
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "27\n"  # EFBIG, as good as ENOSPC
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out"]


def test_a_dash_is_standard_output(capfdbinary):
    write_whole("-", b"artefact")
    assert capfdbinary.readouterr().out == b"artefact"


@pytest.mark.parametrize(
    ("output", "emit", "paths"),
    [
        (None, ("exe",), {"exe": "tour"}),
        (None, ("asm",), {"asm": "tour.s"}),
        (None, ("obj", "dep"), {"obj": "tour.o", "dep": "tour.d"}),
        ("bin/x", ("exe",), {"exe": "bin/x"}),
        ("x.txt", ("llvm-ir",), {"llvm-ir": "x.txt"}),
        ("bin/x", ("exe", "llvm-ir", "bc"), {"exe": "bin/x", "llvm-ir": "bin/x.ll", "bc": "bin/x.bc"}),
    ],
)
def test_names_of_outputs(output, emit, paths):
    assert output_paths("examples/tour.qz", output, emit) == paths
