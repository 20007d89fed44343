"""`qz check --fix`: what is put right, what is left alone, and that a file is whole whatever happens."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from qz.driver.checking import checked
from qz.driver.commands.fix import fix_file
from qz.driver.options import Options
from tests.program_files import execute, qz

MAIN = 'def main()\n  puts("#{1}")\nend\n'


def fixed(tmp_path: Path, text: str) -> tuple[str, str]:
    """The file afterwards, and what was said."""
    path = tmp_path / "main.qz"
    path.write_text(text)
    done = execute(qz("check", "--fix", path))
    assert done.output == b""
    return path.read_text(), done.errors


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("import std/path\n" + MAIN, MAIN),
        ("import std/path # why\n" + MAIN, MAIN),
        ("import std/path; import std/env\n" + MAIN, "import std/path; import std/env\n" + MAIN),
        (
            'import std/math\nimport std/math\ndef main() = puts("#{math::sqrt(4.0)}")\n',
            'import std/math\ndef main() = puts("#{math::sqrt(4.0)}")\n',
        ),
        (
            'import { stem, parent, join } from std/path\ndef main() = puts(parent("a"))\n',
            'import { parent } from std/path\ndef main() = puts(parent("a"))\n',
        ),
        (
            'import { parent, stem, join } from std/path\ndef main() = puts(parent("a"))\n',
            'import { parent } from std/path\ndef main() = puts(parent("a"))\n',
        ),
        ("@inline @inline\n" + MAIN, "@inline\n" + MAIN),
        ("@inline\n  @inline\n" + MAIN, "@inline\n  " + MAIN),
        ("@inline @inline " + MAIN, "@inline " + MAIN),
        ('def main()\n  let x = 1\n  x = 2\n  puts("#{x}")\nend\n', None),
        (
            'def main()\n  (x, y) = (1, 2)\n  x += y\n  puts("#{x}")\nend\n',
            'def main()\n  var (x, y) = (1, 2)\n  x += y\n  puts("#{x}")\nend\n',
        ),
        (
            'def main()\n  puts(<<~TEXT, "\\n") # why\n    a\n  TEXT\nend\n',
            'def main()\n  puts("""\n    a\n  """, "\\n") # why\nend\n',
        ),
        ("def main() -> Int\n  return 0\nend\n", "def main() : Int\n  return 0\nend\n"),
        (
            'def main()\n  for i, a, b in [("x", "y")]\n    puts(a) if i > 0\n  end\nend\n',
            'def main()\n  for i, (a, b) in [("x", "y")]\n    puts(a) if i > 0\n  end\nend\n',
        ),
        (
            'def main()\n  puts([a for a, b, c in [("x", 1, 2)]][0])\nend\n',
            'def main()\n  puts([a for (a, b, c) in [("x", 1, 2)]][0])\nend\n',
        ),
        (
            'def main()\n  for k, a, b in {"k" => (1, 2)}\n    puts(k)\n  end\nend\n',
            'def main()\n  for k, (a, b) in {"k" => (1, 2)}\n    puts(k)\n  end\nend\n',
        ),
        (
            'def main()\n  puts(a) for (a, n) in [("x", 1)] for m in [2] if n < m\nend\n',
            'def main()\n  puts(a) if n < m for (a, n) in [("x", 1)] for m in [2]\nend\n',
        ),
    ],
)
def test_sure_fixes_are_made(tmp_path: Path, wrong: str, right: str | None) -> None:
    after, said = fixed(tmp_path, wrong)
    assert after == (right or 'def main()\n  var x = 1\n  x = 2\n  puts("#{x}")\nend\n')
    assert said.count("fixed ") >= (wrong != after)


def test_it_says_what_was_changed_and_shows_what_is_left(tmp_path: Path) -> None:
    after, said = fixed(tmp_path, "import std/path\ndef main()\n  x = 1\nend\n")
    assert after == "def main()\n  x = 1\nend\n"
    first, second, *_ = said.splitlines()
    assert first.endswith("main.qz:1:8: QZ7002: `path` is imported and never used")
    assert second == "warning[QZ7001]: `x` is never used"
    assert "main.qz:2:3" in said, "the rest is about the file as it is now"


def test_a_fix_that_is_not_sure_is_only_shown(tmp_path: Path) -> None:
    text = "def main()\n  x = 1\nend\n"
    after, said = fixed(tmp_path, text)
    assert after == text
    assert "fixed" not in said
    assert "_x = 1" in said


def test_an_import_that_others_may_count_on_is_left(tmp_path: Path) -> None:
    (tmp_path / "more.qz").write_text("extend Int\n  def doubled(self): Int = self * 2\nend\n")
    (tmp_path / "between.qz").write_text("import more as _more\n")
    text = "import between\n" + MAIN
    after, said = fixed(tmp_path, text)
    assert after == text
    assert "QZ7002" in said


def test_a_method_of_a_module_behind_the_import_makes_it_needed(tmp_path: Path) -> None:
    (tmp_path / "more.qz").write_text("extend Int\n  def doubled(self): Int = self * 2\nend\n")
    (tmp_path / "between.qz").write_text("import more as _more\n")
    text = 'import between\ndef main() = puts("#{2.doubled()}")\n'
    assert fixed(tmp_path, text) == (text, "")


def test_only_the_file_named_is_changed(tmp_path: Path) -> None:
    module = tmp_path / "other.qz"
    text = "import std/path\ndef one(): Int = 1\n"
    module.write_text(text)
    _, said = fixed(tmp_path, 'import other\ndef main() = puts("#{other::one()}")\n')
    assert module.read_text() == text
    assert "warning[QZ7002]" in said


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    real = tmp_path / "real.qz"
    real.write_text("import std/path\n" + MAIN)
    real.chmod(0o750)
    (tmp_path / "main.qz").symlink_to(real)
    assert execute(qz("check", "--fix", tmp_path / "main.qz")).status == 0
    assert (tmp_path / "main.qz").is_symlink()
    assert real.read_text() == MAIN
    assert stat.S_IMODE(real.stat().st_mode) == 0o750
    assert sorted(os.listdir(tmp_path)) == ["main.qz", "real.qz"]


def test_a_file_changed_in_the_meantime_is_left(tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    path.write_text("import std/path\n" + MAIN)
    options = Options(files=(str(path),))
    session = checked(options, str(path))
    path.write_text("# other\n")
    session = fix_file(options, str(path), session)
    assert path.read_text() == "# other\n"
    assert [found.code for found in session.sink.diagnostics] == ["QZ9002"]


def test_other_formats_say_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    path.write_text("import std/path\ndef main()\n  x = 1\nend\n")
    done = execute(qz("check", "--fix", "--error-format=json", path))
    assert [json.loads(line)["code"]["code"] for line in done.errors.splitlines()] == ["QZ7001"]


def test_a_file_that_cannot_be_read_is_an_error_as_ever(tmp_path: Path) -> None:
    done = execute(qz("check", "--fix", tmp_path / "none.qz"))
    assert done.status == 1
    assert "QZ9001" in done.errors
