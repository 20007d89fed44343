"""Copies are copies, and what is shared is shared: random programs do what a model of them does."""

from pathlib import Path

import pytest

from lowering.options import DEFAULT_OPTIONS
from tests.differential.copied_values import CopyingProgram
from tests.differential.reference import interpreted
from tests.program_files import execute, qz

QUICK = range(5)
SLOW = range(len(QUICK), 100)
SEEDS = [*QUICK, *(pytest.param(seed, marks=pytest.mark.slow) for seed in SLOW)]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("level", ["-O0", "-O2"])
def test_program_does_what_the_model_does(seed: int, level: str, tmp_path: Path, cache: Path) -> None:
    program = CopyingProgram(seed)
    source = tmp_path / "copies.qz"
    source.write_text(program.source)
    done = execute(qz("run", source, level), cache=cache)
    assert (done.output.decode(), done.status) == (program.output, 0), done.errors


@pytest.mark.parametrize("seed", SEEDS)
def test_interpreter_does_and_counts_are_in_balance(seed: int, tmp_path: Path) -> None:
    program = CopyingProgram(seed)
    source = tmp_path / "copies.qz"
    source.write_text(program.source)
    for lowering in (None, DEFAULT_OPTIONS):
        assert interpreted(source, (), b"", lowering=lowering).output.decode() == program.output
