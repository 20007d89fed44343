"""Where the C library keeps the objects that every program starts and ends with, for lack of ``cc``."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class StartFiles(NamedTuple):
    """What ``cc`` would have added to the command line by itself."""

    crt1: str
    crti: str
    crtn: str
    libgcc: str  # the shared one: it unwinds the stack for backtraces
    interpreter: str
    folders: tuple[str, ...]


_NAMES = ("Scrt1.o", "crti.o", "crtn.o", "libgcc_s.so.1")
_INTERPRETERS = {
    "x86_64": "/lib64/ld-linux-x86-64.so.2",
    "aarch64": "/lib/ld-linux-aarch64.so.1",
    "riscv64": "/lib/ld-linux-riscv64-lp64d.so.1",
}
# {machine} as in `uname -m`: first where Debian puts them, then where Fedora, Arch and Alpine do.
_FOLDERS = (
    "/usr/lib/{machine}-linux-gnu",
    "/lib/{machine}-linux-gnu",
    "/usr/lib64",
    "/lib64",
    "/usr/lib",
    "/lib",
)


def find_start_files(machine: str, folders: Iterable[str] = _FOLDERS) -> StartFiles | None:
    """The start files for ``machine``, or None where one of them is missing."""
    present = [Path(name) for folder in folders if Path(name := folder.format(machine=machine)).is_dir()]
    interpreter = _INTERPRETERS.get(machine)
    crt1, crti, crtn, libgcc = (_first(present, name) for name in _NAMES)
    if not (crt1 and crti and crtn and libgcc and interpreter):
        return None
    return StartFiles(crt1, crti, crtn, libgcc, interpreter, tuple(map(str, present)))


def _first(folders: Iterable[Path], name: str) -> str | None:
    return next((str(folder / name) for folder in folders if (folder / name).exists()), None)
