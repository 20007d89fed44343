"""Files with tests: those that are named, and below folders those that look as if they had some."""

import os
import re
from collections.abc import Iterator, Sequence

from qz.driver.testing.spec import SPEC_SUFFIX

_SUFFIX = ".qz"
_HINT = re.compile(rb'^[ \t]*test[ \t]+r?"|@\[?[ \t]*test\b', re.MULTILINE)


def files_with_tests(paths: Sequence[str]) -> Iterator[str]:
    """Every file, once, in a settled order; a path that is not there is given all the same."""
    seen: set[str] = set()
    for path in paths or (".",):
        for found in _below(path) if os.path.isdir(path) else (path,):
            real = os.path.realpath(found)
            if real not in seen:
                seen.add(real)
                yield found


def _below(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.normpath(os.path.join(place, name))
            if name.endswith(_SUFFIX) and not name.startswith(".") and _may_have_tests(path):
                yield path


def _may_have_tests(path: str) -> bool:
    if path.endswith(SPEC_SUFFIX):
        return True
    try:
        with open(path, "rb") as file:
            return _HINT.search(file.read()) is not None
    except OSError:
        return True  # whoever compiles it says what is wrong
