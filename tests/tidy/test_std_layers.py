"""Raw memory and C belong to the runtime: the library above it is written in plain Quartz.

`rt/libm` is open to all: its functions are pure, and the interpreter knows them by their C names.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qz.base.interner import Interner
from qz.base.source import SourceMap
from qz.diagnostics.sink import DiagnosticSink
from qz.sema.data.steady_fields import written_fields
from qz.syntax.tokenize import tokenize
from tests.tidy.project_files import ROOT, project_files

LIBRARY = [
    path
    for path in project_files()
    if path.parts[0] == "std" and path.suffix == ".qz" and path.parts[1] != "rt"
]
RAW = re.compile(r'\bextern "C"|(?<!\w)__\w+\(|^\s*import std/rt/(?:raw|libc)\b')


def raw_lines(text: str) -> list[str]:
    """Lines that use what only the runtime may, comments left out."""
    return [line for line in text.splitlines() if RAW.search(line.partition("#")[0])]


@pytest.mark.parametrize("path", LIBRARY, ids=str)
def test_library_stays_above_raw_memory_and_c(path: Path) -> None:
    assert not raw_lines((ROOT / path).read_text(encoding="utf-8"))


def test_what_begins_with_an_underscore_is_assigned_by_the_module_that_declares_it() -> None:
    interner, sources, sink = Interner(), SourceMap(), DiagnosticSink()
    for path in LIBRARY:
        data = (ROOT / path).read_bytes()
        written = written_fields(tokenize(sources.add(str(path), data), interner, sink))
        declared = set(re.findall(rb"\b(_\w+):", data))
        assert {name for name in written.assigned if name.startswith(b"_")} <= declared, path
        assert not written.has_macros or path.name == "prelude.qz"
        assert not written.has_places or path.name == "arena.qz"


def test_the_runtime_itself_would_be_found() -> None:
    assert raw_lines((ROOT / "std/rt/memory.qz").read_text(encoding="utf-8"))
