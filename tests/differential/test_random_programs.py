"""Random programs mean the same to the interpreter, at every level, and keep their counts in balance."""

from pathlib import Path

import pytest

from lowering.options import DEFAULT_OPTIONS
from tests.differential.random_programs import RandomProgram
from tests.differential.reference import interpreted
from tests.program_files import execute, qz

QUICK = range(6)
SLOW = range(len(QUICK), 150)
LEVELS = ("-O0", "-O2")


@pytest.mark.parametrize("seed", [*QUICK, *(pytest.param(seed, marks=pytest.mark.slow) for seed in SLOW)])
def test_random_program(seed: int, tmp_path: Path, cache: Path) -> None:
    program = RandomProgram(seed)
    source = tmp_path / "random.qz"
    source.write_text(program.source(catches=True))
    meant = interpreted(source, (), b"")
    assert meant.output.count(b"\n") >= len(program.cases)
    for level in LEVELS:
        done = execute(qz("run", source, level, "--overflow=trap"), cache=cache)
        assert (done.output, done.status) == (meant.output, meant.status), done.errors


@pytest.mark.parametrize("seed", [*QUICK, *(pytest.param(seed, marks=pytest.mark.slow) for seed in SLOW)])
def test_counts_of_a_random_program(seed: int, tmp_path: Path) -> None:
    source = tmp_path / "random.qz"
    source.write_text(RandomProgram(seed).source(catches=False))
    interpreted(source, (), b"", lowering=DEFAULT_OPTIONS)
