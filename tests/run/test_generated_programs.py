"""Generated programs are accepted, end, and print the same whatever the optimiser does to them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LEVELS = (["-O0"], ["-O1"], ["--profile", "release"])
BUILDS = {
    "c": ["make", "--silent"],
    "rust": ["rustc", "--edition", "2024", "main.rs", "-o", "program"],
    "zig": ["zig", "build-exe", "main.zig", "-femit-bin=program"],
    "go": ["go", "build", "-o", "program", "."],
}


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


@pytest.mark.slow
@pytest.mark.parametrize("language", BUILDS)
def test_every_language_prints_the_same(root: Path, cache: Path, tmp_path: Path, language: str) -> None:
    build = BUILDS[language]
    if not shutil.which(build[0]):
        pytest.skip(f"no {build[0]} here")
    words = ["perf/generate.py", "--functions", "60", "--seed", "13"]
    run(root, cache, [*words, "--language", language, "--out", str(tmp_path / language)])
    environment = os.environ | {"GOCACHE": str(tmp_path / "go-cache"), "GOPROXY": "off"}
    subprocess.run(build, cwd=tmp_path / language, env=environment, check=True, timeout=300)
    printed = subprocess.check_output([tmp_path / language / "program"], text=True, timeout=60).strip()
    quartz = run(root, cache, [*words, "--out", str(tmp_path / "quartz")])
    assert printed == run(root, cache, ["-m", "qz.cli.main", "run", "-O0", quartz])
