"""``qz check``: the front end alone, over any number of files."""

from qz.driver.checking import checked
from qz.driver.memory_stats import show_statistics
from qz.driver.options import Options
from qz.driver.report import show_diagnostics
from qz.driver.session import wanted_trace


def run_check(options: Options, started: float) -> int:
    """Checks each file as a program of its own; 1 if any is wrong."""
    status = 0
    trace = wanted_trace(options)
    for path in options.files:
        session = checked(options, path, started, trace=trace)
        if options.fix:
            from qz.driver.commands.fix import fix_file

            session = fix_file(options, path, session)
        show_diagnostics(session)
        status |= bool(session.sink.n_errors)
        show_statistics(session)
    return status
