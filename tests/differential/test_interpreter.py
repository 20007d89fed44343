"""The reference interpreter gives every program the behaviour that it is expected to have."""

import pytest

from dialects.interpreters.values import LimitReached
from tests.differential.reference import interpreted
from tests.program_files import all_programs, check


@pytest.mark.parametrize("program", [pytest.param(program, id=program.name) for program in all_programs()])
def test_interpreter(program):
    try:
        behaviour = interpreted(program.source, program.arguments, program.stdin)
    except LimitReached:
        pytest.skip("takes the interpreter too long")
    check(program, behaviour, inlined=False)
