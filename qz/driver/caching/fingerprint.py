"""What the compiler itself is, so that what one compiler cached no other one uses."""

import os
import sys
from functools import cache
from hashlib import blake2b
from importlib.machinery import PathFinder

_ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../.."))
_PACKAGES = ("qz", "dialects", "lowering")


def digest(*parts: bytes) -> str:
    """A name for a sequence of byte strings; no other sequence has it."""
    state = blake2b(digest_size=20)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.hexdigest()


@cache
def compiler_fingerprint() -> str:
    """Changes with any file of the compiler, with Python and with LLVM.

    Sizes and times of change stand for contents: reading every file would take longer than a cached run.
    """
    files: list[str] = []
    for package in _PACKAGES:
        _list_files(os.path.join(_ROOT, package), f"{package}/", files)
    llvmlite = PathFinder.find_spec("llvmlite")
    if llvmlite is not None and llvmlite.origin is not None:
        files.append(_describe("llvmlite", os.stat(llvmlite.origin)))
    return digest(sys.version.encode(), *(line.encode("utf-8", "surrogateescape") for line in files))


def library_fingerprint(root: str) -> str:
    """Changes with any file of the library, which is at ``root``."""
    files: list[str] = []
    _list_files(root, "", files, ".qz")
    return digest(*(line.encode("utf-8", "surrogateescape") for line in files))


def _list_files(folder: str, prefix: str, files: list[str], suffix: str = ".py") -> None:
    """Adds a line for each file in a folder and those within it, all named from where ``prefix`` begins."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.endswith(suffix):
                files.append(_describe(prefix + entry.name, entry.stat()))
            elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
                _list_files(entry.path, f"{prefix}{entry.name}/", files, suffix)


def _describe(name: str, status: os.stat_result) -> str:
    return f"{name} {status.st_size} {status.st_mtime_ns}"
