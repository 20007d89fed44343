"""Making an executable out of objects with whatever linker the machine has.

In order: the system's ``cc``, which knows best where its own start files are; ``ld.lld`` with the start
files looked up here; the ``zig`` of the ``ziglang`` package, which brings its own. mold under cc was measured
to gain nothing (12.3 ms against 12.5 for a small program), so it is left to those who set it up themselves.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from importlib.machinery import PathFinder
from pathlib import Path
from typing import NamedTuple

from qz.base.interrupts import interrupts_held
from qz.codegen.start_files import find_start_files

_LLD_NAMES = ("ld.lld", "ld.lld-22")
_LIBRARIES = ("-lm",)


class LinkerMissingError(Exception):
    """No way to link was found; the message names all that would do."""


class LinkError(Exception):
    """The linker ran and refused."""

    def __init__(self, linker: str, said: str) -> None:
        super().__init__(linker, said)
        self.linker = linker
        self.said = said


class Linker(NamedTuple):
    """A linker that was found, and what its command line holds before and after the objects."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    def command(self, objects: Sequence[str], output: str) -> list[str]:
        """The command that links ``objects`` into ``output``."""
        return [*self.before, "-o", output, *objects, *self.after]

    def link(self, objects: Sequence[str], output: str, temporary: str | None = None) -> None:
        """Links ``objects`` into the executable ``output``, left half written perhaps where that fails.

        The linker's own files are made in the folder ``temporary``, where one is given.
        """
        status, said = _run(self.command(objects, output), temporary)
        if status != 0:
            raise LinkError(self.name, said or f"it ended with status {status}")


def _run(command: Sequence[str], temporary: str | None) -> tuple[int, str]:
    """The status of a command, and what it said. However this ends, nothing that the command started is left:
    what `cc` calls would go on writing the executable.
    """
    environment = None if temporary is None else {**os.environ, "TMPDIR": temporary}
    process = None
    try:
        with interrupts_held():
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=environment,
                process_group=0,
            )
        said, _ = process.communicate()
        return process.wait(), said.decode("utf-8", "replace").strip()
    finally:
        if process is not None and process.returncode is None:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ends a process with all that it started, and waits until each of them has let go of the pipe."""
    with interrupts_held(), process:
        os.killpg(process.pid, signal.SIGKILL)
        assert process.stdout is not None
        while os.read(process.stdout.fileno(), 1 << 16):
            pass


def find_linker(triple: str, *, native: bool, search_path: str | None = None) -> Linker:
    """The first linker there is for ``triple``; ``search_path`` stands in for $PATH.

    Only zig brings the start files and C library of another machine: where the target is not ``native``,
    nothing else is looked for.
    """
    linker = None
    if native:
        linker = _system_compiler(search_path) or _lld(search_path)
    if linker is None:
        linker = _zig(triple)
    if linker is None:
        wanted = "a C compiler (`cc`), `ld.lld` with the C library's start files, or " if native else ""
        raise LinkerMissingError(f"{wanted}the `ziglang` package (`pip install quartz-lang[zig]`)")
    return linker


def _system_compiler(search_path: str | None) -> Linker | None:
    compiler = shutil.which("cc", path=search_path)
    return Linker("cc", (compiler,), _LIBRARIES) if compiler else None


def _lld(search_path: str | None) -> Linker | None:
    lld = next(filter(None, (shutil.which(name, path=search_path) for name in _LLD_NAMES)), None)
    files = find_start_files(os.uname().machine) if lld else None
    if lld is None or files is None:
        return None
    options = ("-pie", "--eh-frame-hdr", "-dynamic-linker", files.interpreter)
    libraries = (*(f"-L{folder}" for folder in files.folders), *_LIBRARIES, "-lc", files.libgcc)
    return Linker("ld.lld", (lld, *options, files.crt1, files.crti), (*libraries, files.crtn))


def _zig(triple: str) -> Linker | None:
    spec = PathFinder.find_spec("ziglang")
    if spec is None or spec.origin is None:
        return None
    # Straight to the program: `python -m ziglang` would cost another 40 ms.
    zig = str(Path(spec.origin).parent / "zig")
    return Linker("zig", (zig, "cc", "-target", zig_target(triple)), ("-lunwind", *_LIBRARIES))


def zig_target(triple: str) -> str:
    """An LLVM triple the way zig writes it, which has no vendor: x86_64-linux-gnu."""
    architecture, *rest = triple.split("-")
    return "-".join((architecture, *rest[-2:]))
