"""Reference counts that the passes made explicit: in balance, nothing used too late, and the same behaviour.

The interpreter counts on its own objects, so it checks the passes and not the runtime.
"""

import pytest

from dialects.interpreters.values import LimitReached
from lowering.options import LoweringOptions
from tests.differential.reference import interpreted
from tests.program_files import CATCHES_PANICS, HOLDS_CIRCLES, Program, all_programs, check, is_of_library

LONG = frozenset(("recursion", "sieve", "arenas"))
"""Programs that run for seconds here, and count nothing that others do not."""

# The release passes are those of `dev` and more, so one run of a program says most; what programs about the
# library consist of, others do too, and they are large. The other run of each is with the slow tests.


def _parameter(program: Program, *, release: bool):
    is_seldom = program.name in LONG or release == is_of_library(program)
    marks = [pytest.mark.slow] if is_seldom else []
    if program.name in HOLDS_CIRCLES:
        marks.append(pytest.mark.xfail(reason="values that refer to one another stay", strict=True))
    if program.name in CATCHES_PANICS:
        marks.append(pytest.mark.xfail(reason="what was in use stays", strict=True))
    return pytest.param(program, release, id=f"{program.name}-{'release' if release else 'dev'}", marks=marks)


@pytest.mark.parametrize(
    ("program", "release"),
    [_parameter(program, release=release) for program in all_programs() for release in (False, True)],
)
def test_counts_are_in_balance(program, release):
    lowering = LoweringOptions(release=release)
    try:
        behaviour = interpreted(program.source, program.arguments, program.stdin, lowering=lowering)
    except LimitReached:
        pytest.skip("takes the interpreter too long")
    check(program, behaviour, inlined=False)
