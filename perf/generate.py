"""Writes a generated Quartz program: ``--functions N`` of about forty lines each, in several modules.

    python perf/generate.py --functions 2000 --seed 1 --out DIR

The same words give the same bytes on every machine. The programs are well typed, end by themselves, never
panic, and print a checksum over what every function returned. The path of the main module is printed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from generation.modules import Program


def write_program(n_functions: int, seed: int, folder: Path) -> Path:
    """Writes the files of a program; gives the path of its main module."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in Program(n_functions, seed).files():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "main.qz"


def main(words: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Writes a generated Quartz program.")
    parser.add_argument("--functions", type=int, default=1000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    told = parser.parse_args(words)
    print(write_program(told.functions, told.seed, told.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
