"""Did you mean: distances against a plain reference, and what people mistype."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qz.diagnostics.suggest import did_you_mean, edit_distance, nearest

WORDS = st.text(alphabet="abc", max_size=7)


def reference(a: str, b: str) -> int:
    """Optimal string alignment distance straight from its recurrence."""

    @cache
    def distance(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        found = min(
            distance(i - 1, j) + 1, distance(i, j - 1) + 1, distance(i - 1, j - 1) + (a[i - 1] != b[j - 1])
        )
        if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
            found = min(found, distance(i - 2, j - 2) + 1)
        return found

    return distance(len(a), len(b))


@given(WORDS, WORDS, st.integers(0, 8))
def test_distance_is_that_of_the_recurrence_up_to_the_limit(a: str, b: str, limit: int) -> None:
    expected = reference(a, b)
    assert edit_distance(a, b, limit) == (expected if expected <= limit else None)


KNOWN = ["String", "StringBuilder", "Int", "vec_push", "vec_pop", "max_size", "println", "length", "x", "y"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Strng", "String"),
        ("Stirng", "String"),
        ("string", "String"),
        ("STRING", "String"),
        ("vec_psuh", "vec_push"),
        ("size_max", "max_size"),
        ("lenght", "length"),
        ("printn", "println"),
        ("int", "Int"),
    ],
)
def test_slips_of_the_pen_are_recognised(name: str, expected: str) -> None:
    assert nearest(name, KNOWN) == [expected]
    assert did_you_mean(name, KNOWN) == f"did you mean `{expected}`?"


@pytest.mark.parametrize("name", ["banana", "q", "", "zz", "Map", "x" * 1_000_000])
def test_without_a_likely_candidate_nothing_is_suggested(name: str) -> None:
    assert nearest(name, KNOWN) == []
    assert did_you_mean(name, ["unrelated"]) == ""


def test_the_name_itself_is_no_suggestion() -> None:
    assert nearest("length", ["length"]) == []


def test_several_come_best_first_and_once() -> None:
    assert nearest("vec_puh", ["vec_pop", "vec_push", "vec_push"], n=3) == ["vec_push", "vec_pop"]


def test_words_of_other_languages_are_known() -> None:
    assert did_you_mean("length", ["lend", "size"]) == "did you mean `size`?"
    assert did_you_mean("is_some?", ["none?", "some?"]) == "did you mean `some?`?"
    assert did_you_mean("println", ["print", "puts"]) == "did you mean `puts`?"
    assert did_you_mean("length", ["lengths"]) == "did you mean `lengths`?"


@pytest.mark.parametrize(
    ("elsewhere", "here"),
    [
        ("is_digit", "digit?"),
        ("alpha?", "letter?"),
        ("inject", "reduce"),
        ("each_slice", "chunks"),
        ("drop", "skip"),
    ],
)
def test_what_other_languages_call_it(elsewhere: str, here: str) -> None:
    assert (
        did_you_mean(elsewhere, ["digit?", "letter?", "reduce", "chunks", "skip"])
        == f"did you mean `{here}`?"
    )
