"""Where the parts that are not Python are: the standard library."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
# A folder called `std` could be anyone's; ours holds the runtime.
_MARKER = "rt"


@cache
def std_root() -> Path:
    """The folder of the bundled standard library.

    An installed package carries it inside (`qz/std`); in a clone it is found by walking up from the package.
    """
    for folder in (_PACKAGE, *_PACKAGE.parents):
        candidate = folder / "std"
        if (candidate / _MARKER).is_dir():
            return candidate
    raise FileNotFoundError(f"no standard library beside or above {_PACKAGE}")
