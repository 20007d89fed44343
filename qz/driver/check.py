"""``qz check``: the front end alone, over any number of files."""

from qz.driver.memory_stats import show_statistics
from qz.driver.options import Options
from qz.driver.quick_imports import quick_imports
from qz.driver.report import show_diagnostics
from qz.driver.session import Session


def run_check(options: Options, started: float) -> int:
    """Checks each file as a program of its own; 1 if any is wrong."""
    with quick_imports():
        from qz.driver.build import Build
    status = 0
    for path in options.files:
        session = Session(options._replace(files=(path,)), started)
        build = Build(session)
        session.ready()
        if build.load(path):
            build.check_all()
        show_diagnostics(session)
        status |= bool(session.sink.n_errors)
        show_statistics(session, 0)
    return status
