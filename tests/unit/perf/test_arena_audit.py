"""The audit of arenas says what there is, and minds an arena that stays in use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PERF = Path(__file__).resolve().parents[3] / "perf"

# Asks for an arena at the first function of a compile and never leaves it.
PLANTED = """
from qz.driver.session import Session
from qz.driver.build import Build

generate = Build.generate
kept = {}


def stay(self, function):
    if self not in kept:
        kept[self] = self.arenas.function("kept")
        kept[self].__enter__()
    return generate(self, function)


Build.generate = stay
"""


def audit(planted: str) -> tuple[int, list[str]]:
    words = f"import sys; sys.path.insert(0, {str(PERF)!r}); import in_process\n{planted}\n"
    words += "from arena_audit import main; sys.exit(main(['--functions', '16']))"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def test_no_arena_is_in_use_between_functions_and_a_node_is_small() -> None:
    status, lines = audit("")
    assert status == 0
    rows = {line.split()[0]: line.split() for line in lines if line}
    assert rows["arenas"][1] == "0"
    # Kind, token and two operands are 13 bytes; lists of parts come on top.
    assert 13 <= float(rows["a"][2]) < 20


def test_an_arena_that_stays_is_seen() -> None:
    status, lines = audit(PLANTED)
    assert status == 1
    assert any(line.startswith("arenas    1 in use") for line in lines)
