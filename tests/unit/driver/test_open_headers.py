"""Whose headers are told to leave something open: those of functions that other modules can call."""

from __future__ import annotations

from pathlib import Path

from qz.driver.build import Build
from qz.driver.options import Options
from qz.driver.session import Session

LIBRARY = """\
struct S
  a: Int
end

impl Show for S
  def show(self) = "s"
end

impl S
  def get(self) = self.a
end

def written(x: Int): Int = x
def nothing(x: Int)
  puts("#{x}")
end
def result(x: Int) = x
def untyped(f, x): Int = f(x)
def promised(): Vec<impl Show> = [1]
private
def hidden(x: Int) = x
"""


def hinted(tmp_path: Path, text: str) -> list[str]:
    """The names of the functions that something is said of."""
    path = tmp_path / "library.qz"
    path.write_text(text)
    session = Session(Options(files=(str(path),)))
    session.sink.wants_hints = True
    build = Build(session)
    assert build.load(str(path))
    build.check_all()
    found = [one for one in session.sink.diagnostics if one.code == "QZ7007"]
    spans = [one.span for one in found if one.span is not None]
    return sorted(text[span.start : span.end] for span in spans)


def test_what_others_can_call_says_what_it_takes_and_gives(tmp_path: Path) -> None:
    assert hinted(tmp_path, LIBRARY) == ["get", "result", "untyped"]


def test_nobody_imports_a_program(tmp_path: Path) -> None:
    assert hinted(tmp_path, "def main()\nend\n\n" + LIBRARY) == []
