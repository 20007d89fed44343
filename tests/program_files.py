"""Programs with their expected behaviour in files beside them, for the run and the differential tests.

``tests/run/programs/NAME.qz`` is a program; beside it

    NAME.out      what it writes to standard output, exactly
    NAME.status   its exit status, if not 0
    NAME.err      lines that standard error holds, each as a part of some line, in that order
    NAME.frames   more of them, the functions of a backtrace: only where nothing is inlined
    NAME.args     its arguments, one a line
    NAME.stdin    its standard input

Expected output is written by hand or computed by something else (Python, C), never copied from a run.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

TESTS = Path(__file__).resolve().parent
PROGRAMS = TESTS / "run" / "programs"
_TIMEOUT_SECONDS = 120

HOLDS_CIRCLES = frozenset(("lambda_recursion",))
"""Programs with values that refer to one another in a circle, which counting never frees."""

CATCHES_PANICS = frozenset(
    (
        *("bare_vectors", "dispatch", "std_argparse", "std_assert_panics", "std_qspec_matchers"),
        "task_catches",
    )
)
"""Programs that go on after a panic, where nobody gives back what was in use."""

DROPS = frozenset(
    (
        *("arenas", "blocks_in_blocks", "drops", "drops_and_defers", "drops_local_vectors"),
        *("drops_of_unnamed", "enum_drops"),
        *(
            "generators_given_up",
            "guards_that_bind",
            "moved_drops",
            "taken_out",
            "task_drops",
            "unboxed_drops",
        ),
        *("emptied_variables", "several_places", "unboxed_tuples", "value_drops", "weak"),
    )
)
"""Programs that see when values are given up, which the interpreter does only where it counts."""


class Program(NamedTuple):
    """A program and what it should do."""

    name: str
    source: Path
    expected_output: bytes
    expected_status: int
    expected_errors: tuple[str, ...]
    expected_frames: tuple[str, ...]
    arguments: tuple[str, ...]
    stdin: bytes


class Behaviour(NamedTuple):
    """What a program did."""

    output: bytes
    status: int
    errors: str


def is_of_library(program: Program) -> bool:
    """Whether a program is about the library: it is large, and consists of what the others do too. One run of
    it says whether the library is right; that the optimiser leaves it so is asked with ``--all``."""
    return program.name.startswith(("std_", "task_", "markdown_"))


def all_programs() -> list[Program]:
    """Every program there is, by name."""
    return [read_program(path) for path in sorted(PROGRAMS.glob("*.qz"))]


def read_program(source: Path) -> Program:
    """A program with the files beside it; a program without expected output is a mistake."""

    def lines(suffix: str) -> tuple[str, ...]:
        path = source.with_suffix(suffix)
        return tuple(path.read_text().splitlines()) if path.exists() else ()

    status = lines(".status")
    stdin = source.with_suffix(".stdin")
    return Program(
        name=source.stem,
        source=source,
        expected_output=source.with_suffix(".out").read_bytes(),
        expected_status=int(status[0]) if status else 0,
        expected_errors=lines(".err"),
        expected_frames=lines(".frames"),
        arguments=lines(".args"),
        stdin=stdin.read_bytes() if stdin.exists() else b"",
    )


def qz(*words: str | Path) -> list[str]:
    """A command line that runs the compiler of this clone."""
    return [sys.executable, "-m", "qz", *map(str, words)]


def execute(command: Sequence[str], stdin: bytes = b"", cache: Path | None = None) -> Behaviour:
    """Runs a command to its end, in the root of the clone; compilers in it use ``cache``."""
    environment = dict(os.environ)
    if cache is not None:
        environment["XDG_CACHE_HOME"] = str(cache)
    done = subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        timeout=_TIMEOUT_SECONDS,
        cwd=TESTS.parent,
        env=environment,
        check=False,
    )
    return Behaviour(done.stdout, done.returncode, done.stderr.decode("utf-8", "replace"))


def check(program: Program, behaviour: Behaviour, *, inlined: bool) -> None:
    """Asserts that a program did what it should; ``inlined`` says that frames may be missing."""
    assert behaviour.output == program.expected_output, behaviour.errors
    assert behaviour.status == program.expected_status, behaviour.errors
    if not program.expected_errors and not program.expected_status:
        assert behaviour.errors == ""
    rest = iter(behaviour.errors.splitlines())
    for part in program.expected_errors if inlined else program.expected_errors + program.expected_frames:
        assert any(part in line for line in rest), f"{part!r} is missing in\n{behaviour.errors}"
