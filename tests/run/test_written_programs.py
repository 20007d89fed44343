"""The programs of README and of the language's reference do what the text below each of them says.

A ```quartz block is a program `example.qz`; the ```text block after it is what it prints, standard output
before standard error. Where that begins with `error[`, the program is refused, with a report that begins so;
where it begins with a command, that is what is run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tidy.project_files import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "language").glob("*.md"))]
PROGRAM = re.compile(r"^```quartz\n(.*?)^```\n\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def programs() -> list[tuple[str, str, str]]:
    """Page and number, program and what it prints."""
    found: list[tuple[str, str, str]] = []
    for page in PAGES:
        texts = PROGRAM.findall(page.read_text(encoding="utf-8"))
        found += [(f"{page.stem}-{n}", *texts[n - 1]) for n in range(1, len(texts) + 1)]
    return found


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all of them, so that the runtime is compiled once."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize(("name", "program", "expected"), programs(), ids=[name for name, *_ in programs()])
def test_program_does_what_is_said(
    name: str, program: str, expected: str, tmp_path: Path, cache: Path
) -> None:
    command = re.match(r"\$ qz (.*)\n", expected)
    words = command.group(1).split() if command else ["run", "--color=never", "example.qz"]
    (tmp_path / words[-1]).write_text(program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "qz", *words],
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
        said = f"{command.group() if command else ''}{done.stdout}{done.stderr}"
        assert said == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_program_says_what_it_does(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(PROGRAM.findall(text)) == text.count("```quartz")
