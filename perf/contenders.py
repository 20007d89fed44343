"""The sides of a run-time comparison: how each turns a benchmark's name into an executable."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / "perf" / "programs"

_QZ = (sys.executable, "-m", "qz.cli.main", "compile", "-O2", "--profile", "release")
_C_FLAGS = ("-O2", "-std=c11")
_C_NATIVE = ("-march=native", "-ffp-contract=off")  # rounded as often as written, so that outputs agree


@dataclass(frozen=True, slots=True)
class Contender:
    """One compiler with its flags."""

    name: str
    suffix: str
    command: tuple[str, ...]
    libraries: tuple[str, ...] = ()

    def build(self, program: str, folder: Path) -> Path:
        """Compiles a program; raises `BuildError` with what the compiler said if it did not."""
        target = folder / f"{program}-{self.name}"
        source = str(PROGRAMS / f"{program}{self.suffix}")
        command = [*self.command, source, *self.libraries, "-o", str(target)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise BuildError(f"{' '.join(command)}: exit status {done.returncode}\n{done.stderr}")
        return target


class BuildError(Exception):
    """A benchmark did not compile."""


class DisagreementError(Exception):
    """Two contenders printed different things, or one failed."""


def contenders(*, native: bool) -> list[Contender]:
    """Quartz first, then every C compiler that is there.

    With `native` Quartz compiles for this very machine, and each C compiler for it as well as for any.
    """
    qz_native = ("--cpu", "native") if native else ()
    found = [Contender("qz", ".qz", (*_QZ, *qz_native))]
    for name in ("gcc", "clang-22", "clang"):
        path = shutil.which(name)
        if path and not (name == "clang" and any(side.name == "clang-22" for side in found)):
            found.append(Contender(name, ".c", (path, *_C_FLAGS), ("-lm",)))
            if native:
                found.append(Contender(f"{name}-native", ".c", (path, *_C_FLAGS, *_C_NATIVE), ("-lm",)))
    return found


def unchecked() -> Contender:
    """Quartz without the checks of indices."""
    return Contender("qz-unchecked", ".qz", (*_QZ, "--no-bounds-check"))


def program_names() -> list[str]:
    """Every benchmark that exists on both sides."""
    return sorted(path.stem for path in PROGRAMS.glob("*.qz") if path.with_suffix(".c").exists())
