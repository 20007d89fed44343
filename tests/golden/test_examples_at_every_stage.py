"""Every stage of every example can be shown."""

from __future__ import annotations

import pytest

from qz.driver.stages import STAGES
from tests.golden.stage_dumps import dump
from tests.program_files import TESTS

EXAMPLES = TESTS.parent / "examples"
# A file without `main` is part of the example that imports it.
MAINS = sorted(path for path in EXAMPLES.rglob("*.qz") if "\ndef main(" in path.read_text(encoding="utf-8"))
# The site is large; one stage that all others come before will do in a hurry.
CASES = [
    pytest.param(path, stage, marks=[pytest.mark.slow] if path.stem == "site" and stage != "asm" else [])
    for path in MAINS
    for stage in STAGES
]


@pytest.mark.parametrize(("path", "stage"), CASES, ids=lambda word: getattr(word, "stem", word))
def test_stage(path, stage):
    text = dump(str(path), stage)
    assert text.count("\n") > 20
    if STAGES[stage].floor.value == "ir":
        assert text.count("builtin.module ") == text.count("\n}\n") > 2
