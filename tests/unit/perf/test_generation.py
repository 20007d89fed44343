"""Generated programs: repeatable, of the size asked for, the same at the front at any length; their edits."""

from __future__ import annotations

import re
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path

import pytest
from generate import main, write_program
from generation.edits import EDIT_OF_EVERY_LANGUAGE, EDITS
from generation.languages import LANGUAGES
from generation.modules import FUNCTIONS_AT_SCALE_1, FUNCTIONS_PER_MODULE, Program
from generation.spelling import Spelling

from qz.driver.checking import checked
from qz.driver.options import Options

DEFINITION = re.compile(r"^def fn(\d+)\(.*?^end$", re.MULTILINE | re.DOTALL)


def functions(n: int, seed: int = 1) -> dict[int, str]:
    """The generated functions by number."""
    text = "".join(text for name, text in Program(n, seed).files() if name.startswith("part"))
    return {int(found[1]): found[0] for found in DEFINITION.finditer(text)}


@pytest.mark.parametrize("n", [1, 26, 27, 28, 100])
def test_as_many_functions_as_asked_for(n: int) -> None:
    assert sorted(functions(n)) == list(range(n))


def test_functions_have_about_forty_lines() -> None:
    lengths = [text.count("\n") + 1 for text in functions(300).values()]
    assert 35 <= sum(lengths) / len(lengths) <= 45


def test_a_longer_program_begins_like_a_shorter_one() -> None:
    short, long = functions(150), functions(400)
    assert all(long[number] == text for number, text in short.items())


def test_the_seed_decides_and_nothing_else_does(tmp_path: Path) -> None:
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        write_program(30, seed, tmp_path / name)
    a, b, c = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "abc")
    assert a == b
    assert a.keys() == c.keys()
    assert a["part0.qz"] != c["part0.qz"]


def test_calls_name_functions_that_come_before() -> None:
    for number, text in functions(300).items():
        assert all(int(callee) < number for callee in re.findall(r"\bfn(\d+)\(", text.split("\n", 1)[1]))


def test_blocks_are_balanced() -> None:
    for text in functions(200).values():
        openers = re.findall(r"^ *(?:(?:\w+ = )?match|def|if|for|while)\b|=>$", text, re.MULTILINE)
        assert len(openers) == len(re.findall(r"^ *end$", text, re.MULTILINE))


def test_the_mix_is_real() -> None:
    text = "".join(functions(200).values())
    for word in (
        "while",
        "for",
        "elsif",
        "break",
        "continue",
        "sb_new",
        "push",
        "#{",
        "as F64",
        " { field0: ",
        "fn1",
        "= match ",
        " => ",
        "Kind0x1v1",
        ".map(x ->",
        "get_or(",
        "pick(",
        "Tagged {",
        ".weight()",
    ):
        assert text.count(word) >= 10, word


def test_the_command_says_where_the_program_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--functions", "3", "--seed", "2", "--out", str(tmp_path / "new")]) == 0
    assert Path(capsys.readouterr().out.strip()).read_text().count("run0x0()") == 1


def test_scale_1_is_what_other_compilers_were_measured_on() -> None:
    program = Program(FUNCTIONS_AT_SCALE_1, 1)
    files = dict(program.files())
    assert len(files) == 80 + 2
    assert FUNCTIONS_AT_SCALE_1 == 2140 <= 80 * FUNCTIONS_PER_MODULE
    assert sum(text.count("\n") for text in files.values()) == pytest.approx(85_000, rel=0.03)


def test_the_program_that_figures_were_measured_on_is_the_same() -> None:
    digest = sha256()
    for name, text in Program(200, 1).files():
        digest.update(f"{name}\n{text}".encode())
    assert digest.hexdigest() == "48f7125532733e740f5a62442693809ecb99effef9f13ad2ac63eba03bc9a490"


@pytest.mark.parametrize("spelling", LANGUAGES.values(), ids=LANGUAGES)
def test_every_language_has_the_same_functions_and_edits(
    spelling: Spelling, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--language", spelling.name, "--out", str(tmp_path)]
    main(["--functions", "60", "--seed", "3", *words])
    before = {path: path.read_text() for path in tmp_path.rglob("*.*")}
    parts = [text for path, text in before.items() if re.fullmatch(r"part\d+", path.stem)]
    heads = [head for text in parts for head in spelling.function_head.finditer(text)]
    assert sorted(int(re.findall(r"\b[fF]n(\d+)", head[0])[0]) for head in heads) == list(range(60))
    assert main(["--edit", EDIT_OF_EVERY_LANGUAGE, "--seed", "4", *words]) == 0
    (changed,) = (path for path, text in before.items() if path.read_text() != text)
    assert changed.stem == "part2"
    lines = zip(before[changed].split("\n"), changed.read_text().split("\n"), strict=True)
    assert len([new for old, new in lines if new != old]) == 1


def test_only_a_body_is_edited_outside_quartz(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["--language", "c", "--edit", "field", "--out", str(tmp_path)])


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_changes_one_place_and_the_program_is_still_right(what: str, tmp_path: Path) -> None:
    path = write_program(60, 3, tmp_path)
    before = {path: path.read_text() for path in tmp_path.rglob("*.*")}
    assert main(["--edit", what, "--seed", "4", "--out", str(tmp_path)]) == 0
    changed = [path for path, text in before.items() if path.read_text() != text]
    assert len(changed) == 1
    diff = unified_diff(before[changed[0]].split("\n"), changed[0].read_text().split("\n"), n=0, lineterm="")
    added = [line for line in diff if line.startswith("+") and not line.startswith("+++")]
    assert len(added) == 1
    session = checked(Options(files=(str(path),)), str(path))
    assert not session.sink.n_errors
