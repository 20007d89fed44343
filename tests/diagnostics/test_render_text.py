"""The text form. The layout expected is that of rustc for the same situation."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qz.base.source import SourceMap, Span
from qz.diagnostics.model import Diagnostic, Fix, Note, Severity
from qz.diagnostics.render_text import counts, render_report, render_text
from qz.diagnostics.sink import DiagnosticSink
from tests.diagnostics.source_texts import shown, sources_of, span_of


def test_one_span_with_a_label() -> None:
    sources = sources_of("def greet(who: Strng)\nend\n")
    assert shown(sources, span_of(sources, "Strng"), label="not found") == (
        "error[QZ0001]: it is wrong\n"
        " --> a.qz:1:16\n"
        "  |\n"
        "1 | def greet(who: Strng)\n"
        "  |                ^^^^^ not found\n"
    )


def test_a_note_in_the_same_file_is_a_mark_in_the_snippet() -> None:
    sources = sources_of("x = 1\ny = 2\nx = 3\n")
    notes = (Note(span_of(sources, "x"), "first bound here"),)
    assert shown(sources, span_of(sources, "x", 1), label="bound again", notes=notes) == (
        "error[QZ0001]: it is wrong\n"
        " --> a.qz:3:1\n"
        "  |\n"
        "1 | x = 1\n"
        "  | - first bound here\n"
        "2 | y = 2\n"
        "3 | x = 3\n"
        "  | ^ bound again\n"
    )


def test_lines_far_apart_are_joined_by_dots() -> None:
    sources = sources_of("def f\n" + "  a\n" * 9 + "<\n")
    notes = (Note(span_of(sources, "def"), "not closed"),)
    assert shown(sources, span_of(sources, "<"), label="here", notes=notes) == (
        "error[QZ0001]: it is wrong\n"
        "  --> a.qz:11:1\n"
        "   |\n"
        " 1 | def f\n"
        "   | --- not closed\n"
        "...\n"
        "11 | <\n"
        "   | ^ here\n"
    )


def test_several_marks_on_one_line_hang_their_labels_below() -> None:
    sources = sources_of("foo(ab, c)\n")
    notes = (
        Note(span_of(sources, "foo"), "the function"),
        Note(span_of(sources, "ab"), "one argument"),
    )
    assert shown(sources, span_of(sources, "c"), label="and another", notes=notes) == (
        "error[QZ0001]: it is wrong\n"
        " --> a.qz:1:9\n"
        "  |\n"
        "1 | foo(ab, c)\n"
        "  | --- --  ^ and another\n"
        "  | |   |\n"
        "  | |   one argument\n"
        "  | the function\n"
    )


def test_a_span_over_several_lines_has_a_bar() -> None:
    sources = sources_of("  y = match x\n    1 => 2\n  end\n")
    span = Span(0, 6, len("  y = match x\n    1 => 2\n  end"))
    assert shown(sources, span, label="no arm for 2") == (
        "error[QZ0001]: it is wrong\n"
        " --> a.qz:1:7\n"
        "  |\n"
        "1 |     y = match x\n"
        "  |  _______^\n"
        "2 | |     1 => 2\n"
        "3 | |   end\n"
        "  | |_____^ no arm for 2\n"
    )


def test_a_bar_from_the_first_character_of_a_line_is_a_slash_and_a_long_one_is_cut() -> None:
    text = "if x\n" + "  a\n" * 20 + "end"
    sources = sources_of(text + "\n")
    assert shown(sources, Span(0, 0, len(text)), label="too long") == (
        "error[QZ0001]: it is wrong\n"
        "  --> a.qz:1:1\n"
        "   |\n"
        " 1 | / if x\n"
        " 2 | |   a\n"
        " 3 | |   a\n"
        " 4 | |   a\n"
        "...  |\n"
        "21 | |   a\n"
        "22 | | end\n"
        "   | |___^ too long\n"
    )


def test_remarks_and_help_follow_the_snippet() -> None:
    sources = sources_of("f(1)\n")
    text = shown(sources, span_of(sources, "1"), notes=(Note(None, "two lines\nof it"),), help="do that")
    assert text.splitlines()[4:] == [
        "  |   ^",
        "  |",
        "  = note: two lines",
        "          of it",
        "  = help: do that",
    ]


def test_a_note_in_another_file_has_a_snippet_of_its_own() -> None:
    sources = sources_of("import b\nf(1)\n", "\n\ndef f(a, b)\n")
    notes = (Note(span_of(sources, "f(a, b)", file_id=1), "defined here"),)
    assert shown(sources, span_of(sources, "f(1)"), notes=notes).splitlines()[4:] == [
        "  | ^^^^",
        "  |",
        "note: defined here",
        " --> b.qz:3:5",
        "  |",
        "3 | def f(a, b)",
        "  |     ^^^^^^^",
    ]


def test_a_fix_that_replaces_shows_before_and_after() -> None:
    sources = sources_of("x: Strng = y\n")
    span = span_of(sources, "Strng")
    text = shown(sources, span, help="did you mean `String`?", fix=Fix(((span, "String"),)))
    assert text.splitlines()[4:] == [
        "  |    ^^^^^",
        "  |",
        "help: did you mean `String`?",
        "  |",
        "1 - x: Strng = y",
        "1 + x: String = y",
        "  |",
    ]


def test_a_fix_that_inserts_marks_what_is_new() -> None:
    sources = sources_of("x = 1\nx = 2\n")
    fix = Fix(((Span(0, 0, 0), "var "),))
    text = shown(sources, span_of(sources, "x", 1), help="make it variable", fix=fix)
    assert text.splitlines()[-4:] == ["help: make it variable", "  |", "1 | var x = 1", "  | +++"]


def test_a_fix_may_take_lines_away() -> None:
    sources = sources_of("a\nb\nc\n")
    text = shown(sources, span_of(sources, "b"), fix=Fix(((Span(0, 2, 4), ""),)))
    assert text.splitlines()[-5:] == ["  |", "help: write this instead", "  |", "2 - b", "  |"]


def test_without_a_place_there_is_no_snippet() -> None:
    assert shown(sources_of(), None, help="make one") == "error[QZ0001]: it is wrong\n  = help: make one\n"


def test_tabs_and_wide_characters_keep_the_caret_in_place() -> None:
    sources = sources_of("\tä日本e\u0301 = x\n")
    lines = shown(sources, span_of(sources, "x")).splitlines()
    assert lines[1] == " --> a.qz:1:10"
    assert lines[3] == "1 |     ä日本e\u0301 = x"
    assert lines[4] == "  | " + " " * (4 + 1 + 4 + 1 + 3) + "^"
    wide = shown(sources, span_of(sources, "日本")).splitlines()[4]
    assert wide == "  |      ^^^^"


@pytest.mark.parametrize("text", ["", "x", "x\n", "\n", "é"])
def test_the_end_of_the_file_can_be_pointed_at(text: str) -> None:
    sources = sources_of(text)
    end = len(text.encode())
    assert "^ here" in shown(sources, Span(0, end, end), label="here")


def test_carriage_returns_are_not_shown() -> None:
    sources = sources_of("a = b\r\nc\r\n")
    assert shown(sources, Span(0, 4, 7)).splitlines()[3:] == ["1 | a = b", "  |     ^"]


def test_nothing_shown_can_command_the_terminal() -> None:
    hostile = "\x1b[31m\x07\x9b\u202e\x00"
    sources = sources_of(f"x = '{hostile}'\n")
    text = shown(
        sources,
        span_of(sources, "x"),
        label=hostile,
        message=hostile,
        notes=(Note(None, hostile),),
        help=hostile,
        fix=Fix(((Span(0, 0, 1), hostile),)),
    )
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_a_long_line_is_shown_around_what_is_marked() -> None:
    sources = sources_of("é" * 100_000 + "HERE" + "ü" * 100_000 + "\n")
    lines = shown(sources, span_of(sources, "HERE"), label="x").splitlines()
    assert lines[1] == " --> a.qz:1:100001"
    assert len(lines[3]) < 150
    assert lines[3].startswith("1 | …é")
    assert lines[3].endswith("ü…")
    assert lines[3].index("HERE") == lines[4].index("^^^^ x")


def test_both_ends_of_a_long_line_can_be_shown() -> None:
    sources = sources_of("START" + "-" * 9999 + "END\n")
    first = shown(sources, span_of(sources, "START")).splitlines()
    assert first[3].startswith("1 | START")
    assert first[4] == "  | ^^^^^"
    last = shown(sources, span_of(sources, "END")).splitlines()
    assert last[3].endswith("-END")
    assert last[3].index("END") == last[4].index("^^^")


def test_a_thousand_findings_in_a_line_of_10_mb_are_shown_in_linear_time() -> None:
    sources = sources_of("x = (" + "é+" * 3_300_000)
    began = time.process_time()
    for offset in range(0, 10_000_000, 10_000):
        notes = (Note(Span(0, 0, 1), "started here"), Note(Span(0, 2, offset + 3), "so far"))
        shown(sources, Span(0, offset, offset + 1), label="here", notes=notes)
    # Decoding the line for each would read 10 GB.
    assert time.process_time() - began < 8


def test_colour_is_only_an_addition() -> None:
    sources = sources_of("x = 1\nx = 2\n")
    arguments = {
        "label": "again",
        "notes": (Note(span_of(sources, "x"), "first"), Note(None, "remark")),
        "help": "var",
        "fix": Fix(((Span(0, 0, 0), "var "),)),
    }
    plain = shown(sources, span_of(sources, "x", 1), **arguments)
    colored = shown(sources, span_of(sources, "x", 1), color=True, **arguments)
    assert "\x1b[1;31m" in colored
    assert "\x1b" not in plain
    stripped = re.sub(r"\x1b\[[\d;]*m", "", colored)
    assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()


def report(n_errors: int, n_warnings: int, max_errors: int = 50) -> list[str]:
    """A report over a file with that many findings."""
    sources = sources_of("x\n" * 300)
    sink = DiagnosticSink()
    for line in reversed(range(n_errors)):
        sink.report("QZ9007", Span(0, 2 * line, 2 * line + 1), problem=f"number {line}")
    sink.n_warnings += n_warnings
    return list(render_report(sink, sources, max_errors=max_errors))


def test_a_report_is_in_source_order_and_ends_with_the_counts() -> None:
    *found, last = report(2, 0)
    assert ["number 0" in found[0], "number 1" in found[1]] == [True, True]
    assert last == "error: 2 errors emitted\n"


def test_a_report_stops_at_fifty_errors_and_counts_the_others() -> None:
    *found, more, last = report(63, 0)
    assert len(found) == 50
    assert more == "13 more errors\n"
    assert last == "error: 63 errors emitted\n"


def test_a_clean_run_reports_nothing() -> None:
    assert report(0, 0) == []


def test_counts_name_both_kinds() -> None:
    sink = DiagnosticSink()
    sink.n_errors, sink.n_warnings = 1, 2
    assert counts(sink) == "error: 1 error, 2 warnings emitted\n"
    sink.n_errors = 0
    assert counts(sink) == "warning: 2 warnings emitted\n"


TEXTS = st.text(alphabet="ab \n\r\té日\u0301\x1b", max_size=400)
SPANS = st.tuples(st.integers(0, 900), st.integers(0, 900)).map(lambda ends: Span(0, min(ends), max(ends)))


@given(
    TEXTS, SPANS, st.lists(SPANS, max_size=4), st.lists(st.tuples(SPANS, TEXTS), max_size=3), st.booleans()
)
def test_any_spans_of_any_text_can_be_shown(
    text: str, span: Span, others: list[Span], edits: list[tuple[Span, str]], color: bool
) -> None:
    sources = SourceMap()
    sources.add("a.qz", text.encode())
    notes = tuple(Note(other, "other") for other in others)
    found = Diagnostic("QZ0001", Severity.ERROR, "m", span, "label", notes, "", Fix(tuple(edits)))
    lines = render_text(found, sources, color=color).splitlines()
    assert sum("label" in line for line in lines) == 1
    assert all(len(line) < 700 for line in lines)
