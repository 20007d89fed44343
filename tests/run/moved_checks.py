"""Programs with checks of indices moved before loops, beside the same programs with none moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tests.program_files import execute

PANIC_STATUS = 101


def n_panics_in_both(
    compiled: Callable[..., Path], text: str, plain: Sequence[str], runs: Iterable[Sequence[str]]
) -> int:
    """Runs a program optimised in both ways, ``plain`` being the options that move nothing; both must do the
    same, to the index that a panic names. How many runs panicked."""
    programs = [compiled("checks", text, "-O2", *options) for options in ((), plain)]
    n_panics = 0
    for words in runs:
        moved, kept = (_told(program, words) for program in programs)
        assert moved == kept, words
        n_panics += kept[0] == PANIC_STATUS
    return n_panics


def _told(program: Path, words: Sequence[str]) -> tuple[int, bytes, str]:
    """What a run did, but for the folder of its source, and the functions of its backtrace, which may be
    inlined."""
    done = execute([str(program), *words])
    errors = done.errors.replace(str(program.parent), "").partition("backtrace:")[0]
    return done.status, done.output, errors
