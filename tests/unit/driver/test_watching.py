"""`--watch`: what a command depends on is noticed when it changes, and the command is done again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from qz.driver.options import Options
from qz.driver.watching.paths import WatchedPaths, note_paths

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def options(tmp_path: Path) -> Options:
    """Those of a round whose notes are beside the folder that it looks at."""
    (tmp_path / "looked_at").mkdir()
    return Options(noted_paths=str(tmp_path / "notes"))


def watched(options: Options, *paths: Path) -> WatchedPaths:
    """What a round that began a second ago and has looked at these paths is watched for."""
    assert options.noted_paths is not None
    note_paths(options, map(str, paths))
    return WatchedPaths(options.noted_paths, (), time.time_ns())


def written(path: Path, text: str) -> Path:
    """A file that is older than anything that begins now."""
    path.write_text(text)
    os.utime(path, ns=(1, 1))
    return path


def test_nothing_has_changed(options: Options, tmp_path: Path) -> None:
    paths = watched(options, written(tmp_path / "a.qz", "a"), tmp_path / "missing.qz", tmp_path / "looked_at")
    assert paths.changed() is None
    assert paths.changed() is None


def test_a_file_has_changed(options: Options, tmp_path: Path) -> None:
    first, second = (written(tmp_path / name, "old") for name in ("a.qz", "b.qz"))
    paths = watched(options, first, second)
    assert paths.changed() is None
    second.write_text("new")
    assert paths.changed() == str(second)


def test_a_file_that_was_replaced_by_one_as_old_and_as_long_has_changed(
    options: Options, tmp_path: Path
) -> None:
    file = written(tmp_path / "a.qz", "old")
    paths = watched(options, file)
    assert paths.changed() is None
    written(tmp_path / "new.qz", "new").rename(file)
    assert paths.changed() == str(file)


def test_a_file_has_appeared_and_another_is_gone(options: Options, tmp_path: Path) -> None:
    there, missing = written(tmp_path / "there.qz", ""), tmp_path / "missing.qz"
    paths = watched(options, missing)
    assert paths.changed() is None
    written(missing, "")
    assert paths.changed() == str(missing)
    paths = watched(options, there)
    assert paths.changed() is None
    there.unlink()
    assert paths.changed() == str(there)


def test_a_folder_has_changed_with_its_modules_only(options: Options, tmp_path: Path) -> None:
    folder = tmp_path / "looked_at"
    paths = watched(options, folder)
    assert paths.changed() is None
    (folder / "output").mkdir()
    (folder / ".swap.qz").touch()
    assert paths.changed() is None
    (folder / "new_spec.qz").touch()
    assert paths.changed() == str(folder)


def test_what_was_written_since_the_round_began_may_not_have_been_read(
    options: Options, tmp_path: Path
) -> None:
    file = written(tmp_path / "a.qz", "old")
    paths = watched(options, file)
    file.write_text("new")
    os.utime(file, ns=(time.time_ns(), time.time_ns()))
    assert paths.changed() == str(file)


def test_a_file_from_the_future_is_as_good_as_any(options: Options, tmp_path: Path) -> None:
    file = written(tmp_path / "a.qz", "old")
    os.utime(file, ns=(time.time_ns() + 10**12, time.time_ns() + 10**12))
    assert watched(options, file).changed() is None


def test_a_path_that_is_half_noted_waits(options: Options, tmp_path: Path) -> None:
    paths = watched(options, written(tmp_path / "a.qz", ""))
    assert options.noted_paths is not None
    with open(options.noted_paths, "ab") as notes:
        notes.write(bytes(tmp_path / "b."))
        notes.flush()
        assert paths.changed() is None
        assert len(paths) == 1
        notes.write(b"qz\0")
    assert paths.changed() is None
    assert len(paths) == 2


# The command


class Watcher:
    """A compiler that watches, and what it and the programs that it runs write."""

    def __init__(self, folder: Path, *words: str) -> None:
        environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "qz.cli.main", *words],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def until(self, last: str) -> list[str]:
        """The lines up to the one that begins so."""
        assert self.process.stdout is not None
        lines: list[str] = []
        while not lines or not lines[-1].startswith(last):
            lines.append(self.process.stdout.readline().rstrip("\n"))
            assert lines[-1] or self.process.poll() is None, lines
        return lines


@pytest.fixture
def watchers() -> Iterator[list[Watcher]]:
    """Those that are begun, which are ended in any case."""
    begun: list[Watcher] = []
    yield begun
    for watcher in begun:
        watcher.process.kill()
        watcher.process.communicate()


def test_a_program_is_run_again_when_a_module_of_it_changes(tmp_path: Path, watchers: list[Watcher]) -> None:
    main = 'import module\n\ndef main(): Int\n  puts("it is #{module::value()}")\n  return 3\nend\n'
    (tmp_path / "main.qz").write_text(main)
    watcher = Watcher(tmp_path, "run", "--watch", "main.qz")
    watchers.append(watcher)
    assert watcher.until("[watch]")[0].startswith("error[QZ0601]")
    (tmp_path / "module.qz").write_text("def value(): Int = 1\n")
    again = watcher.until("[watch] exit")
    assert again[1:] == ["it is 1", "[watch] exit status 3; waiting for a change"]
    (tmp_path / "module.qz").write_text("def value(): Int = 2\n")
    assert watcher.until("[watch] exit")[:2] == ["[watch] `module.qz` has changed", "it is 2"]


def test_a_program_that_is_running_is_ended_and_so_is_the_watcher(
    tmp_path: Path, watchers: list[Watcher]
) -> None:
    imports = "import std/io/stdout\nimport std/time\n"
    program = (
        f'{imports}def main()\n  puts("WORD")\n  stdout::flush()\n  time::sleep(100 * time::SECOND)\nend\n'
    )
    (tmp_path / "main.qz").write_text(program.replace("WORD", "first"))
    watcher = Watcher(tmp_path, "run", "--watch", "main.qz")
    watchers.append(watcher)
    assert watcher.until("first") == ["first"]
    (tmp_path / "main.qz").write_text(program.replace("WORD", "second"))
    assert watcher.until("second") == ["[watch] `main.qz` has changed", "second"]
    watcher.process.send_signal(signal.SIGTERM)
    rest, _ = watcher.process.communicate(timeout=60)  # which waits for the program to be gone
    assert rest == ""
    assert watcher.process.returncode == -signal.SIGTERM


def test_a_file_with_tests_is_found_when_it_appears(tmp_path: Path, watchers: list[Watcher]) -> None:
    (tmp_path / "a_spec.qz").write_text('test "one" do\n  assert_eq(1 + 1, 2)\nend\n')
    watcher = Watcher(tmp_path, "test", "--watch")
    watchers.append(watcher)
    assert "1 passed, 0 failed" in watcher.until("[watch]")
    (tmp_path / "b_spec.qz").write_text('test "two" do\n  assert_eq(1 + 1, 2)\nend\n')
    assert "2 passed, 0 failed" in watcher.until("[watch] exit")
