"""The JSON form has the fields rustc documents for its own."""

from __future__ import annotations

import json

from qz.base.source import Span
from qz.diagnostics.model import Diagnostic, Fix, Note, Severity
from qz.diagnostics.render_json import render_json, render_json_report
from qz.diagnostics.sink import DiagnosticSink
from tests.diagnostics.source_texts import sources_of, span_of

SPAN_FIELDS = {
    *("file_name", "byte_start", "byte_end", "line_start", "line_end", "column_start", "column_end"),
    *("is_primary", "text", "label", "suggested_replacement", "suggestion_applicability", "expansion"),
}
MESSAGE_FIELDS = {"message", "code", "level", "spans", "children", "rendered"}


def test_an_error_with_everything() -> None:
    sources = sources_of("é = 1\né = 2\n", "other\n")
    first, second = span_of(sources, "é"), span_of(sources, "é", 1)
    diagnostic = Diagnostic(
        "QZ0501",
        Severity.ERROR,
        "`é` is bound twice",
        second,
        "again",
        (Note(first, "first"), Note(None, "remark")),
        "make it `var`",
        Fix(((Span(0, 0, 0), "var "),)),
    )
    line = render_json(diagnostic, sources)
    assert "\n" not in line
    message = json.loads(line)
    assert set(message) == MESSAGE_FIELDS | {"$message_type"}
    assert message["message"] == "`é` is bound twice"
    assert message["code"] == {"code": "QZ0501", "explanation": None}
    assert message["level"] == "error"
    (span,) = message["spans"]
    assert set(span) == SPAN_FIELDS
    assert (span["byte_start"], span["byte_end"]) == (7, 9)
    assert (span["line_start"], span["column_start"], span["line_end"], span["column_end"]) == (2, 1, 2, 2)
    assert span["text"] == [{"text": "é = 2", "highlight_start": 1, "highlight_end": 2}]
    assert (span["label"], span["is_primary"], span["suggested_replacement"]) == ("again", True, None)
    note, remark, help_ = message["children"]
    assert all(set(child) == MESSAGE_FIELDS for child in message["children"])
    assert (note["level"], note["message"], note["spans"][0]["byte_start"]) == ("note", "first", 0)
    assert (remark["message"], remark["spans"]) == ("remark", [])
    assert (help_["level"], help_["message"]) == ("help", "make it `var`")
    assert help_["spans"][0]["suggested_replacement"] == "var "
    assert help_["spans"][0]["suggestion_applicability"] == "MachineApplicable"
    assert message["rendered"].startswith("error[QZ0501]: `é` is bound twice\n --> a.qz:2:1\n")


def test_a_hint_is_a_level_that_rustc_has_and_an_unsure_fix_says_so() -> None:
    sources = sources_of("x = 1\n")
    fix = Fix(((Span(0, 0, 0), "_"),), sure=False)
    message = json.loads(
        render_json(Diagnostic("QZ7005", Severity.HINT, "m", Span(0, 0, 1), fix=fix), sources)
    )
    assert message["level"] == "help"
    (help_,) = message["children"]
    assert help_["spans"][0]["suggestion_applicability"] == "MaybeIncorrect"


def test_hints_are_not_counted_as_left_out() -> None:
    sources = sources_of("abc\n")
    sink = DiagnosticSink(wants_hints=True)
    sink.report("QZ7005", Span(0, 0, 1), name="a")
    assert [json.loads(line)["level"] for line in render_json_report(sink, sources)] == ["help"]


def test_a_span_over_lines_marks_each_of_them() -> None:
    sources = sources_of("ab\ncd\nef\n")
    diagnostic = Diagnostic("QZ0001", Severity.WARNING, "m", Span(0, 1, 7))
    (span,) = json.loads(render_json(diagnostic, sources))["spans"]
    assert [(line["text"], line["highlight_start"], line["highlight_end"]) for line in span["text"]] == [
        ("ab", 2, 3),
        ("cd", 1, 3),
        ("ef", 1, 2),
    ]


def test_a_long_line_does_not_make_a_long_object() -> None:
    sources = sources_of("x" * 10_000_000)
    diagnostic = Diagnostic("QZ0001", Severity.ERROR, "m", Span(0, 5_000_000, 5_000_001))
    line = render_json(diagnostic, sources)
    assert len(line) < 2000
    (text,) = json.loads(line)["spans"][0]["text"]
    assert text["highlight_end"] - text["highlight_start"] == 1


def test_a_report_has_one_object_a_line_and_says_what_was_not_stored() -> None:
    sources = sources_of("abcdef\n")
    sink = DiagnosticSink(max_stored=2)
    for offset in range(5):
        sink.report("QZ9007", Span(0, offset, offset + 1), problem="odd")
    lines = list(render_json_report(sink, sources))
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)
    objects = [json.loads(line) for line in lines]
    assert [entry["level"] for entry in objects] == ["error", "error", "failure-note"]
    assert objects[2]["message"].startswith("3 more")


def test_text_that_is_not_unicode_is_still_json() -> None:
    diagnostic = Diagnostic("QZ9001", Severity.ERROR, "cannot read `a\udcff`", None)
    line = render_json(diagnostic, sources_of())
    assert line.isascii()
    assert json.loads(line)["message"] == "cannot read `a\udcff`"
