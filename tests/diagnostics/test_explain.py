"""`qz explain`: codes as people write them, pages as authors write them."""

from __future__ import annotations

import pytest

from qz.diagnostics.explain import explain, list_codes, normalized, parse_page
from qz.diagnostics.registry import all_codes

PAGE = """# QZ0301: unknown type

Prose.

## Wrong
It says why.

```quartz
def f(x: Strng)
end
```

## Right
```quartz
def f(x: String)
end
```
"""


@pytest.mark.parametrize("code", ["QZ0301", "qz0301", "0301", "301", " QZ301 "])
def test_a_code_may_be_written_in_any_way(code: str) -> None:
    assert normalized(code) == "QZ0301"


@pytest.mark.parametrize("code", ["", "E0301", "QZ", "QZ03011", "../QZ0301"])
def test_what_is_no_code_is_refused(code: str) -> None:
    assert normalized(code) is None
    assert explain(code) is None


def test_a_page_has_a_wrong_and_a_right_program() -> None:
    page = parse_page(PAGE)
    assert page is not None
    assert (page.code, page.title) == ("QZ0301", "unknown type")
    assert page.wrong == {"main.qz": "def f(x: Strng)\nend\n"}
    assert page.right == {"main.qz": "def f(x: String)\nend\n"}


def test_a_program_may_have_modules() -> None:
    page = parse_page(PAGE + "```quartz lib/shapes.qz\ndef g() = 1\n\n```\n")
    assert page is not None
    assert list(page.wrong) == ["main.qz"]
    assert page.right["lib/shapes.qz"] == "def g() = 1\n\n"


def test_a_page_may_be_prose() -> None:
    page = parse_page("# QZ9001: file not found\n\nProse.\n")
    assert page is not None
    assert (page.wrong, page.right) == ({}, {})


def test_a_section_without_a_program_does_not_take_the_next_ones() -> None:
    page = parse_page(PAGE.replace("```quartz\ndef f(x: Strng)\nend\n```\n", ""))
    assert page is not None
    assert page.wrong == {}
    assert page.right == {"main.qz": "def f(x: String)\nend\n"}


def test_a_page_begins_with_its_title() -> None:
    assert parse_page("Prose first.\n# QZ0301: unknown type\n") is None


def test_the_page_of_a_code_is_what_is_printed() -> None:
    text = explain("9001")
    assert text is not None
    assert text.startswith("# QZ9001: file not found\n\nA file named on the command line")


def test_a_code_that_is_not_defined_has_no_page() -> None:
    assert explain("QZ9999") is None


def test_every_code_is_listed() -> None:
    lines = list(list_codes())
    assert [line.split()[0] for line in lines] == list(all_codes())
    assert "QZ9001  error    file not found" in lines
