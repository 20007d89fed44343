"""The reference interpreter gives every program the behaviour that it is expected to have."""

import pytest

from dialects.interpreters.values import LimitReached
from tests.differential.reference import interpreted
from tests.program_files import DROPS, Program, all_programs, check


def _parameter(program: Program):
    marks = [pytest.mark.xfail(reason="gives nothing up", strict=True)] if program.name in DROPS else []
    return pytest.param(program, id=program.name, marks=marks)


@pytest.mark.parametrize("program", [_parameter(program) for program in all_programs()])
def test_interpreter(program):
    try:
        behaviour = interpreted(program.source, program.arguments, program.stdin)
    except LimitReached:
        pytest.skip("takes the interpreter too long")
    check(program, behaviour, inlined=False)
