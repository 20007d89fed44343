"""Writes a generated program: ``--functions N`` of about forty lines each, in several modules.

    python perf/generate.py --scale 1 --seed 1 --out DIR
    python perf/generate.py --scale 1 --seed 1 --out DIR --language c
    python perf/generate.py --edit body --out DIR

The same words give the same bytes on every machine. The programs are well typed, end by themselves, never
panic, and print a checksum over what every function returned. At scale 1 there are 2,140 functions in 80
modules, 85,000 lines. The path of the main module is printed.

``--language`` writes the same program, from the same choices, in C, Rust, Go or Zig; it prints the same
checksum. C comes with a `Makefile`, frees nothing and takes gcc or clang; Rust is one crate, for ``--edition
2024``; Go is one module, a package a part; Zig frees nothing.

``--edit`` changes a program that is there already, in one place: the body of a function, its signature, a
comment before it, or the fields of a struct. What is printed then is the file changed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from generation.edits import EDIT_OF_EVERY_LANGUAGE, EDITS, apply_edit
from generation.in_quartz import QUARTZ
from generation.languages import LANGUAGES
from generation.modules import FUNCTIONS_AT_SCALE_1, Program
from generation.spelling import Spelling


def write_program(n_functions: int, seed: int, folder: Path, spelling: Spelling = QUARTZ) -> Path:
    """Writes the files of a program; gives the path of its main module."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in Program(n_functions, seed, spelling).files():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / f"main{spelling.suffix}"


def main(words: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Writes a generated program.")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--functions", type=int, default=1000, metavar="N")
    size.add_argument("--scale", type=float, metavar="S", help=f"of {FUNCTIONS_AT_SCALE_1} functions")
    size.add_argument("--edit", choices=EDITS, help="change the program in DIR instead")
    parser.add_argument("--language", choices=LANGUAGES, default=QUARTZ.name)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    told = parser.parse_args(words)
    spelling = LANGUAGES[told.language]
    if told.edit:
        if spelling is not QUARTZ and told.edit != EDIT_OF_EVERY_LANGUAGE:
            parser.error(f"of a program in {spelling.name} only a {EDIT_OF_EVERY_LANGUAGE} is edited")
        print(apply_edit(told.edit, told.seed, told.out, spelling))
        return 0
    n_functions = told.functions if told.scale is None else round(told.scale * FUNCTIONS_AT_SCALE_1)
    print(write_program(n_functions, told.seed, told.out, spelling))
    return 0


if __name__ == "__main__":
    sys.exit(main())
