"""Reference counts that the passes made explicit: in balance, nothing used too late, and the same behaviour.

The interpreter counts on its own objects, so it checks the passes and not the runtime.
"""

import pytest

from dialects.interpreters.values import LimitReached
from lowering.options import LoweringOptions
from tests.differential.reference import interpreted
from tests.program_files import all_programs, check


@pytest.mark.parametrize("release", [False, True], ids=["dev", "release"])
@pytest.mark.parametrize("program", all_programs(), ids=lambda program: program.name)
def test_counts_are_in_balance(program, release):
    lowering = LoweringOptions(release=release)
    try:
        behaviour = interpreted(program.source, program.arguments, program.stdin, lowering=lowering)
    except LimitReached:
        pytest.skip("takes the interpreter too long")
    check(program, behaviour, inlined=False)
