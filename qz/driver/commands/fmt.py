"""`qz fmt`: lays sources out in the one way, in their places."""

import os
import sys
from collections.abc import Iterator, Sequence

from qz.driver.options import Options
from qz.driver.outputs import rewrite
from qz.driver.report import show_diagnostics
from qz.driver.session import Session
from qz.driver.source_files import display_path, read_source, reason

_SUFFIX = ".qz"
_STREAM = "-"


def run_fmt(options: Options, *, check: bool) -> int:
    """Lays out each file, and says which were not so; 1 if something of that could not be, or, where that is
    only to be checked, if some were not."""
    status = 0
    for path in _sources(options.files or (os.curdir,)):
        session = Session(options)
        is_done = _format(session, path, check=check)
        show_diagnostics(session)
        status |= not is_done
    return status


def _sources(paths: Sequence[str]) -> Iterator[str]:
    """The files named, and those below the folders named, in a settled order."""
    for path in paths:
        if not os.path.isdir(path):
            yield path
            continue
        for place, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            sources = (name for name in sorted(names) if name.endswith(_SUFFIX) and not name.startswith("."))
            yield from (os.path.normpath(os.path.join(place, name)) for name in sources)


def _format(session: Session, path: str, *, check: bool) -> bool:
    """Whether a file is as it should be, by now or, to ``check``, already."""
    data = sys.stdin.buffer.read() if path == _STREAM else read_source(path, session.sink)
    if data is None:
        return False
    from qz.driver.laid_out import laid_out

    text = laid_out(session, "<stdin>" if path == _STREAM else path, data)
    if text is None:
        return False
    if path == _STREAM and not check:
        sys.stdout.buffer.write(text)
        return True
    if text == data:
        return True
    print(display_path(path))
    if check:
        return False
    try:
        rewrite(path, data, text)
    except OSError as error:
        session.sink.report("QZ9002", None, path=path, reason=reason(error))
        return False
    return True
