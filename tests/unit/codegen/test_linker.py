"""Linkers: which is taken, what is run, and what happens when it fails or there is none."""

import errno
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from qz.codegen import linker as linkers
from qz.codegen.linker import Linker, LinkerMissingError, LinkError, find_linker, zig_target
from qz.codegen.machine import Machine, host_triple
from qz.codegen.module import Module
from qz.codegen.profiles import PROFILES
from qz.codegen.start_files import find_start_files
from qz.codegen.target import baseline

from .llvm_text import CALLS_OTHER_UNIT, TWICE, WALKS_ITS_STACK

TRIPLE = host_triple()
PATIENCE_SECONDS = 30
LLD = next(filter(None, map(shutil.which, ("ld.lld", "ld.lld-22"))), None)


def objects(tmp_path: Path, *texts: bytes) -> list[str]:
    names: list[str] = []
    target = baseline(TRIPLE)
    for number, text in enumerate(texts):
        with Machine(target, 0) as machine, Module(text) as module:
            module.prepare(TRIPLE, machine)
            module.optimise(machine, PROFILES["dev"])
            (tmp_path / f"{number}.o").write_bytes(module.object_code(machine))
            names.append(str(tmp_path / f"{number}.o"))
    return names


def only(tmp_path: Path, name: str, program: str) -> str:
    """A folder for $PATH in which there is one program."""
    folder = tmp_path / "path"
    folder.mkdir()
    (folder / name).symlink_to(program)
    return str(folder)


def run(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(path)], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.skipif(shutil.which("cc") is None, reason="no cc")
def test_cc_links_several_objects(tmp_path):
    find_linker(TRIPLE, native=True).link(objects(tmp_path, CALLS_OTHER_UNIT, TWICE), str(tmp_path / "out"))
    assert run(tmp_path / "out").returncode == 42


@pytest.mark.skipif(LLD is None, reason="no lld")
def test_lld_alone_links_a_program_that_can_walk_its_stack(tmp_path):
    linker = find_linker(TRIPLE, native=True, search_path=only(tmp_path, "ld.lld", str(LLD)))
    assert linker.name == "ld.lld"
    linker.link(objects(tmp_path, WALKS_ITS_STACK), str(tmp_path / "out"))
    assert run(tmp_path / "out").stdout == "frames: 2\n"


def test_cc_comes_before_lld(tmp_path):
    folder = tmp_path / "path"
    folder.mkdir()
    for name in ("cc", "ld.lld"):
        (folder / name).symlink_to("/bin/true")
    assert find_linker(TRIPLE, native=True, search_path=str(folder)).name == "cc"


def test_without_any_linker_the_error_names_all_three(tmp_path, monkeypatch):
    monkeypatch.setattr(linkers, "_zig", lambda _: None)
    with pytest.raises(LinkerMissingError) as caught:
        find_linker(TRIPLE, native=True, search_path=str(tmp_path))
    assert all(word in str(caught.value) for word in ("`cc`", "`ld.lld`", "`ziglang`"))


def test_for_another_machine_the_error_names_zig_alone(monkeypatch):
    monkeypatch.setattr(linkers, "_zig", lambda _: None)
    with pytest.raises(LinkerMissingError) as caught:
        find_linker("riscv64-unknown-linux-gnu", native=False)
    assert "ziglang" in str(caught.value)
    assert "`cc`" not in str(caught.value)


@pytest.mark.skipif(shutil.which("cc") is None, reason="no cc")
def test_a_missing_symbol_is_in_the_message(tmp_path):
    with pytest.raises(LinkError) as caught:
        find_linker(TRIPLE, native=True).link(objects(tmp_path, CALLS_OTHER_UNIT), str(tmp_path / "out"))
    assert caught.value.linker == "cc"
    assert "twice" in caught.value.said


def test_a_linker_that_says_nothing_is_still_reported(tmp_path):
    linker = find_linker(TRIPLE, native=True, search_path=only(tmp_path, "cc", "/bin/false"))
    with pytest.raises(LinkError, match="status 1"):
        linker.link([], str(tmp_path / "out"))


def test_start_files_are_searched_in_order(tmp_path):
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
    for name in ("Scrt1.o", "crti.o", "crtn.o", "libgcc_s.so.1"):
        (tmp_path / "second" / name).touch()
    (tmp_path / "first" / "crti.o").touch()
    folders = [str(tmp_path / "first"), str(tmp_path / "second"), str(tmp_path / "third")]
    found = find_start_files("x86_64", folders)
    assert found is not None
    assert found.crti == str(tmp_path / "first" / "crti.o")
    assert found.crt1 == str(tmp_path / "second" / "Scrt1.o")
    assert found.folders == tuple(folders[:2])


def test_start_files_are_all_or_nothing(tmp_path):
    (tmp_path / "Scrt1.o").touch()
    assert find_start_files("x86_64", [str(tmp_path)]) is None


@pytest.mark.parametrize(
    ("triple", "zig"),
    [
        ("x86_64-unknown-linux-gnu", "x86_64-linux-gnu"),
        ("aarch64-linux-musl", "aarch64-linux-musl"),
        ("wasm32-wasi", "wasm32-wasi"),
    ],
)
def test_triples_as_zig_writes_them(triple, zig):
    assert zig_target(triple) == zig


def test_an_interrupt_ends_all_that_the_linker_started(tmp_path):
    """What `cc` calls is not the compiler's child, and would go on writing."""
    begun, held = tmp_path / "begun", tmp_path / "held"
    os.mkfifo(begun)
    os.mkfifo(held)
    child = f"exec 3<>{held}; echo > {begun}; read line <&3"
    linker = Linker("sh", ("sh", "-c", f"({child}) & wait"), ())

    def interrupt() -> None:
        begun.read_text()
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        linker.link([], str(tmp_path / "out"))
    thread.join()
    # What was killed has not ended yet when the signal is sent, and nobody can wait for a child of a child.
    deadline = time.monotonic() + PATIENCE_SECONDS
    while _is_open(held):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _is_open(pipe):
    """Whether somebody has a named pipe open for reading."""
    try:
        os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise
        return False
    return True
