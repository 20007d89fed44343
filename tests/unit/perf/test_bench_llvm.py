"""What a build costs over LLVM alone: the table, and what stops it."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_llvm import main


@pytest.mark.slow
def test_a_row_for_each_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "main.qz"
    path.write_text('def main()\n  puts("hello")\nend\n')
    assert main(["--rounds", "1", str(path)]) == 0
    header, _, *rows = capsys.readouterr().out.splitlines()
    assert header.startswith("| profile | build, CPU s | LLVM alone, CPU s | ratio |")
    assert [row.split()[1] for row in rows] == ["dev", "release"]
    for row in rows:
        build, alone, ratio = (float(cell.split()[0]) for cell in row.split("|")[2:5])
        assert build > alone > 0
        assert ratio == pytest.approx(build / alone, abs=0.1 * ratio)


def test_what_does_not_compile_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "main.qz"
    path.write_text("def main() = nothing\n")
    assert main(["--rounds", "1", str(path)]) == 1
    assert "QZ0302" in capsys.readouterr().err
