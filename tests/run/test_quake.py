"""Tasks that are run by name: their order, their commands, their files, and what goes wrong."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program_files import execute, qz

PROGRAM = r"""
import * from quake

def main(): Int
  task("build", "compiles") do ->
    mkdir_p("out/deep")
    write_file("out/a.txt", "a")
    cp("out/a.txt", "out/deep")
    mv("out/a.txt", "out/b.txt")
    step("listing") do ->
      puts("#{glob("out/**/*.txt")} #{glob("o?t/*")} #{glob("*.none")}")
    end
  end
  task_dep("check", "runs the tests", ["build", "env"]) do ->
    sh("echo $WORD")
    sh_quiet("echo hidden")
    sh_buffered("echo shown; echo too >&2")
    puts("#{sh_maybe("exit 3")} #{sh_capture("echo captured").trim()}")
  end
  task("env", "sets something") do -> env("WORD", env_get("QUAKE_TEST") + "!") end
  task("clean", "deletes") do ->
    rm("out/b.txt")
    rm_rf("out")
    rm_rf("out")
  end
  task("bad", "fails") do -> sh("exit 7") end
  task("worse", "fails quietly") do -> sh_quiet("echo why; exit 8") end
  task_alias("all", ["check", "clean", "check"])
  task_dep("hen", "never", ["egg"]) do -> end
  task_dep("egg", "never", ["hen"]) do -> end
  task_dep("lost", "never", ["buidl"]) do -> end
  return quake_main()
end
"""
LIST = """build  compiles
check  runs the tests
env    sets something
clean  deletes
bad    fails
worse  fails quietly
all    runs check, clean, check
hen    never
egg    never
lost   never
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Run:
    folder = tmp_path_factory.mktemp("quake")
    (folder / "Quakefile.qz").write_text(PROGRAM)
    program = folder / "quake"
    assert execute(qz("compile", folder / "Quakefile.qz", "-o", program), cache=cache) == (b"", 0, "")
    environment = os.environ | {"QUAKE_TEST": "word"}

    def run_tasks(*words: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [program, *words],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    return run_tasks


def test_tasks_run_once_behind_what_they_need(run: Run) -> None:
    built = '["out/b.txt", "out/deep/a.txt"] ["out/b.txt", "out/deep"] []\n'
    checked = "== check\necho $WORD\nword!\necho shown; echo too >&2\nshown\ntoo\nexit 3\nfalse captured\n"
    shown = f"== build\n-- listing\n{built}== env\n{checked}== clean\n== all\n"
    assert run("all") == (0, shown, "")
    assert run("-q", "check", "clean", "build") == (0, f"{built}word!\nshown\ntoo\nfalse captured\n", "")
    assert "hidden\n" in run("-v", "check")[1]
    assert run("clean") == (0, "== clean\n", "")


def test_what_there_is(run: Run) -> None:
    assert run() == run("--list") == (0, LIST, "")
    status, shown, errors = run("--help")
    assert (status, errors) == (0, "")
    assert shown.startswith("usage: ")
    assert shown.endswith(LIST)


@pytest.mark.parametrize(
    ("words", "status", "shown", "problem"),
    [
        (("bad",), 1, "== bad\nexit 7\n", "`exit 7` has failed with status 7"),
        (("-q", "worse", "build"), 1, "why\n", "`echo why; exit 8` has failed with status 8"),
        (("clean",), 1, "== clean\n", "cannot delete `out/b.txt`: No such file or directory"),
        (("build", "chek"), 2, "", "there is no task `chek`; did you mean `check`?"),
        (("something",), 2, "", "there is no task `something`"),
        (("hen",), 1, "", "tasks need each other: hen, egg, hen"),
        (("lost",), 1, "", "`lost` needs `buidl`, which is no task; did you mean `build`?"),
        (("--fast",), 2, "", "the option `--fast` is unknown"),
    ],
)
def test_what_goes_wrong(run: Run, words: tuple[str, ...], status: int, shown: str, problem: str) -> None:
    assert run(*words) == (status, shown, f"quake: {problem}\n")
