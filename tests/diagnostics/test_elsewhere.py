"""What is advised about a name that is declared where a module does not see it."""

from __future__ import annotations

from pathlib import Path

from qz.diagnostics.model import Diagnostic
from qz.driver.build import Build
from qz.driver.options import Options
from qz.driver.session import Session

FILES = {
    "shapes.qz": "import shapes_inside\ndef shape(): Int = hidden() + inside()\nprivate\ndef hidden() = 1\n",
    "shapes_inside.qz": "enum Kind\n  Round\nend\ndef inside(): Int = 2\n",
    "beside.qz": "struct Angle { x: Int }\ndef angle_of(x: Int): Int = x\nprivate\ndef alone(): Int = 1\n",
    "program.qz": "def started(): Int = 1\ndef main()\nend\n",
}
HELPS = {
    "x = hidden()": "module `shapes` has it behind `private`",
    "x = inside()": "`import { inside } from shapes_inside` brings it",
    "x = Round": "`import { Round } from shapes_inside` brings it",
    "x = angle_of(1)": "`import { angle_of } from beside` brings it",
    "x: Angle = 1": "`import { Angle } from beside` brings it",
    "x = alone()": "",
    "x = started()": "",
    "x = Stack.new()": "`import { Stack } from collections` brings the library's",
    "x: Regex = 1": "`import { Regex } from regex` brings the library's",
    "x = go_scope(-> 1)": "`import { go_scope } from concurrency` brings the library's",
    "x = go_scop(-> 1)": "",
    'x = read_bytes("a")': "`import { read_bytes } from io/file` brings the library's",
    'x = stringify("a")': "",  # in several
    "x = merge_sort([1])": "",  # in what is there by itself
    'x = json::parse("1")': "write `import json` at the top",
    "x = math.sqrt(2.0)": "write `import math` at the top",
    "x = beside + 1": "",
}


QUALIFIED = {
    "x: shapes::Hidden": ("QZ0604", "`Hidden` is private to module `shapes`"),
    "x: Vec<shapes::Alias>": ("QZ0604", "`Alias` is private to module `shapes`"),
    "x: dyn shapes::Secret": ("QZ0604", "`Secret` is private to module `shapes`"),
    "x: impl shapes::Secret": ("QZ0604", "`Secret` is private to module `shapes`"),
    "x: shapes::Missing": ("QZ0603", "module `shapes` has no `Missing`"),
    "x: forms::Hidden": ("QZ0302", "unknown name `forms`"),
}
"""What is said of a type behind the name of a module, as of a function."""
TYPES = """
def shape(): Int = 1
private
struct Hidden { x: Int }
type Alias = Hidden
trait Secret
  def tell(self): Int
end
"""


def findings(folder: Path, files: dict[str, str], main: str) -> list[Diagnostic]:
    for name, text in files.items():
        (folder / name).write_text(text)
    path = folder / "main.qz"
    path.write_text(main)
    session = Session(Options(files=(str(path),)))
    build = Build(session)
    assert build.load(str(path))
    build.check_all()
    return session.sink.in_source_order()


def test_help_of_a_name_that_is_declared_elsewhere(tmp_path: Path) -> None:
    functions = [f"def f{n}()\n  {statement}\nend\n" for n, statement in enumerate(HELPS)]
    main = "import shapes\n" + "".join(functions)
    said: dict[int, str] = {}
    for finding in findings(tmp_path, FILES, main):
        if finding.span is not None and finding.code in ("QZ0301", "QZ0302"):
            notes = "".join(note.text for note in finding.notes)
            said[main.count("\nend\n", 0, finding.span.start)] = finding.help or notes
    assert said == dict(enumerate(HELPS.values()))


def test_a_type_that_a_module_does_not_give(tmp_path: Path) -> None:
    main = "import shapes\n" + "".join(f"def f{n}({param}) = 1\n" for n, param in enumerate(QUALIFIED))
    found = findings(tmp_path, {"shapes.qz": TYPES}, main)
    assert [(finding.code, finding.message) for finding in found] == list(QUALIFIED.values())
    places = [note.span for finding in found for note in finding.notes]
    names = [TYPES[place.start : place.end] for place in places if place]
    assert names == ["Hidden", "Alias", "Secret", "Secret"]
