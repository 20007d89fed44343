"""Nothing in the library, the examples and what is measured is warned about.

In a program the library is not linted, so here it is made the program's own.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from qz.driver.build import Build
from qz.driver.options import Options
from qz.driver.session import Session
from tests.tidy.project_files import ROOT

STD = ROOT / "std"
PROGRAMS = tuple(
    ROOT / f"{name}.qz"
    for name in (
        "examples/tour",
        "examples/wc",
        "examples/calc",
        "examples/cpu/cpu",
        "examples/bank/bank",
        "examples/site/site",
        "perf/soak",
    )
)


def findings(path: Path, text: str | None = None, *, with_library: bool = False) -> list[str]:
    """What is found in a program, with the library as part of it if so wanted."""
    include = (str(path.parent),)
    build = Build(Session(Options(files=(str(path),), include=include)))
    assert build.load(str(path), text.encode() if text is not None else None)
    for module in build.program.modules.values():
        module.is_own |= with_library
    build.check_all()
    sources = build.session.sources
    return [
        f"{sources.get(found.span.file).path}:{sources.get(found.span.file).line_of(found.span.start)}: "
        f"{found.code} {found.message}"
        for found in build.session.sink.diagnostics
        if found.span is not None
    ]


def test_library_has_no_warnings() -> None:
    modules = [path.relative_to(STD).with_suffix("") for path in sorted(STD.rglob("*.qz"))]
    imports = "".join(f"import std/{module} as _m{number}\n" for number, module in enumerate(modules))
    assert len(modules) > 40
    assert findings(STD.parent / "everything.qz", imports, with_library=True) == []


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_program_has_no_warnings(path: Path) -> None:
    assert findings(path) == []


def test_a_warning_in_the_library_would_be_found() -> None:
    text = "import std/fmt\n"
    assert [line.split(": ")[1] for line in findings(STD.parent / "main.qz", text)] == [
        "QZ7002 `fmt` is imported and never used"
    ]
