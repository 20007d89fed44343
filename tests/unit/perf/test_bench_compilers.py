"""The comparison of compilers: what is built when, what comes out, and what stops it."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_compilers import HEADER, main, measure, rows_of
from compilers import COMPILERS, Compiler, chosen
from contenders import BuildError, DisagreementError
from generation.in_c import C
from generation.in_quartz import QUARTZ
from generation.spelling import Spelling
from text_table import markdown_table


def printing(what: str, spelling: Spelling = QUARTZ) -> Compiler:
    """A compiler whose programs print something, and which keeps the sources it saw."""
    script = (
        f"cat {{folder}}/part* | cksum >> {{folder}}/../seen-{spelling.name};"
        f"printf '#!/bin/sh\\necho {what}\\n' > {{folder}}/program; chmod +x {{folder}}/program"
    )
    return Compiler(f"{spelling.name} {what}", spelling, (), ("sh", "-c", script))


def test_each_builds_from_nothing_and_again_after_an_edit(tmp_path: Path) -> None:
    records = measure([printing("7"), printing("7", C)], 3, 1, 2, tmp_path)
    assert [(len(record.builds), len(record.rebuilds)) for record in records.values()] == [(2, 2)] * 2
    for language in ("quartz", "c"):
        first, edited, second, edited_again = (tmp_path / f"seen-{language}").read_text().splitlines()
        assert first == second
        assert len({first, edited, edited_again}) == 3


def test_programs_must_print_the_same(tmp_path: Path) -> None:
    with pytest.raises(DisagreementError, match="c 8, built from nothing: '8'"):
        measure([printing("7"), printing("8", C)], 1, 1, 1, tmp_path)


def test_what_does_not_compile_is_said(tmp_path: Path) -> None:
    wrong = Compiler("wrong", QUARTZ, (), ("sh", "-c", "echo no such type >&2; exit 3"))
    with pytest.raises(BuildError, match="wrong: exit status 3\nno such type"):
        measure([wrong], 1, 1, 1, tmp_path)


def test_the_table_is_markdown(tmp_path: Path) -> None:
    header, rule, row = markdown_table(HEADER, rows_of(measure([printing("7")], 30, 1, 1, tmp_path)))
    assert header.startswith("| compiler | lines | lines/s |")
    assert rule == "|---" + "|---:" * (len(HEADER) - 1) + "|"
    assert row.startswith("| quartz 7 | 1,260 | ")
    assert row.count("|") == header.count("|")


def test_what_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = ("gcc", "rustc", "go", "zig")
    monkeypatch.setattr("compilers.shutil.which", lambda tool: None if tool in absent else tool)
    sides, left_out = chosen([])
    assert [side.name for side in sides] == ["qz dev", "qz -O2", "clang-22 -O0", "clang-22 -O2"]
    assert left_out[0] == "gcc -O0: no gcc"
    assert len(sides) + len(left_out) == len(COMPILERS)


def test_an_unknown_compiler_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["tcc"])
    assert "no such compiler: tcc" in capsys.readouterr().err
