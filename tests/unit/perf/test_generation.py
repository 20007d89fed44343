"""Generated programs: repeatable, of the size asked for, and the same at the front however long they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from generate import main, write_program
from generation.modules import Program

DEFINITION = re.compile(r"^def fn(\d+)\(.*?^end$", re.MULTILINE | re.DOTALL)


def functions(n: int, seed: int = 1) -> dict[int, str]:
    """The generated functions by number."""
    text = "".join(text for name, text in Program(n, seed).files() if name.startswith("part"))
    return {int(found[1]): found[0] for found in DEFINITION.finditer(text)}


@pytest.mark.parametrize("n", [1, 119, 120, 121, 300])
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
        write_program(130, seed, tmp_path / name)
    a, b, c = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "abc")
    assert a == b
    assert a.keys() == c.keys()
    assert a["part0.qz"] != c["part0.qz"]


def test_calls_name_functions_that_come_before() -> None:
    for number, text in functions(300).items():
        assert all(int(callee) < number for callee in re.findall(r"\bfn(\d+)\(", text.split("\n", 1)[1]))


def test_blocks_are_balanced() -> None:
    for text in functions(200).values():
        openers = re.findall(r"^ *(?:def|if|for|while)\b", text, re.MULTILINE)
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
        "Rec0x1 {",
        "fn1",
    ):
        assert text.count(word) >= 10, word


def test_the_command_says_where_the_program_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--functions", "3", "--seed", "2", "--out", str(tmp_path / "new")]) == 0
    assert Path(capsys.readouterr().out.strip()).read_text().count("run0x0()") == 1
