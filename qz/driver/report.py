"""Showing the findings of a session on standard error, in the format asked for."""

import os
import sys
from collections.abc import Iterable
from typing import TextIO

from qz.diagnostics.model import Note
from qz.driver.options import Options
from qz.driver.session import Session
from qz.driver.version import VERSION


def wants_color(choice: str, stream: TextIO = sys.stderr) -> bool:
    """Whether to colour: as told, or by what the stream is."""
    if choice != "auto":
        return choice == "always"
    return stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def show_diagnostics(session: Session) -> None:
    """Writes out everything found so far."""
    session.progress.clear()
    sink, sources, options = session.sink, session.sources, session.options
    if not (sink.diagnostics or options.error_format == "sarif"):
        return  # what shows findings is not even imported, unless it is a document also where there are none
    if options.error_format == "json":
        from qz.diagnostics.render_json import render_json_report

        lines = render_json_report(sink, sources)
    elif options.error_format == "sarif":
        from qz.diagnostics.render_sarif import render_sarif

        lines = iter((render_sarif(sink, sources, VERSION),))
    else:
        from qz.diagnostics.render_text import render_report

        lines = render_report(sink, sources, color=wants_color(options.color))
    sys.stderr.writelines(lines)
    sys.stderr.flush()


def write_lines(lines: Iterable[str]) -> None:
    """Writes lines to standard error, adding the line ends."""
    sys.stderr.writelines(f"{line}\n" for line in lines)
    sys.stderr.flush()


def report_alone(options: Options, code: str, *notes: str, **args: str) -> None:
    """Shows a single finding that has no place in any source."""
    session = Session(options)
    remarks = [Note(None, text) for text in notes]
    session.sink.report(code, None, notes=remarks, label="", help="", fix=None, **args)
    show_diagnostics(session)
