"""Warnings of a cached program: the same words again, in whatever format."""

from qz.base.source import Span
from qz.diagnostics.model import Diagnostic, Severity
from qz.driver.options import Options
from qz.driver.report import show_diagnostics
from qz.driver.session import Session
from qz.driver.warnings_kept import keep_warnings, show_kept_warnings


def test_warnings_are_shown_again(capfd):
    options = Options(color="never")
    session = Session(options)
    session.sources.add("other.qz", b"")
    source = session.sources.add("main.qz", b"def f\nend\n")
    span = Span(source.file_id, 4, 5)
    session.sink.diagnostics.append(Diagnostic("QZ9007", Severity.WARNING, "odd", span, "here"))
    session.sink.n_warnings = 1
    show_diagnostics(session)
    first = capfd.readouterr().err
    assert "main.qz:1:5" in first
    assert "1 warning" in first
    kept = keep_warnings(session)
    show_kept_warnings(kept, options)
    assert capfd.readouterr().err == first
    show_kept_warnings(kept, options._replace(error_format="json"))
    assert capfd.readouterr().err.startswith("{")


def test_no_warnings_take_no_room():
    assert keep_warnings(Session(Options())) == b""
