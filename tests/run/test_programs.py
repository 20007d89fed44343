"""Every program of `programs/`, run and compiled."""

import pytest

from tests.program_files import all_programs, check, execute, qz

PROGRAMS = all_programs()


@pytest.fixture(params=PROGRAMS, ids=[program.name for program in PROGRAMS])
def program(request):
    """Each program in turn."""
    return request.param


def test_run(program, cache):
    check(
        program,
        execute(qz("run", program.source, "--", *program.arguments), program.stdin, cache),
        inlined=False,
    )


def test_compile_and_execute(program, cache, tmp_path):
    made = execute(
        qz("compile", program.source, "-O2", "--overflow=trap", "-o", tmp_path / "program"), cache=cache
    )
    assert made == (b"", 0, "")
    check(program, execute([str(tmp_path / "program"), *program.arguments], program.stdin), inlined=True)
