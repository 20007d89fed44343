"""The tables of codes hang together, and contradictions are found."""

from __future__ import annotations

import re
import string
from collections.abc import Generator
from itertools import pairwise
from types import SimpleNamespace

import pytest

from qz.diagnostics import registry
from qz.diagnostics.model import CodeSpec, Severity, error
from qz.diagnostics.registry import FAMILIES, CodeTableError, all_codes


@pytest.fixture(autouse=True)
def _fresh() -> Generator[None]:
    all_codes.cache_clear()
    yield
    all_codes.cache_clear()


def test_codes_are_well_formed_and_in_order() -> None:
    codes = list(all_codes())
    assert codes == sorted(codes)
    assert all(re.fullmatch(r"QZ\d{4}", code) for code in codes)


def test_no_lint_fails_a_compilation() -> None:
    assert all(
        spec.severity is not Severity.ERROR
        for spec in all_codes().values()
        if "QZ7000" <= spec.code < "QZ7300"
    )


@pytest.mark.parametrize("spec", all_codes().values(), ids=lambda spec: spec.code)
def test_wording_follows_the_house(spec: CodeSpec) -> None:
    for text in (spec.title, spec.template):
        assert text
        assert text == text.strip()
        assert not text.endswith((".", "!"))
        assert not re.match("[A-Z][a-z]", text), "lower case, names apart"
    fields = [name for _, name, _, _ in string.Formatter().parse(spec.template) if name is not None]
    assert all(name.isidentifier() for name in fields), "only plain names: sink.report fills them"


def test_families_do_not_overlap() -> None:
    ordered = sorted(FAMILIES, key=lambda family: family.first)
    assert all(before.last < behind.first for before, behind in pairwise(ordered))


def with_tables(monkeypatch: pytest.MonkeyPatch, **tables: tuple[CodeSpec, ...]) -> None:
    """Let the tables of codes be these."""
    monkeypatch.setattr(
        registry,
        "import_module",
        lambda name: SimpleNamespace(CODES=tables.get(name.rpartition(".")[2], ())),
    )


def test_a_code_defined_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with_tables(monkeypatch, names=(error("QZ0301", "a", "a"), error("QZ0301", "b", "b")))
    with pytest.raises(CodeTableError, match="QZ0301 is defined twice"):
        all_codes()


def test_a_code_in_the_wrong_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with_tables(monkeypatch, types=(error("QZ0301", "a", "a"),))
    with pytest.raises(CodeTableError, match="does not belong"):
        all_codes()
