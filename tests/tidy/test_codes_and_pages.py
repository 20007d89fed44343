"""Every code has a page, every page a code, and every code in the source is one that exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from qz.diagnostics.explain import PAGES, read_page
from qz.diagnostics.registry import all_codes
from tests.tidy.project_files import PACKAGES, ROOT, python_files

CODE = re.compile(r"QZ\d{4}")


@cache
def codes_in_source() -> dict[str, str]:
    """Codes that stand alone in a string literal outside the tables, with a place where they do."""
    found: dict[str, str] = {}
    for path in python_files(*PACKAGES):
        if path.parts[:3] == ("qz", "diagnostics", "codes"):
            continue
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.setdefault(node.value, f"{path}:{node.lineno}")
    return found


def test_every_code_has_a_page() -> None:
    missing = [code for code in all_codes() if read_page(code) is None]
    assert not missing, f"write qz/diagnostics/pages/{missing[0]}.md"


@pytest.mark.parametrize("path", sorted(PAGES.glob("*")), ids=lambda path: path.name)
def test_page_is_of_a_code_and_explains_it(path: Path) -> None:
    assert path.suffix == ".md"
    assert path.stem in all_codes()
    page = read_page(path.stem)
    assert page is not None, "the first line is `# CODE: title`"
    assert (page.code, page.title) == (path.stem, all_codes()[path.stem].title)
    assert len(page.text.splitlines()) > 2


def test_every_code_reported_is_registered() -> None:
    unknown = {code: place for code, place in codes_in_source().items() if code not in all_codes()}
    assert not unknown


def test_every_registered_code_is_reported_somewhere() -> None:
    silent = [code for code in all_codes() if code not in codes_in_source()]
    assert not silent, "a code that nothing reports is dead"
