"""Every stage of every golden program is as recorded."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest

from tests.golden.golden_files import STAGES, Golden, all_goldens, read_golden
from tests.golden.stage_dumps import dump

GOLDENS = all_goldens()
MLIR_OPT = shutil.which("mlir-opt-22")


@pytest.fixture(params=GOLDENS, ids=[golden.name for golden in GOLDENS])
def golden(request, tmp_path, monkeypatch) -> Golden:
    """Each golden in turn, its program in a file in the current folder."""
    (tmp_path / f"{request.param.name}.qz").write_text(request.param.source, encoding="utf-8")
    monkeypatch.chdir(tmp_path)  # paths are part of what is recorded
    return request.param


def test_stages(golden, update):
    made = {stage: dump(f"{golden.name}.qz", stage, golden.function, verify=True) for stage in STAGES}
    if update:
        golden.path.write_text(golden._replace(stages=made).text(), encoding="utf-8")
        return
    # Stage by stage: the first that differs is where to look.
    for stage in STAGES:
        assert made[stage].splitlines() == golden.stages.get(stage, "").splitlines(), stage


def test_a_golden_is_read_as_it_is_written():
    for golden in all_goldens():
        assert golden.text() == golden.path.read_text(encoding="utf-8")
        assert tuple(golden.stages) == STAGES


def test_a_stage_shows_the_function_and_no_other():
    for golden in all_goldens():
        others = set(re.findall(r"^ *def (\w+)", golden.source, re.MULTILINE)) - {golden.function}
        assert others, "`main` at least"
        for stage in ("qz", "qz-opt", "cfg", "rt"):
            defined = re.findall(r"func\.func @\S*?\$(\w+)\(", golden.stages[stage])
            assert defined == [golden.function]
        defined = re.findall(r"^define .*?@\S*?\$(\w+)\(", golden.stages["llvm-ir"], re.M)
        assert [name for name in defined if not name.startswith("lambda")] == [golden.function]


def test_reading_fails_on_a_file_without_a_program(tmp_path):
    path = tmp_path / "empty.md"
    path.write_text("# Nothing\n", encoding="utf-8")
    with pytest.raises(KeyError):
        read_golden(path)


@pytest.mark.skipif(MLIR_OPT is None, reason="MLIR's own mlir-opt, version 22, is not installed")
def test_mlir_accepts_the_llvm_stage(golden):
    text = golden.stages["llvm"]
    done = subprocess.run(
        [MLIR_OPT, "-o", os.devnull], input=text, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
