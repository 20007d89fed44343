"""Every program of `programs/`, run and compiled."""

import pytest

from tests.program_files import Program, all_programs, check, execute, is_of_library, qz


def _optimised(program: Program):
    marks = [pytest.mark.slow] if is_of_library(program) else []
    return pytest.param(program, id=program.name, marks=marks)


@pytest.mark.parametrize("program", [pytest.param(program, id=program.name) for program in all_programs()])
def test_run(program, cache):
    check(
        program,
        execute(qz("run", program.source, "--", *program.arguments), program.stdin, cache),
        inlined=False,
    )


@pytest.mark.parametrize("program", [_optimised(program) for program in all_programs()])
def test_compile_and_execute(program, cache, tmp_path):
    made = execute(
        qz("compile", program.source, "-O2", "--overflow=trap", "-o", tmp_path / "program"), cache=cache
    )
    assert made == (b"", 0, "")
    check(program, execute([str(tmp_path / "program"), *program.arguments], program.stdin), inlined=True)
