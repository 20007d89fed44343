"""README's programs do what the text below each of them says.

A ```quartz block is a program `example.qz`; the ```text block after it is what it prints, standard output
before standard error. Where that begins with `error[`, the program is refused, with a report that begins so.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from qz.driver.stages import STAGES
from tests.tidy.project_files import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = re.compile(r"^```quartz\n(.*?)^```\n\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROGRAMS: list[tuple[str, str]] = PROGRAM.findall(README)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all of them, so that the runtime is compiled once."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize(("program", "expected"), PROGRAMS, ids=range(1, len(PROGRAMS) + 1))
def test_program_does_what_is_said(program: str, expected: str, tmp_path: Path, cache: Path) -> None:
    (tmp_path / "example.qz").write_text(program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "qz", "run", "--color=never", "example.qz"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    if expected.startswith("error["):
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr.startswith(expected)
    else:
        assert done.stdout + done.stderr == expected


def test_every_program_says_what_it_does() -> None:
    assert len(PROGRAMS) == README.count("```quartz") > 2


def test_every_stage_has_its_row() -> None:
    rows = re.findall(r"^\| `(\w[\w-]*)` \|", README, re.MULTILINE)
    assert rows == list(STAGES)
