"""The pages: for each code, prose and a wrong and a right program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from qz.diagnostics.registry import all_codes

PAGES = Path(__file__).parent / "pages"

_CODE = re.compile(r"(?:QZ)?(\d{1,4})", re.IGNORECASE)
_TITLE = re.compile(r"# (QZ\d{4}): (.+)")
_FENCE = re.compile(r"```quartz(?: ([\w./]+))?")


Program = dict[str, str]
"""File name to text; the file to compile is `main.qz`."""


class Page(NamedTuple):
    """A page as written, and its two programs, which a page about files or faults does not have.

    A program is a fenced block marked `quartz`; one marked `quartz shapes.qz` is a module it imports.
    """

    code: str
    title: str
    text: str
    wrong: Program
    right: Program


def normalized(code: str) -> str | None:
    """`QZ0301` for `QZ0301`, `qz301` and `301`; None for what cannot be a code."""
    match = _CODE.fullmatch(code.strip())
    return f"QZ{int(match[1]):04}" if match else None


def read_page(code: str) -> Page | None:
    """The page of a code such as `QZ0301`, or None."""
    path = PAGES / f"{code}.md"
    return parse_page(path.read_text(encoding="utf-8")) if path.is_file() else None


def parse_page(text: str) -> Page | None:
    """A page from its text; None if it does not begin with a title line."""
    title = _TITLE.match(text)
    if title is None:
        return None
    programs: dict[str, Program] = {"## Wrong": {}, "## Right": {}}
    section: Program = {}
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith("## "):
            section = programs.get(line.rstrip(), {})
        elif fence := _FENCE.fullmatch(line.rstrip()):
            body = takewhile(lambda line: line != "```", lines)
            section[fence[1] or "main.qz"] = "".join(f"{line}\n" for line in body)
    return Page(title[1], title[2].strip(), text, programs["## Wrong"], programs["## Right"])


def explain(code: str) -> str | None:
    """What `qz explain CODE` prints; None for a code nobody defined."""
    name = normalized(code)
    page = read_page(name) if name else None
    if page is not None:
        return page.text
    spec = all_codes().get(name) if name else None
    return f"# {spec.code}: {spec.title}\n" if spec else None


def list_codes() -> Iterator[str]:
    """One line a code: number, severity, title."""
    for spec in all_codes().values():
        yield f"{spec.code}  {spec.severity.value:7}  {spec.title}"
