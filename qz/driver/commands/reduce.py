"""``qz reduce``: makes a program smaller as long as a command still finds in it what it is about.

Delta debugging over lines: ever smaller runs of lines are left out wherever the command still exits with
0, and then blocks (a line and what is indented below it, up to its ``end``), until nothing more can go.
"""

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress

from qz.driver.options import Options
from qz.driver.outputs import STDOUT, write_whole
from qz.driver.report import report_alone, write_lines
from qz.driver.source_files import reason
from qz.driver.standard_streams import writing

Lines = list[bytes]


def run_reduce(options: Options, command: Sequence[str]) -> int:
    """Writes the smallest program found; 1 where the command does not even accept the whole one."""
    path = options.files[0]
    try:
        with open(path, "rb") as file:
            lines = file.read().splitlines(keepends=True)
    except OSError as error:
        report_alone(options, "QZ9001", path=path, reason=reason(error))
        return 1
    if shutil.which(command[0]) is None:
        report_alone(options, "QZ9007", problem=f"there is no program `{command[0]}`")
        return 1
    # Beside the original, where the same imports work.
    stem, suffix = os.path.splitext(path)
    attempt = _Attempt(command, f"{stem}.reduce{os.getpid()}{suffix}")
    try:
        if not attempt(lines):
            problem = f"`{shlex.join(command)}` does not succeed on the whole of `{path}`"
            report_alone(options, "QZ9007", problem=problem)
            return 1
        smallest = reduce_lines(lines, attempt)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(attempt.path)
    if options.verbosity >= 0:
        write_lines([f"{len(lines)} lines became {len(smallest)} in {attempt.n_runs} runs"])
    write_whole(options.output or STDOUT, b"".join(smallest))
    return 0


class _Attempt:
    """Whether a program is still interesting: writes it down and runs the command on it."""

    def __init__(self, command: Sequence[str], path: str) -> None:
        self.path = path
        has_place = any("{}" in word for word in command)
        self._words = [word.replace("{}", path) for word in command] + ([] if has_place else [path])
        self.n_runs = 0

    def __call__(self, lines: Sequence[bytes]) -> bool:
        self.n_runs += 1
        with writing(self.path), open(self.path, "wb") as file:
            file.writelines(lines)
        done = subprocess.run(
            self._words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return done.returncode == 0


def reduce_lines(lines: Lines, is_interesting: Callable[[Sequence[bytes]], bool]) -> Lines:
    """The lines left when no run of lines and no block can be left out any more."""
    before = None
    while lines != before:
        before = lines
        lines = _without_blocks(lines, is_interesting)
        lines = _without_runs(lines, is_interesting)
    return lines


def _without_runs(lines: Lines, is_interesting: Callable[[Sequence[bytes]], bool]) -> Lines:
    size = max(len(lines) // 2, 1)
    while size:
        start = 0
        while start < len(lines):
            shorter = lines[:start] + lines[start + size :]
            if is_interesting(shorter):
                lines = shorter
            else:
                start += size
        size //= 2
    return lines


def _without_blocks(lines: Lines, is_interesting: Callable[[Sequence[bytes]], bool]) -> Lines:
    start = 0
    while start < len(lines):
        end = _block_end(lines, start)
        shorter = lines[:start] + lines[end:]
        if end > start + 1 and is_interesting(shorter):
            lines = shorter
            continue
        # The inside may do without its head and its `end`.
        unwrapped = [*lines[:start], *lines[start + 1 : end - 1], *lines[end:]]
        if end > start + 2 and is_interesting(unwrapped):
            lines = unwrapped
        else:
            start += 1
    return lines


def _block_end(lines: Lines, start: int) -> int:
    """The index after the block that line ``start`` opens: what is indented more, and its ``end``."""
    depth = _indentation(lines[start])
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or _indentation(lines[end]) > depth):
        end += 1
    if end < len(lines) and end > start + 1 and lines[end].strip() == b"end":
        end += 1
    return end


def _indentation(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" \t"))
