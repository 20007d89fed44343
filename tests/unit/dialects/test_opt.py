"""`qz-opt` runs passes on files, and tells wrong input without a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = """
func.func @f() -> si64 {
  %x = qz.const 2 : si64 -> si64
  %y = qz.mul %x, %x overflow "trap" : si64
  qz.return %y : si64
}
"""


@pytest.fixture
def run(root: Path, tmp_path: Path):
    def run_on(text: str, *words: str) -> subprocess.CompletedProcess[str]:
        file = tmp_path / "input.mlir"
        file.write_text(text)
        command = [sys.executable, "-m", "dialects.opt", str(file), *words]
        return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)

    return run_on


def test_prints_what_it_read(run) -> None:
    done = run(SOURCE)
    assert done.returncode == 0
    assert 'qz.mul %x, %x overflow "trap" : si64' in done.stdout


def test_passes_of_both_kinds(run) -> None:
    ours = run(SOURCE, "-p", "fold_constants,eliminate_dead")
    assert "qz.const 4 : si64" in ours.stdout
    assert "qz.mul" not in ours.stdout
    theirs = run(SOURCE, "-p", "canonicalize")
    assert "qz.const 4 : si64" in theirs.stdout


@pytest.mark.parametrize(
    ("text", "words", "status", "message"),
    [
        ("func.func @f(", (), 1, "expected"),
        (SOURCE.replace('overflow "trap" ', ""), (), 1, "needs an overflow mode"),
        (SOURCE, ("-p", "no_such_pass"), 2, "no_such_pass"),
        (SOURCE, ("-p", "fold_constants,,"), 2, "qz-opt:"),
    ],
)
def test_wrong_input_and_usage(run, text: str, words: tuple[str, ...], status: int, message: str) -> None:
    done = run(text, *words)
    assert done.returncode == status
    assert message.lower() in done.stderr.lower()
    assert "Traceback" not in done.stderr
