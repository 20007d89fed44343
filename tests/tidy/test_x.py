"""`./x` in a small clone whose Python writes down how it was called."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tidy.project_files import ROOT

RECORDER = """#!/bin/sh
printf '%s|' "$PWD" "$@" >> "$X_LOG"
echo >> "$X_LOG"
case $* in *"ruff check"*) exit "${RUFF_STATUS-0}" ;; esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone that is set up, in a folder with a blank in its name."""
    root = tmp_path / "a clone"
    (root / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "x", root / "x")
    (root / "pyproject.toml").write_text("pins")
    for stamp in ("runtime", "dev"):
        (root / ".venv" / f"{stamp}.stamp").write_text("pins")
    python = root / ".venv" / "bin" / "python"
    python.write_text(RECORDER)
    python.chmod(0o755)
    return root


def calls(clone: Path, *words: str, status: int = 0, **environment: str) -> list[list[str]]:
    """Run `x` from another folder with an empty HOME; how Python was called."""
    cwd, log = clone.parent, clone.parent / "log"
    result = subprocess.run(
        [str(clone / "x"), *words],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "HOME": "", "X_LOG": str(log), **environment},
        capture_output=True,
        text=True,
    )
    assert result.returncode == status, result.stderr
    assert result.stdout == ""
    return [line.split("|")[:-1] for line in log.read_text().splitlines()]


def test_other_words_go_to_the_compiler_untouched(clone: Path) -> None:
    assert calls(clone, "run", "a b.qz", "--", "*", "-x") == [
        [str(clone.parent), "-P", "-m", "qz.cli.main", "run", "a b.qz", "--", "*", "-x"]
    ]


def test_x_may_be_reached_through_a_link(clone: Path) -> None:
    link = clone.parent / "link"
    link.symlink_to(clone / "x")
    log = clone.parent / "log"
    subprocess.run([link, "--version"], check=True, env={"PATH": os.environ["PATH"], "X_LOG": str(log)})
    assert "qz.cli.main|--version|" in log.read_text()


def test_test_lints_and_then_runs_the_quick_tests(clone: Path) -> None:
    where = str(clone)
    assert calls(clone, "test", "-k", "spans") == [
        [where, "-m", "ruff", "check", "."],
        [where, "-m", "ruff", "format", "--check", "."],
        [where, "-m", "pyright"],
        [where, "-m", "pytest", "-n", "auto", "-m", "not slow", "-k", "spans"],
    ]


def test_tests_of_programs_go_to_the_compiler(clone: Path) -> None:
    assert calls(clone, "test", "-v", "a b.qz") == [
        [str(clone.parent), "-P", "-m", "qz.cli.main", "test", "-v", "a b.qz"]
    ]


def test_all_takes_the_slow_tests_too(clone: Path) -> None:
    assert calls(clone, "test", "--all", "tests/tidy")[-1] == [
        str(clone), "-m", "pytest", "-n", "auto", "tests/tidy"
    ]  # fmt: skip


def test_a_lint_error_fails_the_run_but_the_tests_still_run(clone: Path) -> None:
    assert calls(clone, "test", status=1, RUFF_STATUS="1")[-1][2] == "pytest"


def test_changed_dependencies_are_installed_first(clone: Path) -> None:
    (clone / "pyproject.toml").write_text("other pins")
    first, setup, run = calls(clone, "run", "a.qz")
    assert first[1:] == ["-m", "pip", "--version"]
    assert setup[1:] == ["-", str(clone), "runtime"]
    assert run[2:4] == ["-m", "qz.cli.main"]


def test_bytecode_is_made_where_python_would_leave_none(clone: Path) -> None:
    folders = [clone / name for name in ("qz", "dialects", "lowering")]
    for folder in folders:
        folder.mkdir()
    wish = {"PYTHONDONTWRITEBYTECODE": "1"}
    compiled = [str(clone.parent), "-m", "compileall", "-q", *map(str, folders)]
    run = [str(clone.parent), "-P", "-m", "qz.cli.main", "--version"]
    assert calls(clone, "--version", **wish) == [compiled, run]
    assert calls(clone, "--version", **wish) == [compiled, run, run]
    (clone / "qz" / "new.py").write_text("")
    assert calls(clone, "--version", **wish) == [compiled, run, run, compiled, run]


def test_scripts_are_valid_for_their_shells() -> None:
    subprocess.run(["sh", "-n", ROOT / "x"], check=True)
    subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=True)
