"""Wrong programs: each says at the end of a line which codes that line must give, `#~ QZ0302`, and no others.

The files hold many small functions, so one file also shows that an error in one place is no noise in another.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qz.driver.build import Build
from qz.driver.options import Options
from qz.driver.session import Session

PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.qz"))
EXPECTATION = re.compile(r"#~((?: QZ\d{4})+)")


def expected(path: Path) -> list[tuple[int, str]]:
    return sorted(
        (number, code)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for match in EXPECTATION.finditer(line)
        for code in match[1].split()
    )


def found(path: Path) -> list[tuple[int, str]]:
    session = Session(Options(files=(str(path),)))
    build = Build(session)
    assert build.load(str(path))
    build.check_all()
    places: list[tuple[int, str]] = []
    for diagnostic in session.sink.diagnostics:
        assert diagnostic.span is not None, diagnostic
        line, _ = session.sources.get(diagnostic.span.file).line_col(diagnostic.span.start)
        places.append((line, diagnostic.code))
    return sorted(places)


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_each_error_is_reported_where_it_is_and_nothing_else(path: Path) -> None:
    assert found(path) == expected(path)
