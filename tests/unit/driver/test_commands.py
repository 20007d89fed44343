"""The commands as their users call them: what goes to which stream, what is written, how it ends."""

import itertools
import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.program_files import execute, qz


@pytest.fixture
def wrong(tmp_path):
    """A program with one error."""
    path = tmp_path / "wrong.qz"
    path.write_text("def main\n  puts(1)\nend\n")
    return path


def test_run_has_the_programs_output_and_status_warm_and_cold(source, cache):
    for _ in range(2):
        assert execute(qz("run", source), cache=cache) == (b"42\n", 5, "")


def test_a_warm_run_imports_neither_numpy_nor_xdsl(source, cache):
    execute(qz("run", source), cache=cache)
    command = qz("run", source)
    command[1:1] = ["-X", "importtime"]
    done = execute(command, cache=cache)
    assert done.output == b"42\n"
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.errors.splitlines()}
    assert "qz" in imported
    assert not imported & {"numpy", "xdsl", "llvmlite", "dialects", "lowering", "dataclasses"}


def test_an_edit_is_seen(source, cache):
    execute(qz("run", source), cache=cache)
    source.write_text(source.read_text().replace("21", "4"))
    assert execute(qz("run", source), cache=cache).output == b"8\n"


def test_other_flags_are_another_program(tmp_path, cache):
    path = tmp_path / "overflow.qz"
    path.write_text('def main\n  var n = 9223372036854775807\n  n += 1\n  puts("#{n}")\nend\n')
    assert execute(qz("run", path), cache=cache).status == 101
    assert execute(qz("run", path, "--overflow=wrap"), cache=cache).output == b"-9223372036854775808\n"
    assert execute(qz("run", path), cache=cache).status == 101


def test_errors_go_to_standard_error_with_status_1(wrong, cache, tmp_path):
    for command in ("run", "check", "compile"):
        done = execute(qz(command, wrong), cache=cache)
        assert (done.output, done.status) == (b"", 1)
        assert "wrong.qz:2:" in done.errors
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".qz"] == []


@pytest.mark.parametrize("kind", ["json", "sarif"])
def test_error_formats_are_machine_readable(wrong, cache, kind):
    done = execute(qz("check", wrong, "--error-format", kind), cache=cache)
    documents = [done.errors] if kind == "sarif" else done.errors.splitlines()
    assert documents
    for document in documents:
        assert re.search(r"QZ\d{4}", document)
        json.loads(document)


@pytest.mark.parametrize(("path", "reason"), [("none.qz", "no such file"), (".", "directory")])
@pytest.mark.parametrize("command", ["run", "check", "compile"])
def test_files_that_cannot_be_read(command, path, reason, tmp_path, cache):
    done = execute(qz(command, tmp_path / path), cache=cache)
    assert done.status == 1
    assert "QZ9001" in done.errors
    assert reason in done.errors


def test_all_kinds_of_output(source, cache, tmp_path):
    stem = tmp_path / "made"
    kinds = "exe,obj,asm,llvm-ir,bc,dep"
    assert execute(qz("compile", source, "-O2", "--emit", kinds, "-o", stem), cache=cache) == (b"", 0, "")
    assert execute([str(stem)]) == (b"42\n", 5, "")
    assert stem.with_suffix(".o").read_bytes().startswith(b"\x7fELF")
    assert "main:" in stem.with_suffix(".s").read_text()
    assert re.search(r"^define .*i32 @main\(", stem.with_suffix(".ll").read_text(), re.MULTILINE)
    assert stem.with_suffix(".bc").read_bytes().startswith(b"BC\xc0\xde")
    rule, _, needed = stem.with_suffix(".d").read_text().partition(": ")
    assert rule.split()[0] == str(stem)
    assert str(source) in needed.split()
    assert any(path.endswith("std/prelude.qz") for path in needed.split())


def test_an_emitted_object_links_by_itself(source, cache, tmp_path):
    made = tmp_path / "made.o"
    execute(qz("compile", source, "--emit", "obj", "-o", made), cache=cache)
    subprocess.run(["cc", "-o", tmp_path / "linked", made, "-lm"], check=True)
    assert execute([str(tmp_path / "linked")]) == (b"42\n", 5, "")


def test_text_may_go_to_standard_output(source, cache):
    done = execute(qz("compile", source, "--emit", "asm", "-o", "-"), cache=cache)
    assert b"\nmain:" in done.output
    assert done.errors == ""


def test_other_machines(source, cache, tmp_path):
    made = tmp_path / "made.o"
    command = qz("compile", source, "--emit", "obj", "--target", "aarch64-unknown-linux-gnu", "-o", made)
    assert execute(command, cache=cache).status == 0
    assert int.from_bytes(made.read_bytes()[18:20], "little") == 183  # EM_AARCH64
    assert "QZ9006" in execute(qz("compile", source, "--target", "moon"), cache=cache).errors


@pytest.mark.parametrize("level", ["-O0", "-O2"])
def test_the_same_input_gives_the_same_bytes(source, cache, tmp_path, level):
    images: set[bytes] = set()
    for number, extra in enumerate((["-j1"], ["-j2"], ["-j2", "--no-cache"], [])):
        out = tmp_path / f"out{number}"
        assert execute(qz("compile", source, level, "-o", out, *extra), cache=cache).status == 0
        images.add(out.read_bytes())
    assert len(images) == 1


def test_without_a_usable_cache_everything_works(source):
    assert execute(qz("run", source), cache=Path("/dev/null")) == (b"42\n", 5, "")


@pytest.mark.parametrize(
    "delays",
    [(0.05, 0.2, 0.5, 0.9), pytest.param([n / 40 for n in range(60)], marks=pytest.mark.slow)],
    ids=["few", "many"],
)
def test_an_interrupt_leaves_the_old_output_and_nothing_else(source, cache, tmp_path, delays):
    out = tmp_path / "out"
    out.write_bytes(b"old")
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "TMPDIR": str(tmp_path)}
    for delay, number in zip(delays, itertools.cycle((signal.SIGINT, signal.SIGTERM)), strict=False):
        process = subprocess.Popen(
            qz("compile", source, "--no-cache", "-o", out), env=environment, stderr=subprocess.PIPE
        )
        time.sleep(delay)
        process.send_signal(number)
        process.communicate(timeout=60)
        if process.returncode == 0:
            out.write_bytes(b"old")  # it was quicker
        assert out.read_bytes() == b"old"
        names = {path.name for path in tmp_path.iterdir()}
        assert names == {"out", "small.qz"}, delay


def test_a_fault_is_reported_with_its_place_and_a_file(source, cache, tmp_path):
    script = tmp_path / "faulty.py"
    script.write_text(
        "import sys\nfrom lowering import to_rt\n"
        "def fail(module, options): raise KeyError('soul')\n"
        "to_rt.apply = fail\n"
        f"sys.argv = ['qz', 'dump-ir', {str(source)!r}, '--stage', 'rt']\n"
        "from qz.cli.main import main\nmain()\n"
    )
    command = [*qz()[:1], str(script)]
    environment = {"TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **environment}, timeout=60, check=False
    )
    assert done.returncode == 70
    assert "Traceback" not in done.stderr
    assert "pass to_rt of small$main" in done.stderr
    (saved,) = re.findall(r"\S+quartz-fault-\S+\.txt", done.stderr)
    assert "KeyError: 'soul'" in Path(saved).read_text()
