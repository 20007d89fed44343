"""``qz check``: the front end alone, over any number of files."""

from typing import TYPE_CHECKING

from qz.driver.memory_stats import show_statistics
from qz.driver.options import Options
from qz.driver.quick_imports import quick_imports
from qz.driver.report import show_diagnostics
from qz.driver.session import Session, wanted_trace

if TYPE_CHECKING:
    from qz.driver.trace import Trace


def run_check(options: Options, started: float) -> int:
    """Checks each file as a program of its own; 1 if any is wrong."""
    status = 0
    trace = wanted_trace(options)
    for path in options.files:
        session = checked(options, path, started, trace=trace)
        if options.fix:
            from qz.driver.fix import fix_file

            session = fix_file(options, path, session)
        show_diagnostics(session)
        status |= bool(session.sink.n_errors)
        status |= show_statistics(session)
    return status


def checked(
    options: Options,
    path: str,
    started: float | None = None,
    data: bytes | None = None,
    trace: "Trace | None" = None,
) -> Session:
    """A session in which the program of that main file (or of ``data`` in its place) was checked."""
    with quick_imports():
        from qz.driver.build import Build
    session = Session(options._replace(files=(path,)), started, trace)
    session.sink.wants_hints = True
    build = Build(session)
    session.ready()
    if build.load(path, data):
        build.check_all()
    return session
