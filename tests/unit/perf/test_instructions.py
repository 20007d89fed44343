"""The gate for the speed of generated code: no program executes more instructions than its bar allows."""

from __future__ import annotations

from pathlib import Path

import pytest
from contenders import contenders, program_names
from instructions import (
    BARS,
    CHECKS_BAR,
    MEAN_BAR,
    Counted,
    CountingError,
    can_count,
    count_both,
    count_instructions,
    mean_cost_of_checks,
    mean_ratio,
    other_side,
    rows_of,
)

needs_valgrind = pytest.mark.skipif(not can_count(), reason="valgrind is not here")


def test_every_program_has_a_bar() -> None:
    assert sorted(BARS) == program_names()


def test_table_has_ratios_and_their_mean() -> None:
    counts = [Counted("sum", 50, 100, 50), Counted("sieve", 200, 100, 100)]
    assert mean_ratio(counts) == pytest.approx(1)
    assert [row[4] for row in rows_of(counts)] == ["0.500", "2.000", "1.000"]
    assert [row[6] for row in rows_of(counts)] == ["1.000", "2.000", "1.414"]
    assert [one.is_over for one in counts] == [False, True]


@needs_valgrind
def test_the_same_run_takes_the_same_number() -> None:
    shell = Path("/bin/true")
    assert count_instructions(shell, 1) == count_instructions(shell, 1)


@needs_valgrind
def test_a_run_that_fails_is_not_counted() -> None:
    with pytest.raises(CountingError, match="exit status 1"):
        count_instructions(Path("/bin/false"), 1)


@pytest.mark.slow
@needs_valgrind
def test_no_program_is_over_its_bar(tmp_path: Path) -> None:
    theirs = other_side()
    if theirs is None or theirs.name != "clang-22":
        pytest.skip("the bars are for clang 22")
    ours = contenders(native=False)[0]
    counts = [count_both(name, ours, theirs, tmp_path) for name in BARS]
    assert [(one.program, one.ratio) for one in counts if one.is_over] == []
    assert mean_ratio(counts) <= MEAN_BAR
    assert mean_cost_of_checks(counts) <= CHECKS_BAR
