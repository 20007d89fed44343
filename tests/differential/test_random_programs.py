"""Random programs mean the same to the interpreter, at every level, and keep their counts in balance."""

from pathlib import Path

import pytest

from lowering.options import DEFAULT_OPTIONS
from tests.differential.random_programs import RandomProgram, source_of
from tests.differential.reference import interpreted
from tests.program_files import execute, qz

PER_FILE = 10
"""Programs in a file. Names have the seed in them, by which what goes wrong is found again."""
N_QUICK = 1
N_FILES = 200
LEVELS = ("-O0", "-O2")
FILES = [*range(N_QUICK), *(pytest.param(n, marks=pytest.mark.slow) for n in range(N_QUICK, N_FILES))]


def programs(file: int) -> list[RandomProgram]:
    """The programs of a file."""
    return [RandomProgram(seed) for seed in range(file * PER_FILE, (file + 1) * PER_FILE)]


@pytest.mark.parametrize("file", FILES)
def test_random_programs(file: int, tmp_path: Path, cache: Path) -> None:
    written = programs(file)
    source = tmp_path / "random.qz"
    source.write_text(source_of(written, catches=True))
    meant = interpreted(source, (), b"")
    assert meant.output.count(b"\n") >= sum(len(program.cases) for program in written)
    for level in LEVELS:
        done = execute(qz("run", source, level, "--overflow=trap"), cache=cache)
        assert done.output.splitlines() == meant.output.splitlines(), done.errors[-2000:]
        assert done.status == meant.status, done.errors[-2000:]


@pytest.mark.parametrize("file", FILES)
def test_counts_of_random_programs(file: int, tmp_path: Path) -> None:
    source = tmp_path / "random.qz"
    source.write_text(source_of(programs(file), catches=False))
    interpreted(source, (), b"", lowering=DEFAULT_OPTIONS)
