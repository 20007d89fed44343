"""A leak that is planted is found, with the file and the line of what keeps it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PERF = Path(__file__).resolve().parents[3] / "perf"

# What a careless change would do: each keeps something of every function for good, on the line marked `here`.
PLANTED = {
    "a dict as large as a tree in a table of a module": """\
from qz.sema.queries import Queries

body_of = Queries.body
KEPT = {}  # here


def body(self, function, arena):
    found = body_of(self, function, arena)
    KEPT[function.symbol] = {node: str(node) for node in range(arena.n)}
    return found


Queries.body = body
""",
    "an operation that a memo keeps alive": """\
from functools import cache

import qz.driver.ir_making as ir_making

generate = ir_making.generate


@cache  # here
def entry_of(symbol, module):
    return module.body.block.first_op


def generate_and_remember(program, function, *rest):
    made = generate(program, function, *rest)
    entry_of(function.symbol, made.module)
    return made


ir_making.generate = generate_and_remember
""",
    "a table of texts that only grows": """\
from qz.driver.session import Session

end_function = Session.end_function


class Names:
    def __init__(self):
        self.numbers = {}  # here


NAMES = Names()


def end(self, n_nodes, n_ops):
    for node in range(n_nodes):
        NAMES.numbers[f"{self.clock.function}#{node}"] = node
    end_function(self, n_nodes, n_ops)


Session.end_function = end
""",
}


_QUICK = "an operation that a memo keeps alive"
_PARAMETERS = [
    pytest.param(planted, id=what, marks=[] if what == _QUICK else [pytest.mark.slow])
    for what, planted in PLANTED.items()
]


def bisect(folder: Path, planted: str, budget: int) -> tuple[int, list[str]]:
    """The exit status and the lines of a search in a process where ``planted`` was imported first."""
    (folder / "planted.py").write_text(planted)
    words = f"import sys; sys.path[:0] = [{str(PERF)!r}, {str(folder)!r}]; import in_process, planted\n"
    words += f"from leak_bisect import main; sys.exit(main(['--functions', '24', '--budget', '{budget}']))"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


@pytest.mark.slow
def test_the_compiler_keeps_little_of_a_function(tmp_path: Path) -> None:
    # In a program as small as this, most is what fills once: 5 KB a function in one of 120.
    status, lines = bisect(tmp_path, "", 16384)
    assert status == 0, lines


@pytest.mark.parametrize("planted", _PARAMETERS)
def test_planted_leak_is_found(tmp_path: Path, planted: str) -> None:
    status, lines = bisect(tmp_path, planted, 8192)
    assert status == 1
    line = planted[: planted.index("# here")].count("\n") + 1
    heaviest = lines[1]
    assert f"{tmp_path}/planted.py:{line}: " in heaviest
