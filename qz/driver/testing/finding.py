"""Files with tests: those that are named, and below folders those that look as if they had some."""

import os
import re
from collections.abc import Iterator

from qz.driver.options import Options
from qz.driver.testing.spec import SPEC_SUFFIX
from qz.driver.watching.paths import note_paths

_SUFFIX = ".qz"
_HINT = re.compile(rb'^[ \t]*test[ \t]+r?"|@\[?[ \t]*test\b', re.MULTILINE)


def files_with_tests(options: Options) -> Iterator[str]:
    """Every file, once, in a settled order; a path that is not there is given all the same."""
    seen: set[str] = set()
    for path in options.files or (".",):
        for found in _below(path, options) if os.path.isdir(path) else (path,):
            real = os.path.realpath(found)
            if real not in seen:
                seen.add(real)
                yield found


def _below(folder: str, options: Options) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        modules = sorted(name for name in names if name.endswith(_SUFFIX) and not name.startswith("."))
        paths = [os.path.normpath(os.path.join(place, name)) for name in modules]
        note_paths(options, (place, *paths))
        yield from filter(_may_have_tests, paths)


def _may_have_tests(path: str) -> bool:
    if path.endswith(SPEC_SUFFIX):
        return True
    try:
        with open(path, "rb") as file:
            return _HINT.search(file.read()) is not None
    except OSError:
        return True  # whoever compiles it says what is wrong
