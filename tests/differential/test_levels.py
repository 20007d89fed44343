"""One program, one behaviour: at every level of optimisation, run in the compiler or as an executable.

The expectation is the program's own (`tests/run/programs`); the reference interpreter is one more witness
where a program stays within what it knows. `tests/run` runs the dev profile and executables at -O2 each time;
all levels in both ways take their turn with the slow tests.
"""

import pytest

from tests.program_files import all_programs, check, execute, qz

PROGRAMS = all_programs()
INLINES = {"--profile=dev": False, "-O0": False, "-O1": True, "-O2": True, "-O3": True}
pytestmark = pytest.mark.slow


@pytest.fixture(params=PROGRAMS, ids=[program.name for program in PROGRAMS])
def program(request):
    """Each program in turn."""
    return request.param


@pytest.mark.parametrize("level", INLINES)
def test_the_loader_at_every_level(program, level, cache):
    command = qz("run", program.source, level, "--overflow=trap", "--", *program.arguments)
    check(program, execute(command, program.stdin, cache), inlined=INLINES[level])


@pytest.mark.parametrize("level", INLINES)
def test_executables_at_every_level(program, level, cache, tmp_path):
    output = tmp_path / "program"
    made = execute(qz("compile", program.source, level, "--overflow=trap", "-o", output), cache=cache)
    assert made == (b"", 0, "")
    check(program, execute([str(output), *program.arguments], program.stdin), inlined=INLINES[level])
