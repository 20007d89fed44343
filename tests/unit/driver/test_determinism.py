"""The same source gives the same bytes, whatever Python's hashes, the workers and the folder are."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent


def compiled(folder: Path, *, seed: int, jobs: int, cache: Path) -> bytes:
    """The object of the tour, compiled in a folder."""
    folder.mkdir()
    shutil.copy(ROOT / "examples" / "tour.qz", folder)
    environment = {
        **os.environ,
        "PYTHONHASHSEED": str(seed),
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(cache),
    }
    command = [sys.executable, "-m", "qz", "compile", "tour.qz", "--emit=obj", "-o", "-", "-j", str(jobs)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True).stdout


def test_hash_seed_workers_and_folder_change_nothing(tmp_path):
    first = compiled(tmp_path / "a", seed=1, jobs=1, cache=tmp_path / "cache")
    second = compiled(tmp_path / "b", seed=2, jobs=2, cache=tmp_path / "cache")
    assert len(first) > 10_000
    assert first == second
