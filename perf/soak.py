"""Runs a program that makes and drops values of every kind, and watches that it does not grow.

    python perf/soak.py [FILE] [--minutes M] [-- QZ OPTIONS]

Compiles the program at -O2, lets it run, and looks at its resident memory every second. Printed is the most
of each tenth of the time. The exit status is 1 where a later tenth has more than the second one (in the
first, free lists and buffers come to their size), or where the program ended by itself.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from in_process import ROOT
from text_table import text_table

from qz.base.process_memory import current_rss

_N_PARTS = 10
_KB = 1 << 10


class EndedError(Exception):
    """The program that should run on has ended."""


def watch(command: Sequence[str | Path], seconds: float, interval: float = 1.0) -> list[int]:
    """Bytes resident at most in each tenth of the time; the process is ended then."""
    parts = [0] * _N_PARTS
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            began = time.monotonic()
            while (elapsed := time.monotonic() - began) < seconds:
                time.sleep(min(interval, seconds / _N_PARTS / 4))
                if process.poll() is not None:
                    raise EndedError(f"exit status {process.returncode} after {elapsed:.0f} s")
                part = min(int(elapsed / seconds * _N_PARTS), _N_PARTS - 1)
                parts[part] = max(parts[part], current_rss(process.pid))
        finally:
            process.kill()
    return parts


def grows(parts: Sequence[int]) -> bool:
    """Whether a later tenth needed more than the second one, by a hundredth or more."""
    return max(parts[2:]) > parts[1] * 1.01


def _lines(parts: Sequence[int]) -> Iterator[str]:
    yield from text_table(["tenth", "KB"], [[str(n + 1), str(size // _KB)] for n, size in enumerate(parts)])


def main(words: Sequence[str] | None = None) -> int:
    """The command; 1 where the program grew or ended."""
    parser = argparse.ArgumentParser(description="Watches that a program does not grow.")
    parser.add_argument("file", type=Path, nargs="?", default=ROOT / "perf" / "soak.qz")
    parser.add_argument("--minutes", type=float, default=10, metavar="M")
    parser.add_argument("options", nargs="*", metavar="-- QZ OPTIONS")
    told = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "program"
        compile_ = [sys.executable, "-m", "qz", "compile", told.file, "-O2", *told.options, "-o", program]
        subprocess.run(compile_, cwd=ROOT, check=True)
        try:
            parts = watch([program], told.minutes * 60)
        except EndedError as ended:
            print(ended)
            return 1
    for line in _lines(parts):
        print(line)
    return int(grows(parts))


if __name__ == "__main__":
    sys.exit(main())
