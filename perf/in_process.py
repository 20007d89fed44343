"""Compiling inside the process that measures, from the source to LLVM text, one function at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # the scripts here run without an installed compiler
    sys.path.insert(0, str(ROOT))

from lowering.pipeline import lower_to_llvm_text  # noqa: E402
from qz.driver.build import Build  # noqa: E402
from qz.driver.options import Options  # noqa: E402
from qz.driver.session import Session  # noqa: E402


class WrongProgramError(Exception):
    """The program to measure with does not compile."""


def compile_functions(path: Path) -> Iterator[Build]:
    """Compiles a program; gives the build after each function, when nothing of it should be left."""
    build = Build(Session(Options(files=(str(path),))))
    if not build.load(str(path)):
        raise WrongProgramError(path)
    for unit in build.functions():
        lower_to_llvm_text(unit.module)
        build.session.end_function(unit.n_nodes, unit.n_ops)
        del unit
        yield build
    if build.session.sink.n_errors:
        raise WrongProgramError(path)
