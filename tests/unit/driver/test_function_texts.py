"""Texts of functions, and their keys."""

from sys import intern

from lowering.emit_llvm import FunctionText
from qz.driver.objects.function_texts import packed


def test_the_key_of_a_text_says_nothing_of_who_else_refers_to_its_parts() -> None:
    names = ["".join(parts) for parts in [("part", "$one"), ("part", "$two")]]
    declarations = dict.fromkeys(["rt.count$drop", *names], "declare")
    first, _ = packed("part", FunctionText("part$f", "define", declarations))
    others = [intern(name) for name in declarations]
    again, _ = packed("part", FunctionText("part$f", "define", dict.fromkeys(others, "declare")))
    assert first == again
