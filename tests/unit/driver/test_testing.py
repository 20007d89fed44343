"""`qz test`: which tests are run, that each is alone, and what is said of them."""

from __future__ import annotations

import os
import re
import subprocess
import time
from pathlib import Path

import pytest

from qz.driver.options import Options
from qz.driver.testing.finding import files_with_tests
from tests.program_files import Behaviour, execute, qz

ADD = "def add(a: Int, b: Int): Int = a + b\n"
PASSES = 'test "passes" do\n  assert_eq(1 + 1, 2)\nend\n'
FAILS = 'test "fails" do\n  puts("so far")\n  assert_eq(1 + 1, 3)\nend\n'


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.qz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def run(cache: Path, *words: str | Path) -> Behaviour:
    return execute(qz("test", *words), cache=cache)


def lines(done: Behaviour) -> list[str]:
    return done.output.decode().splitlines()


def test_all_pass(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, calc=ADD + PASSES + 'test "adds" do\n  assert_eq(add(1, 2), 3)\nend\n')
    path = tmp_path / "calc.qz"
    for _ in range(2):  # compiled, and from the cache
        done = run(cache, path)
        assert (done.status, done.errors) == (0, "")
        assert lines(done) == [f"{path}: passes ... ok", f"{path}: adds ... ok", "2 passed, 0 failed"]


def test_a_failure_is_shown_with_message_place_and_output(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, calc=PASSES + FAILS)
    path = tmp_path / "calc.qz"
    done = run(cache, path)
    assert done.status == 1
    assert lines(done) == [
        f"{path}: passes ... ok",
        f"{path}: fails ... FAILED",
        "",
        f"{path}:4: fails: panicked",
        "    so far",
        "    panic: assertion failed: expected 3, got 2",
        f"      at {path}:6:12",
        "    backtrace:",
        "      0: calc$test.2",
        "",
        "1 passed, 1 failed",
    ]


WAYS_TO_END = """\
def deeper(n: Int): Int = deeper(n + 1) + 1

test "exits" do
  exit(0)
end

test "exits with a status" do
  exit(7)
end

test "overflows the stack" do
  puts("#{deeper(0)}")
end

test "never ends" do
  while true
  end
end

test "writes without end" do
  while true
    puts("again and again and again and again and again and again and again and again")
  end
end

test "passes all the same" do
  assert(true)
end
"""


def test_a_test_harms_only_itself(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, ends=WAYS_TO_END)
    started = time.monotonic()
    done = run(cache, tmp_path / "ends.qz", "--timeout", "4")
    assert time.monotonic() - started < 60
    assert done.status == 1
    problems = dict(re.findall(r"qz:\d+: (.*): (.*)\n", done.output.decode()))
    assert problems["exits"] == "ended the program before its own end"
    assert problems["exits with a status"] == "exit status 7"
    assert problems["overflows the stack"] == "panicked"
    assert problems["never ends"] == "not over after 4 seconds"
    assert problems["writes without end"] in ("wrote more than 64 MB", "not over after 4 seconds")
    assert lines(done)[-1] == "1 passed, 5 failed"


def test_nothing_of_a_test_is_left_running(tmp_path: Path, cache: Path) -> None:
    mark = tmp_path / "mark"
    write(
        tmp_path,
        child=f'test "leaves a child" do\n  shell_ok("(sleep 3; touch {mark}) > /dev/null 2>&1 &")\nend\n',
    )
    assert run(cache, tmp_path / "child.qz").status == 0
    time.sleep(4)
    assert not mark.exists()


def test_tests_share_nothing(tmp_path: Path, cache: Path) -> None:
    text = "global count: Int = 0\n"
    for n in range(6):
        text += f'test "counts {n}" do\n  count += 1\n  assert_eq(count, 1)\nend\n'
    write(tmp_path, counting=text)
    for jobs in ("1", "4"):
        assert lines(run(cache, tmp_path / "counting.qz", "-j", jobs))[-1] == "6 passed, 0 failed"


def test_standard_input_is_empty(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, input='import std/io/stdin\ntest "reads" do\n  assert_eq(stdin::read_all(), "")\nend\n')
    assert run(cache, tmp_path / "input.qz").status == 0


def test_tests_run_side_by_side(tmp_path: Path, cache: Path) -> None:
    """Each waits for the other: one after the other, the first would wait in vain."""
    text = "import std/fs\nimport std/io/file\nimport std/time\n"
    for mine, other in ("ab", "ba"):
        text += f'''
test "{mine} meets {other}" do
  file::write("{tmp_path}/{mine}", "")
  while not fs::exists?("{tmp_path}/{other}")
    time::sleep(1_000_000)
  end
end
'''
    write(tmp_path, meeting=text)
    done = run(cache, tmp_path / "meeting.qz", "-j", "2", "--timeout", "60")
    assert lines(done)[-1] == "2 passed, 0 failed"


# Which tests


def test_specs_are_programs_that_end_well(tmp_path: Path, cache: Path) -> None:
    write(
        tmp_path,
        good_spec='def main() = puts("fine")\n',
        quits_spec="def main() = exit(0)\n",
        bad_spec="def main(): Int = 3\n",
        both_spec="def main(args: Vec<String>)\n  assert(args.empty?)\nend\n" + PASSES,
        no_spec_of_its_own="def main(): Int = 3\n",
    )
    done = run(cache, tmp_path)
    assert done.errors == ""
    assert [line for line in lines(done) if "..." in line] == [
        f"{tmp_path}/bad_spec.qz: main ... FAILED",
        f"{tmp_path}/both_spec.qz: passes ... ok",
        f"{tmp_path}/both_spec.qz: main ... ok",
        f"{tmp_path}/good_spec.qz: main ... ok",
        f"{tmp_path}/quits_spec.qz: main ... ok",
    ]
    assert f"{tmp_path}/bad_spec.qz:1: main: exit status 3" in lines(done)


def test_annotated_functions_are_tests(tmp_path: Path, cache: Path) -> None:
    text = "@test\ndef adds()\n  assert_eq(1 + 1, 2)\nend\n@test def other() = assert(false)\n"
    write(tmp_path, annotated=text)
    done = run(cache, tmp_path / "annotated.qz")
    assert [line.rpartition(": ")[2] for line in lines(done)[:2]] == ["adds ... ok", "other ... FAILED"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("adds", ["one.qz: adds", "two.qz: adds up"]),
        ("two.qz", ["two.qz: adds up", "two.qz: other"]),
        ("two.qz: adds", ["two.qz: adds up"]),
        ("spec", ["main_spec.qz: main"]),
    ],
    ids="abcd",  # the folder is called after it, and part of every file
)
def test_filters_look_at_file_and_name(tmp_path: Path, cache: Path, text: str, expected: list[str]) -> None:
    ok = " do\n  assert(true)\nend\n"
    write(
        tmp_path,
        one=f'test "adds"{ok}test "b"{ok}',
        two=f'test "adds up"{ok}test "other"{ok}',
        main_spec="def main() = exit(0)\n",
    )
    for option in ("-k", "--filter"):
        done = run(cache, tmp_path, option, text)
        shown = [line.removeprefix(f"{tmp_path}/").removesuffix(" ... ok") for line in lines(done)[:-1]]
        assert shown == expected


def test_files_are_found_below_folders(tmp_path: Path) -> None:
    write(
        tmp_path,
        b=PASSES,
        a__deep__c='  test r"raw" do\nend\n',
        a__annotated="@test\ndef f()\nend\n",
        a__x_spec="def main()\nend\n",
        a__nothing='def test(n: Int) = n\n# test "in a comment" do\n',
        _hidden__d=PASSES,
    )
    (tmp_path / "_hidden").rename(tmp_path / ".hidden")
    found = [os.path.relpath(path, tmp_path) for path in files_with_tests(Options(files=(str(tmp_path),)))]
    assert found == ["b.qz", "a/annotated.qz", "a/x_spec.qz", "a/deep/c.qz"]
    named = (str(tmp_path / "b.qz"), str(tmp_path), str(tmp_path / "a" / "nothing.qz"))
    again = list(files_with_tests(Options(files=named)))
    assert [os.path.relpath(path, tmp_path) for path in again] == [*found, "a/nothing.qz"]


def test_without_a_path_it_is_the_current_folder(tmp_path: Path, cache: Path, root: Path) -> None:
    write(tmp_path, calc=PASSES)
    done = subprocess.run(
        qz("test"),
        cwd=tmp_path,
        env=os.environ | {"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "calc.qz: passes ... ok\n1 passed, 0 failed\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "no tests found in `{}`"),
        (["-k", "zzz"], "no tests found in `{}` in whose file or name `zzz` occurs"),
    ],
)
def test_nothing_found_is_said_and_no_success(
    tmp_path: Path, cache: Path, words: list[str], said: str
) -> None:
    write(tmp_path, plain=ADD + ("" if not words else PASSES))
    done = run(cache, tmp_path, *words)
    assert (done.output, done.status, done.errors.strip()) == (b"", 1, said.format(tmp_path))


# Wrong programs, and what is no test


def test_a_file_that_does_not_compile_fails_alone(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, bad='test "a" do\n  missing()\nend\ntest "b" do\nend\n', good=PASSES)
    done = run(cache, tmp_path, tmp_path / "none.qz")
    assert done.status == 1
    assert "error[QZ0302]" in done.errors
    assert "QZ9001" in done.errors
    assert lines(done)[:3] == [
        f"{tmp_path}/bad.qz ... does not compile",
        f"{tmp_path}/good.qz: passes ... ok",
        f"{tmp_path}/none.qz ... does not compile",
    ]
    assert lines(done)[-1] == "1 passed, 2 failed"


def test_tests_are_no_part_of_the_program(tmp_path: Path, cache: Path) -> None:
    text = 'import std/path\ntest "t" do\n  path::join("a", 3)\n  missing()\nend\ndef main() = puts("runs")\n'
    write(tmp_path, main=text)
    done = execute(qz("run", tmp_path / "main.qz"), cache=cache)
    assert done == (b"runs\n", 0, "")
    checked = execute(qz("check", tmp_path / "main.qz"), cache=cache)
    assert re.findall(r"error\[(QZ\d+)\]", checked.errors) == ["QZ0400", "QZ0302"]
    shown = execute(qz("dump-ir", tmp_path / "main.qz", "--stage", "qz"), cache=cache)
    assert b"test.1" not in shown.output


def test_tests_of_imported_modules_are_not_run(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, lib=ADD + FAILS, main=f"import lib\n{PASSES}")
    assert lines(run(cache, tmp_path / "main.qz"))[-1] == "1 passed, 0 failed"


def test_options_of_compiling_count(tmp_path: Path, cache: Path) -> None:
    text = 'test "wraps" do\n  var n = 9223372036854775807\n  n += 1\n  assert(n < 0)\nend\n'
    write(tmp_path, wraps=text)
    assert run(cache, tmp_path / "wraps.qz").status == 1
    assert run(cache, tmp_path / "wraps.qz", "-O2").status == 0
    assert run(cache, tmp_path / "wraps.qz", "--overflow", "wrap").status == 0


def test_quiet_shows_failures_only_and_verbose_all_output(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, calc='test "says" do\n  puts("said")\nend\n' + FAILS)
    quiet = lines(run(cache, tmp_path / "calc.qz", "-q"))
    assert not any("..." in line for line in quiet)
    assert any(": fails: panicked" in line for line in quiet)
    assert "    said" in lines(run(cache, tmp_path / "calc.qz", "-v"))


def test_a_warm_run_imports_nothing_heavy(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, calc=PASSES)
    run(cache, tmp_path / "calc.qz")
    command = qz("test", tmp_path / "calc.qz")
    command[1:1] = ["-X", "importtime"]
    done = execute(command, cache=cache)
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.errors.splitlines()}
    assert "qz" in imported
    assert not imported & {"numpy", "xdsl", "llvmlite", "dialects", "lowering"}
