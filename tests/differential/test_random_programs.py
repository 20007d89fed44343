"""Random programs mean the same to the interpreter, at every level, and keep their counts in balance."""

import sys
from pathlib import Path

import pytest

from tests.differential.random_programs import RandomProgram, source_of
from tests.program_files import execute

N_QUICK, N_SLOW = 4, 2000
PER_TEST = 40
RUNS = [
    pytest.param(0, N_QUICK, id="some"),
    *(
        pytest.param(first, PER_TEST, marks=pytest.mark.slow, id=str(first))
        for first in range(0, N_SLOW, PER_TEST)
    ),
]


@pytest.mark.parametrize(("first", "n"), RUNS)
def test_everybody_agrees(first: int, n: int, cache: Path) -> None:
    words = ["--first", str(first), "--programs", str(n)]
    done = execute([sys.executable, "-m", "tests.differential.random_run", *words], cache=cache)
    assert done.status == 0, done.output.decode() + done.errors


def test_a_seed_says_everything() -> None:
    one, other = (source_of([RandomProgram(seed) for seed in range(10)]) for _ in range(2))
    assert one == other
