"""Specs: the language's rules as Quartz programs, each of which says what it expects."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.program_files import TESTS, qz

SPECS = sorted((TESTS / "specs").glob("*_spec.qz"))
_TIMEOUT_SECONDS = 600
OPTIMISED = pytest.param(("-O2", "--overflow=trap"), marks=pytest.mark.slow)
WARNED_OF = {"hybrid_ufcs_traits_spec": ["QZ7017"]}
"""What specs do that programs should not: this one has a method that no call means, to show it."""


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for $XDG_CACHE_HOME that starts empty."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize("options", [(), OPTIMISED], ids=["dev", "O2"])
@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem.removesuffix("_spec"))
def test_spec(path: Path, options: tuple[str, ...], cache: Path) -> None:
    done = subprocess.run(
        qz("test", "--timeout", str(_TIMEOUT_SECONDS), *options, path),
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    assert re.findall(r"\[(QZ\d+)\]", done.stderr) == WARNED_OF.get(path.stem, [])
    assert done.stdout.endswith("main ... ok\n1 passed, 0 failed\n")
