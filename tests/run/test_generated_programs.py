"""Generated programs are accepted, end, and print the same whatever the optimiser does to them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LEVELS = (["-O0"], ["-O1"], ["--profile", "release"])


def run(root: Path, cache: Path, command: list[str]) -> str:
    """The standard output of a command that must succeed and say nothing else."""
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    words = [sys.executable, *command]
    done = subprocess.run(
        words, cwd=root, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


@pytest.mark.parametrize("seed", [11, 12])
def test_every_level_prints_the_same(root: Path, cache: Path, tmp_path: Path, seed: int) -> None:
    words = ["--functions", "40", "--seed", str(seed), "--out", str(tmp_path)]
    program = run(root, cache, ["perf/generate.py", *words])
    outputs = {run(root, cache, ["-m", "qz.cli.main", "run", *level, program]) for level in LEVELS}
    assert len(outputs) == 1
    assert abs(int(outputs.pop())) < 1_000_003
