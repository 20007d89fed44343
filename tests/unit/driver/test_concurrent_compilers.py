"""Compilers that share a cache, and compilers that are killed: what is there in the end is right."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[3]
MODULE = """\
struct Thing
  name: String
  size: Int
end

def make(n: Int): Thing = Thing { name: "thing #{n}", size: n * FACTOR }
def total(all: Vec<Thing>): Int = all.map(x -> x.size).reduce(0, (a, b) -> a + b)
"""
MAIN = """\
import module

def main(): Int
  things = [make(1), make(2), make(3)]
  puts("#{total(things)}")
  return 0
end
"""


def write(folder: Path, factor: int) -> None:
    """The program, which prints six times the factor."""
    folder.mkdir(exist_ok=True)
    (folder / "main.qz").write_text(MAIN)
    (folder / "module.qz").write_text(MODULE.replace("FACTOR", str(factor)))


def start(folder: Path, cache: Path, command: str = "run") -> subprocess.Popen[str]:
    """A compiler at work on the program in a folder."""
    environment = os.environ | {"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-m", "qz.cli.main", command, "main.qz", "-j1"]
    pipe = subprocess.PIPE
    return subprocess.Popen(words, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True)


def test_compilers_at_work_on_the_same_and_other_programs(tmp_path: Path) -> None:
    """All folders have the same path as it is given, so they share an index, too."""
    cache = tmp_path / "cache"
    folders = [tmp_path / name for name in "abc"]
    for turn in range(3):
        running: list[tuple[int, subprocess.Popen[str]]] = []
        for number, folder in enumerate(folders):
            write(folder, 10 * turn + number)
            running += [(10 * turn + number, start(folder, cache)) for _ in range(1 + number % 2)]
        for factor, process in running:
            assert process.communicate(timeout=120) == (f"{6 * factor}\n", "")


def test_compilers_that_are_killed_at_any_moment(tmp_path: Path) -> None:
    cache, folder = tmp_path / "cache", tmp_path / "program"
    rng = Random(4)
    write(folder, 1)
    began = time.monotonic()
    assert start(folder, cache).communicate(timeout=120) == ("6\n", "")
    seconds = time.monotonic() - began
    for factor in range(2, 8):
        write(folder, factor)
        victim = start(folder, cache)
        time.sleep(rng.uniform(0.3, 1.0) * seconds)
        victim.kill()
        victim.communicate(timeout=120)
        if factor % 2:
            assert start(folder, cache).communicate(timeout=120) == (f"{6 * factor}\n", "")
