"""The command line: what the words amount to, and how it ends when they make no sense."""

import subprocess
import sys

import pytest

from qz.cli.arguments import parse_words
from qz.cli.choice import options_of


def options(*words: str):
    return options_of(parse_words(words))


@pytest.mark.parametrize(
    ("words", "level", "overflow"),
    [
        ((), "dev", "trap"),
        (("--profile", "dev"), "dev", "trap"),
        (("--profile=release",), "O2", "wrap"),
        (("-O0",), "O0", "trap"),
        (("-O1",), "O1", "trap"),
        (("-O2",), "O2", "wrap"),
        (("-O3",), "O3", "wrap"),
        (("-O2", "--overflow=trap"), "O2", "trap"),
        (("--overflow", "wrap"), "dev", "wrap"),
    ],
)
@pytest.mark.parametrize("command", ["compile", "run"])
def test_levels_and_overflow(command, words, level, overflow):
    chosen = options(command, "a.qz", *words)
    assert (chosen.level, chosen.overflow) == (level, overflow)


def test_the_programs_own_words_follow_two_dashes():
    chosen = options("run", "a.qz", "-q", "--", "-O9", "--", "x")
    assert chosen.files == ("a.qz",)
    assert chosen.arguments == ("-O9", "--", "x")
    assert chosen.verbosity == -1


def test_repeated_words_add_up():
    chosen = options("compile", "a.qz", "-I", "x", "-Iy", "--feature", "f", "--fuel", "p=3", "-j4", "-vv")
    assert (chosen.include, chosen.features, chosen.fuel) == (("x", "y"), ("f",), (("p", 3),))
    assert (chosen.jobs, chosen.n_workers, chosen.verbosity) == (4, 4, 2)


def test_kinds_to_emit():
    assert options("compile", "a.qz", "--emit", "asm,obj,asm").emit == ("asm", "obj")
    assert options("compile", "a.qz").emit == ("exe",)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nonsense",),
        ("compile",),
        ("compile", "a.qz", "b.qz"),
        ("compile", "a.qz", "--", "x"),
        ("compile", "a.qz", "--emit", "exe,pdf"),
        ("compile", "a.qz", "-j0"),
        ("compile", "a.qz", "-j-1"),
        ("compile", "a.qz", "--fuel", "fold"),
        ("compile", "a.qz", "--fuel", "fold=x"),
        ("run", "a.qz", "-O4"),
        ("run", "a.qz", "--memory"),  # no abbreviations
        ("dump-ir", "a.qz"),
        ("dump-ir", "a.qz", "--stage", "soul"),
        ("mem-report", "a.qz", "--fail-over", "many"),
        ("reduce", "a.qz"),
        ("reduce", "a.qz", "--still", "'"),
        ("reduce", "a.qz", "--still", ""),
        ("cache", "burn"),
    ],
)
def test_nonsense_is_a_usage_error(words, capsys):
    with pytest.raises(SystemExit) as caught:
        parse_words(words)
    assert caught.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("words", "message", "help_text"),
    [
        (("complie", "a.qz"), "qz: error: there is no command `complie`", "did you mean `compile`?"),
        (("frobnicate",), "qz: error: there is no command `frobnicate`", "`qz --help` says what there is"),
        (("a.qz",), "qz: error: there is no command `a.qz`", "write `qz run a.qz` to run a program"),
        (
            ("check", "--fixx", "a.qz"),
            "qz check: error: there is no option `--fixx`",
            "did you mean `--fix`?",
        ),
        (
            ("run", "--release", "a.qz"),
            "qz run: error: there is no option `--release`",
            "write `--profile release`",
        ),
        (
            ("run", "a.qz", "b"),
            "qz run: error: `b` is one file too many",
            "words for the program stand behind `--`",
        ),
        (
            ("compile", "a.qz", "b"),
            "qz compile: error: `b` is one word too many",
            "`qz compile --help` says what there is",
        ),
        (
            ("compile", "a.qz", "-o", "-"),
            "qz compile: error: an executable must be a file",
            "name it: `-o NAME`",
        ),
        (
            ("compile", "a.qz", "--emit", "obj,asm", "-o", "-"),
            "qz compile: error: obj and asm cannot both go to standard output",
            "name what their names begin with: `-o NAME`",
        ),
    ],
)
def test_what_is_wrong_and_what_to_do(words, message, help_text, capsys):
    with pytest.raises(SystemExit):
        parse_words(words)
    assert capsys.readouterr().err == f"{message}\n  = help: {help_text}\n"


def test_build_is_another_name_of_compile():
    assert parse_words(["build", "a.qz"]).command == "compile"


def test_no_words_at_all_show_the_help(capsys):
    with pytest.raises(SystemExit) as caught:
        parse_words([])
    assert caught.value.code == 2
    assert "show a stage of the compilation" in capsys.readouterr().err


@pytest.mark.parametrize(("text", "size"), [("300MB", 300 << 20), ("1gb", 1 << 30), ("17", 17), ("2k", None)])
def test_sizes(text, size):
    if size is None:
        with pytest.raises(SystemExit):
            parse_words(["mem-report", "a.qz", "--fail-over", text])
    else:
        assert parse_words(["mem-report", "a.qz", "--fail-over", text]).fail_over == size


def run_qz(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "qz", *words], capture_output=True, text=True, timeout=60, check=False
    )


def test_version_imports_nothing_heavy():
    script = "import sys; sys.argv = ['qz', '--version']\nimport os; exit = os._exit\n"
    script += "os._exit = lambda status: (print(sorted(sys.modules)), exit(status))\n"
    script += "from qz.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    version, modules = done.stdout.split("\n", 1)
    assert version == "qz 0.1.0"
    for heavy in ("numpy", "xdsl", "llvmlite", "argparse", "dataclasses", "subprocess"):
        assert f"'{heavy}'" not in modules


def test_the_version_is_the_projects(root):
    import tomllib

    from qz.driver.version import VERSION

    assert tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"] == VERSION


def test_explain_and_its_exit_statuses():
    page = run_qz("explain", "QZ9003")
    assert page.returncode == 0
    assert page.stdout.startswith("# QZ9003: ")
    assert page.stderr == ""
    unknown = run_qz("explain", "QZ9999")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "QZ9999" in unknown.stderr
