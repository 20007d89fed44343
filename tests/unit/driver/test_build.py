"""The front half: what is generated, and what is only checked."""

from qz.driver.build import Build
from qz.driver.options import Options
from qz.driver.session import Session

RIGHT = """
def used(): Int = 1
def unused(): Int = 2
def main(): Int = used()
"""
WRONG = """
def unused(): Int
  return totl
end
def used(): Int = 1
def main(): Int
  return "one"
end
"""


def build(tmp_path, text: str) -> tuple[list[str], list[str]]:
    """The symbols generated, and the codes found."""
    path = tmp_path / "main.qz"
    path.write_text(text)
    made = Build(Session(Options(files=(str(path),))))
    assert made.load(str(path))
    symbols = [unit.symbol for unit in made.functions()]
    return symbols, [finding.code for finding in made.session.sink.diagnostics]


def test_only_what_main_can_reach_is_generated(tmp_path):
    assert build(tmp_path, RIGHT) == (["main$main", "main$used"], [])


def test_after_an_error_nothing_is_generated_and_everything_is_checked(tmp_path):
    symbols, codes = build(tmp_path, WRONG)
    assert symbols == []
    assert sorted(codes) == ["QZ0302", "QZ0400"]
