"""The memory report: who is charged, what changed, what it says about itself."""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from qz.base.tracemalloc_report import main
from qz.base.tracemalloc_report.grouping import Change, Group, compared, floor_of, grouped
from qz.base.tracemalloc_report.recording import NotARecordingError, load
from qz.base.tracemalloc_report.render import size_text

PROGRAM = """
import sys
from qz.base.columns import Columns
columns = Columns({"a": "u1"}, capacity=4_000_000)
blocks = [bytes(1000) for _ in range(2000)]
kept = sys.argv[1:] == ["keep"]
if not kept:
    columns = blocks = None
sys.exit(3)
"""


@pytest.mark.parametrize(
    ("filename", "floor"),
    [
        ("/clone/qz/sema/check/calls.py", "qz.sema"),
        ("/clone/qz/__init__.py", "qz"),
        ("/clone/lowering/to_cfg.py", "lowering"),
        ("/src/qz/clone/dialects/qz/scalar.py", "qz"),
        ("/v/lib/python3.11/site-packages/xdsl/ir/core.py", "xdsl"),
        ("/v/lib/python3.11/site-packages/qz/base/columns.py", "qz.base"),
        ("/v/lib/python3.11/site-packages/six.py", "six"),
        ("/usr/lib/python3.11/json/decoder.py", "python library"),
        ("<frozen importlib._bootstrap>", "imports"),
        ("<string>", "generated code <string>"),
        ("/elsewhere/script.py", "other"),
    ],
)
def test_floor_of_a_file(filename: str, floor: str) -> None:
    assert floor_of(filename) == floor


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One program recorded with its data still there, and once more with it gone."""
    folder = tmp_path_factory.mktemp("recordings")
    script = folder / "program.py"
    script.write_text(PROGRAM)
    for name, words in (("kept", ["keep"]), ("freed", [])):
        record = ["record", "--at", "end", "--frames", "5", "-o", str(folder / name), str(script), *words]
        done = subprocess.run(
            [sys.executable, "-m", "qz.base.tracemalloc_report", *record], capture_output=True, text=True
        )
        assert done.returncode == 0
        assert "the program ended with 3" in done.stderr
        assert done.stdout == ""
    return folder / "kept", folder / "freed"


def test_domains_tell_arrays_from_objects(recordings: tuple[Path, Path]) -> None:
    sizes = {group.name: group.size for group in grouped(load(recordings[0]).snapshot, "domain")}
    assert 4_000_000 <= sizes["numpy arrays"] < 4_100_000
    assert sizes["python objects"] > 2_000_000


def test_floors_charge_the_columns_to_their_floor(recordings: tuple[Path, Path]) -> None:
    sizes = {group.name: group.size for group in grouped(load(recordings[0]).snapshot, "floor")}
    assert 4_000_000 <= sizes["qz.base"] < 4_300_000
    assert 2_000_000 <= sizes["other"] < 2_300_000


def test_a_diff_shows_what_went_away(
    recordings: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    kept, freed = map(str, recordings)
    assert main(["diff", kept, freed, "--by", "domain", "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["groups"]}
    assert -4_100_000 < rows["numpy arrays"]["size"] - rows["numpy arrays"]["size_before"] <= -4_000_000
    assert main(["diff", kept, freed]) == 0
    first = capsys.readouterr().out.splitlines()[1].split()
    assert first[0].startswith("-3.8")
    assert first[-1] == "qz.base"


def test_a_report_adds_up_to_the_process_and_says_what_it_cannot_see(
    recordings: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", str(recordings[0]), "--top", "2"]) == 0
    text = capsys.readouterr().out
    assert len(text.splitlines()) == 10
    assert "the tracer's own" in text
    assert "not seen: what C and C++ libraries take" in text
    recording = load(recordings[0])
    assert 0 < recording.overhead < recording.rss
    assert recording.traced <= recording.traced_peak


def test_the_peak_is_recorded_though_the_end_is_small(tmp_path: Path) -> None:
    script = tmp_path / "peak.py"
    script.write_text("import time\nblock = bytes(30_000_000)\ntime.sleep(0.4)\ndel block\n")
    command = [
        sys.executable,
        "-m",
        "qz.base.tracemalloc_report",
        "record",
        "-o",
        str(tmp_path / "r"),
        str(script),
    ]
    subprocess.run(command, check=True, capture_output=True)
    assert load(tmp_path / "r").traced > 30_000_000


def test_a_program_that_ends_at_once_is_recorded_and_its_children_are_not(tmp_path: Path) -> None:
    script = tmp_path / "abrupt.py"
    script.write_text(
        "import os\nblock = bytes(5_000_000)\nif os.fork() == 0:\n    os._exit(3)\n"
        "assert os.wait()[1] >> 8 == 3\nos._exit(0)\n"
    )
    command = [sys.executable, "-m", "qz.base.tracemalloc_report", "record", "-o", str(tmp_path / "r")]
    done = subprocess.run([*command, str(script)], check=True, capture_output=True, text=True)
    assert done.stderr.count("traced") == 1
    assert load(tmp_path / "r").traced_peak > 5_000_000


def test_a_plain_snapshot_can_be_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tracemalloc.start()
    block = bytes(1_000_000)
    tracemalloc.take_snapshot().dump(str(tmp_path / "plain"))
    tracemalloc.stop()
    assert main(["show", str(tmp_path / "plain"), "--by", "line", "--top", "1"]) == 0
    assert f"{__file__}:" in capsys.readouterr().out
    del block


def test_other_files_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "text").write_text("nothing of the kind")
    with pytest.raises(NotARecordingError):
        load(tmp_path / "text")
    assert main(["show", str(tmp_path / "text")]) == 1
    assert main(["show", str(tmp_path / "missing")]) == 1
    assert "tracemalloc-report: " in capsys.readouterr().err


def test_changes_are_sorted_by_size_and_leave_out_what_stayed() -> None:
    before = [Group("a", 10, 1), Group("b", 50, 5), Group("same", 7, 7)]
    after = [Group("same", 7, 7), Group("b", 20, 2), Group("c", 100, 1)]
    assert compared(before, after) == [
        Change("c", 100, 0, 1, 0),
        Change("b", 20, 50, 2, 5),
        Change("a", 0, 10, 0, 1),
    ]


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (-1536, "-1.5 KiB"), (5 << 30, "5.0 GiB")],
)
def test_sizes_for_people(size: int, text: str) -> None:
    assert size_text(size) == text
