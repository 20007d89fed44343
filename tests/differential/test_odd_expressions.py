"""Whatever the checker accepts becomes code: expressions where hardly anybody would put them."""

from __future__ import annotations

from bisect import bisect_right
from random import Random

import pytest

from qz.diagnostics.model import Severity
from qz.driver.objects.backend import Backend, target_of
from qz.driver.options import Options
from qz.driver.program import Compilation
from tests.differential.odd_expressions import PRELUDE, function

_PER_FILE = 40


def _wrong_ones(compilation: Compilation, functions: list[str]) -> set[int]:
    """Which functions have errors."""
    text, starts = PRELUDE, list[int]()
    for one in functions:
        starts.append(len(text.encode()))
        text += one
    sink = compilation.session.sink
    assert compilation.build.load("odd.qz", f"{text}def main()\nend\n".encode())
    compilation.build.check_all()
    errors = [found for found in sink.diagnostics if found.severity is Severity.ERROR]
    wrong = {bisect_right(starts, found.span.start) - 1 for found in errors if found.span is not None}
    assert -1 not in wrong, errors
    assert bool(wrong) == bool(errors), errors
    return wrong


def _lower_all(compilation: Compilation) -> int:
    module = compilation.build.main_module
    assert module is not None
    n_lowered = 0
    for decl in module.functions:
        if decl.name.startswith("odd"):
            with compilation.build.program.reads.frame():
                unit = compilation.build.generate(decl)
            assert unit is not None
            compilation.step.lower_to(unit, "llvm")
            compilation.session.end_function(unit.n_nodes, unit.n_ops)
            n_lowered += 1
    return n_lowered


def lower_what_is_accepted(seed: int, level: str) -> int:
    """How many functions of a file were."""
    random = Random(seed)
    functions = [function(random, f"odd{number}") for number in range(_PER_FILE)]
    options = Options(files=("odd.qz",), level=level, jobs=1, use_cache=False)
    while True:
        with Backend(options, target_of(options, here=False)) as backend:
            compilation = Compilation(options, backend, None, 0.0)
            wrong = _wrong_ones(compilation, functions)
            if not wrong:
                return _lower_all(compilation)
        functions = [one for number, one in enumerate(functions) if number not in wrong]


@pytest.mark.parametrize("level", ["dev", "O2"])
def test_what_is_accepted_becomes_code(level: str) -> None:
    assert sum(lower_what_is_accepted(seed, level) for seed in range(4)) > 4


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 400, 50))
def test_much_that_is_accepted_becomes_code(first: int) -> None:
    for seed in range(first, first + 50):
        lower_what_is_accepted(seed, ("dev", "O2")[seed % 2])
