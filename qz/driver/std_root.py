"""Where the standard library lies: the first ``std/`` on the way up from the compiler's own files."""

from functools import cache
from pathlib import Path


class StdMissingError(Exception):
    """The compiler is installed without its library."""


@cache
def std_root() -> Path:
    """The folder ``std`` that belongs to this compiler, in a clone as in an installed wheel."""
    for folder in Path(__file__).resolve().parents:
        if (folder / "std" / "rt").is_dir():
            return folder / "std"
    raise StdMissingError("no folder std/ above the compiler's files")


def runtime_files() -> list[Path]:
    """The modules of the runtime, in a fixed order."""
    return sorted((std_root() / "rt").glob("*.qz"))
