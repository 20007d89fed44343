"""Writes a generated Quartz program: ``--functions N`` of about forty lines each, in several modules.

    python perf/generate.py --scale 1 --seed 1 --out DIR
    python perf/generate.py --edit body --out DIR

The same words give the same bytes on every machine. The programs are well typed, end by themselves, never
panic, and print a checksum over what every function returned. At scale 1 there are 2,140 functions in 80
modules, 85,000 lines. The path of the main module is printed.

``--edit`` changes a program that is there already, in one place: the body of a function, its signature, a
comment before it, or the fields of a struct. What is printed then is the file changed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from generation.edits import EDITS, apply_edit
from generation.modules import FUNCTIONS_AT_SCALE_1, Program


def write_program(n_functions: int, seed: int, folder: Path) -> Path:
    """Writes the files of a program; gives the path of its main module."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in Program(n_functions, seed).files():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "main.qz"


def main(words: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Writes a generated Quartz program.")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--functions", type=int, default=1000, metavar="N")
    size.add_argument("--scale", type=float, metavar="S", help=f"of {FUNCTIONS_AT_SCALE_1} functions")
    size.add_argument("--edit", choices=EDITS, help="change the program in DIR instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    told = parser.parse_args(words)
    if told.edit:
        print(apply_edit(told.edit, told.seed, told.out))
        return 0
    n_functions = told.functions if told.scale is None else round(told.scale * FUNCTIONS_AT_SCALE_1)
    print(write_program(n_functions, told.seed, told.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
