"""What is advised about a name that is declared where a module does not see it."""

from __future__ import annotations

from pathlib import Path

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


def test_help_of_a_name_that_is_declared_elsewhere(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    path = tmp_path / "main.qz"
    functions = [f"def f{n}()\n  {statement}\nend\n" for n, statement in enumerate(HELPS)]
    path.write_text("import shapes\n" + "".join(functions))
    session = Session(Options(files=(str(path),)))
    build = Build(session)
    assert build.load(str(path))
    build.check_all()
    data = path.read_bytes()
    said: dict[int, str] = {}
    for finding in session.sink.diagnostics:
        if finding.code in ("QZ0301", "QZ0302"):
            notes = "".join(note.text for note in finding.notes)
            said[data.count(b"\nend\n", 0, finding.span.start)] = finding.help or notes
    assert said == dict(enumerate(HELPS.values()))
