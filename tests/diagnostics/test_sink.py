"""The sink: wording, counting, bounds."""

from __future__ import annotations

import pytest

from qz.base.mem_usage import MemUsage
from qz.base.source import Span
from qz.diagnostics import registry, sink
from qz.diagnostics.model import Severity, error, hint, warning
from qz.diagnostics.registry import CodeTableError
from qz.diagnostics.sink import DiagnosticSink, clip


@pytest.fixture(autouse=True)
def _codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes of our own."""
    table = {
        "QZ0001": error("QZ0001", "title", "`{name}` has {n} of {missing}"),
        "QZ7001": warning("QZ7001", "title", "careful"),
        "QZ7005": hint("QZ7005", "title", "by the way"),
    }
    monkeypatch.setattr(registry, "all_codes", lambda: table)


def test_the_template_is_filled_and_what_is_missing_shows_its_name() -> None:
    found = DiagnosticSink()
    found.report("QZ0001", None, name="a{b}c", n=3)
    assert found.diagnostics[0].message == "`a{b}c` has 3 of {missing}"


def test_errors_and_warnings_are_counted_apart() -> None:
    found = DiagnosticSink()
    found.report("QZ0001", Span(0, 0, 1), name="", n=0)
    found.report("QZ7001", Span(0, 0, 1))
    found.report("QZ7001", Span(0, 1, 2))
    assert (found.n_errors, found.n_warnings) == (1, 2)
    assert found.diagnostics[1].severity is Severity.WARNING


def test_the_same_code_at_the_same_place_counts_once() -> None:
    found = DiagnosticSink()
    for span in (Span(0, 0, 1), Span(0, 0, 1), Span(1, 0, 1), Span(0, 0, 2)):
        found.report("QZ7001", span)
    assert found.n_warnings == 3
    found.report("QZ7001", None)
    found.report("QZ7001", None)
    assert found.n_warnings == 5


def test_an_error_met_again_is_known_to_have_been_met() -> None:
    found = DiagnosticSink()
    for _ in range(2):
        found.report("QZ0001", Span(0, 0, 1), name="", n=0)
        found.report("QZ7001", Span(0, 0, 1))
    assert (found.n_errors, found.n_error_reports, len(found.diagnostics)) == (1, 2, 2)


def test_what_is_the_same_mistake_is_one_report_with_notes_of_a_few_places() -> None:
    found = DiagnosticSink()
    for n in range(7):
        found.report("QZ0001", Span(0, n, n + 1), name="a", n=n, same=("a", n))
        found.report("QZ0001", Span(0, n, n + 1), name="a", n=n, same=("a", n))
    found.report("QZ0001", Span(0, 9, 10), name="b", n=0, same=("b",))
    first, other = found.diagnostics
    assert [note.span and note.span.start for note in first.notes] == [1, 2, 3, 4, None]
    assert (first.notes[0].text, first.notes[-1].text) == ("`a` has 1 of {missing}", "and in 2 more places")
    assert other.notes == ()
    assert (found.n_errors, found.n_error_reports) == (2, 15)


def test_what_is_reported_apart_is_for_somebody_else_to_add() -> None:
    found, other = DiagnosticSink(), DiagnosticSink()
    for sink_of_both in (found, other):
        sink_of_both.report("QZ7001", Span(0, 0, 1))
    for _ in range(2):
        with other.apart() as reported:
            other.report("QZ7001", Span(0, 0, 1))
            other.report("QZ7001", Span(0, 2, 3))
            other.report("QZ0001", None, name="", n=0)
        assert [each.span for each in reported] == [Span(0, 2, 3), None]
        for each in reported:
            found.add(each)
    assert (len(other.diagnostics), other.n_errors) == (1, 2)
    assert [each.span for each in found.diagnostics] == [Span(0, 0, 1), Span(0, 2, 3), None, None]
    assert (found.n_warnings, found.n_errors) == (2, 2)


def test_hints_are_for_who_asks_for_them() -> None:
    for wants, expected in ((False, []), (True, [Severity.HINT])):
        found = DiagnosticSink(wants_hints=wants)
        found.report("QZ7005", Span(0, 0, 1))
        assert (found.n_errors, found.n_warnings) == (0, 0)
        assert [diagnostic.severity for diagnostic in found.diagnostics] == expected


def test_storage_is_bounded_and_warnings_do_not_crowd_out_errors() -> None:
    found = DiagnosticSink(max_stored=10)
    for offset in range(10_000):
        found.report("QZ7001", Span(0, offset, offset + 1))
    found.report("QZ0001", Span(0, 0, 1), name="", n=0)
    assert (found.n_errors, found.n_warnings, len(found.diagnostics)) == (1, 10_000, 11)
    usage = MemUsage()
    usage.collect("sink", found)
    assert 0 < usage.total_reserved < 20_000


def test_long_arguments_are_clipped() -> None:
    found = DiagnosticSink()
    found.report("QZ0001", None, name="x" * 10_000_000, n=0)
    assert len(found.diagnostics[0].message) < 250
    assert clip("a" * 300 + "b" * 300, 100) == "a" * 60 + "…" + "b" * 39
    assert clip("a" * 100, 100) == "a" * 100


def test_findings_are_put_in_source_order() -> None:
    found = DiagnosticSink()
    spans = [Span(1, 0, 1), Span(0, 9, 10), Span(0, 2, 3)]
    for span in spans:
        found.report("QZ7001", span)
    found.report("QZ7001", None)
    assert [diagnostic.span for diagnostic in found.in_source_order()] == [None, spans[2], spans[1], spans[0]]


def test_a_code_that_nobody_defined_is_a_fault() -> None:
    with pytest.raises(CodeTableError):
        DiagnosticSink().report("QZ0099", None)
    assert sink.lookup("QZ7001").title == "title"


def test_names_are_looked_for_while_errors_are_few() -> None:
    found = DiagnosticSink()
    for place in range(99):
        found.report("QZ0001", Span(0, place, place + 1), name="", n=0)
    assert found.suggests
    found.report("QZ0001", Span(0, 99, 100), name="", n=0)
    assert not found.suggests


def test_what_could_not_be_read_and_what_it_is_a_part_of_are_reported_once() -> None:
    found = DiagnosticSink()
    found.garble(Span(0, 10, 20))
    for span in (Span(0, 0, 10), Span(0, 12, 30), Span(0, 5, 25), Span(0, 21, 25), Span(1, 5, 25)):
        found.report("QZ7001", span)
    assert [diagnostic.span for diagnostic in found.diagnostics] == [
        *(Span(0, 0, 10), Span(0, 21, 25), Span(1, 5, 25))
    ]
