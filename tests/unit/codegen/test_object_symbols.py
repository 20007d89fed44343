"""Sizes of functions, as the tools that come with a C compiler tell them too."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from qz.codegen.object_symbols import function_sizes

C = """
static int hidden(int x) { return x * 3; }
int shown(int x) { return hidden(x) + 1; }
int variable = 3;
int other(void);
int calls(void) { return other(); }
"""


@pytest.mark.skipif(not (shutil.which("cc") and shutil.which("nm")), reason="needs a C compiler")
def test_sizes_are_those_that_nm_tells(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text(C)
    subprocess.run(["cc", "-c", "-O0", "a.c", "-o", "a.o"], cwd=tmp_path, check=True)
    told = subprocess.run(["nm", "-S", "a.o"], cwd=tmp_path, check=True, capture_output=True, text=True)
    rows = [line.split() for line in told.stdout.splitlines()]
    expected = {row[3]: int(row[1], 16) for row in rows if len(row) == 4 and row[2] in "tT"}
    assert set(expected) == {"hidden", "shown", "calls"}
    assert function_sizes((tmp_path / "a.o").read_bytes()) == expected


def test_other_formats_say_nothing() -> None:
    assert function_sizes(b"\xcf\xfa\xed\xfe" + bytes(64)) == {}
