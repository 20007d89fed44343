"""The files of the project as the tidy tests see them: what git tracks, and what is new and not ignored."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("qz", "dialects", "lowering")


@cache
def project_files() -> tuple[Path, ...]:
    """Every file, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    names = (Path(name) for name in listed.split("\0") if name)
    return tuple(sorted({name for name in names if (ROOT / name).is_file()}))


def python_files(*folders: str) -> list[Path]:
    """The .py files, or those under some top-level folders."""
    return [
        path for path in project_files() if path.suffix == ".py" and (not folders or path.parts[0] in folders)
    ]
