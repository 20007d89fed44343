"""Texts of functions, and their keys."""

from pathlib import Path
from sys import intern

from lowering.emit_llvm import FunctionText
from qz.driver.objects.function_texts import FunctionTexts, packed


def test_the_key_of_a_text_says_nothing_of_who_else_refers_to_its_parts() -> None:
    names = ["".join(parts) for parts in [("part", "$one"), ("part", "$two")]]
    declarations = dict.fromkeys(["rt.count$drop", *names], "declare")
    first, _ = packed("part", FunctionText("part$f", "define", declarations))
    others = [intern(name) for name in declarations]
    again, _ = packed("part", FunctionText("part$f", "define", dict.fromkeys(others, "declare")))
    assert first == again


def test_texts_of_any_number_of_groups_lie_in_one_file(tmp_path: Path) -> None:
    texts = FunctionTexts(lambda name: str(tmp_path / name), None, {})
    groups = [f"part{number}" for number in range(40)]
    keys = {
        group: [texts.add(group, FunctionText(f"{group}$f{turn}", "x" * 5_000, {})) for turn in range(3)]
        for group in groups
    }
    (path,) = tmp_path.iterdir()
    assert path.stat().st_size > 40 * 3 * 5_000 - (1 << 17)
    for group in reversed(groups):
        assert [text.name for text in texts.load(keys[group])] == [f"{group}$f{turn}" for turn in range(3)]
    last = texts.add(groups[0], FunctionText("late", "y", {}))
    assert [text.text for text in texts.load([last, keys[groups[0]][0]])] == ["y", "x" * 5_000]
