"""`qz fmt`: files in their places, checked only, and from stream to stream."""

import subprocess
from pathlib import Path

import pytest

from qz.driver.commands.fmt import run_fmt
from qz.driver.options import Options
from tests.program_files import qz
from tests.unit.driver.test_language_server import about, conversation

MESSY = 'def main()\nputs( "é" )\nend\n'
NEAT = 'def main()\n  puts("é")\nend\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("a.qz", "sub/b.qz", ".hidden/c.qz", "not.txt"):
        (tmp_path / name).write_text(MESSY)
    (tmp_path / "neat.qz").write_text(NEAT)
    return tmp_path


def run(*paths: Path, check: bool = False) -> int:
    return run_fmt(Options(files=tuple(map(str, paths)), color="never"), check=check)


def test_files_and_those_below_folders_are_rewritten(folder, capsys):
    assert run(folder) == 0
    assert capsys.readouterr().out.split() == [str(folder / "a.qz"), str(folder / "sub/b.qz")]
    assert (folder / "a.qz").read_text() == (folder / "sub/b.qz").read_text() == NEAT
    assert (folder / ".hidden/c.qz").read_text() == (folder / "not.txt").read_text() == MESSY
    assert run(folder) == 0
    assert capsys.readouterr().out == ""


def test_checking_changes_nothing(folder, capsys):
    assert run(folder, check=True) == 1
    assert capsys.readouterr().out.split() == [str(folder / "a.qz"), str(folder / "sub/b.qz")]
    assert (folder / "a.qz").read_text() == MESSY
    assert run(folder / "neat.qz", check=True) == 0


def test_a_file_keeps_its_permissions_and_a_link_stays_one(folder):
    script, link = folder / "a.qz", folder / "link.qz"
    script.chmod(0o755)
    link.symlink_to(script)
    assert run(link) == 0
    assert link.is_symlink()
    assert script.read_text() == NEAT
    assert script.stat().st_mode & 0o777 == 0o755


def test_what_cannot_be_read_is_said_and_left_alone(folder, capsys):
    broken = folder / "broken.qz"
    broken.write_text("def f(\n")
    assert run(broken, folder / "nowhere.qz", folder / "a.qz") == 1
    said = capsys.readouterr()
    assert "error[QZ0010]" in said.err
    assert "error[QZ9001]" in said.err
    assert broken.read_text() == "def f(\n"
    assert (folder / "a.qz").read_text() == NEAT


def test_a_stream_comes_out_laid_out():
    done = subprocess.run(qz("fmt", "-"), input=MESSY.encode(), capture_output=True, check=True)
    assert done.stdout.decode() == NEAT


def test_an_editor_gets_the_whole_document_anew(tmp_path):
    path = tmp_path / "a.qz"
    path.write_text(MESSY)
    uri = path.as_uri()
    said = conversation(uri, MESSY, about(uri, "formatting", options={"tabSize": 2, "insertSpaces": True}))
    edits = [message["result"] for message in said if message.get("id") == 1]
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 4, "character": 0}}
    assert edits == [[{"range": whole, "newText": NEAT}]]
