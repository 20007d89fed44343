"""The sides of a comparison of compilers: how each builds a generated program, from nothing or again.

Each builds it the way its users do: C by `make`, a file at a time; Rust as one crate, incrementally where
cargo is, in debug builds and not at -O2; Go with a cache of its own, a package a part, its standard library
compiled before; Zig with a cache of its own, from one root; Quartz with its cache. None writes debug
information, and each uses all processors as it does by itself.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generation.in_c import C
from generation.in_go import GO
from generation.in_quartz import QUARTZ
from generation.in_rust import RUST
from generation.in_zig import ZIG
from generation.spelling import Spelling

_N_PROCESSORS = len(os.sched_getaffinity(0))
_QZ = ("env", "XDG_CACHE_HOME={folder}/cache", sys.executable, "-m", "qz.cli.main", "compile")
_QZ_FILES = ("{folder}/main.qz", "-o", "{folder}/program")
_MAKE = ("make", "--silent", f"-j{_N_PROCESSORS}", "-C", "{folder}")
_RUSTC = ("rustc", "--edition", "2024", "{folder}/main.rs", "-o", "{folder}/program")
_ZIG = ("zig", "build-exe", "{folder}/main.zig", "-fstrip", "-femit-bin={folder}/program")
_ZIG += ("--cache-dir", "{folder}/cache", "--global-cache-dir", "{folder}/cache")
_GO = (
    "env",
    "-C",
    "{folder}",
    "GOCACHE={folder}/cache",
    "GOPROXY=off",
    "GOFLAGS=",
    "go",
    "build",
    "-ldflags=-s -w",
)


@dataclass(frozen=True, slots=True)
class Compiler:
    """One compiler with its flags."""

    name: str
    spelling: Spelling
    tools: tuple[str, ...]  # what has to be installed
    command: tuple[str, ...]  # what makes `program` of the sources in `{folder}`

    def words(self, folder: Path) -> list[str]:
        """The command for a folder, to be run from the root of the project."""
        return [word.format(folder=folder) for word in self.command]

    def missing(self) -> list[str]:
        """The tools that are not installed."""
        return [tool for tool in self.tools if not shutil.which(tool)]


def _c(compiler: str, level: str) -> Compiler:
    command = (*_MAKE, f"CC={compiler}", f"CFLAGS={level}")
    return Compiler(f"{compiler} {level}", C, ("make", compiler), command)


COMPILERS = (
    Compiler("qz dev", QUARTZ, (), (*_QZ, "--profile", "dev", *_QZ_FILES)),
    Compiler("qz -O2", QUARTZ, (), (*_QZ, "--profile", "release", *_QZ_FILES)),
    _c("clang-22", "-O0"),
    _c("clang-22", "-O2"),
    _c("gcc", "-O0"),
    _c("gcc", "-O2"),
    Compiler("rustc debug", RUST, ("rustc",), (*_RUSTC, "-C", "incremental={folder}/incremental")),
    Compiler("rustc -O2", RUST, ("rustc",), (*_RUSTC, "-C", "opt-level=2")),
    Compiler("zig debug", ZIG, ("zig",), (*_ZIG, "-O", "Debug")),
    Compiler("zig fast", ZIG, ("zig",), (*_ZIG, "-O", "ReleaseFast")),
    Compiler("go", GO, ("go",), (*_GO, "-o", "program", ".")),
)


def chosen(names: Sequence[str]) -> tuple[list[Compiler], list[str]]:
    """The compilers of these names, or all, that are installed; and a line about each that is not."""
    wanted = [side for side in COMPILERS if not names or side.name in names]
    left_out = [f"{side.name}: no {' and no '.join(side.missing())}" for side in wanted if side.missing()]
    return [side for side in wanted if not side.missing()], left_out
