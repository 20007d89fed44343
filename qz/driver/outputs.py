"""Files that are either not there or whole: written beside their place and renamed into it."""

import errno
import os
import shutil
import stat
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress

from qz.driver.standard_streams import STDOUT, UnwritableError, writing
from qz.driver.temporary_folder import TemporaryFolder

SUFFIXES = {"exe": "", "obj": ".o", "asm": ".s", "llvm-ir": ".ll", "bc": ".bc", "dep": ".d"}


@contextmanager
def whole_file(path: str) -> Generator[str]:
    """A name beside ``path`` to write to; it takes the place of ``path`` when the block ends well.

    Whatever ends the block otherwise (an error, an interrupt, a full disk) leaves ``path`` as it was. What is
    no file, as `/dev/null` or a pipe, stays what it is and is written to. Failures name ``path``.
    """
    folder, name = os.path.split(path)
    if _is_device(path):
        with writing(path), TemporaryFolder() as elsewhere:
            made = elsewhere.path(name)
            yield made
            with open(made, "rb") as source, open(path, "wb") as target:
                shutil.copyfileobj(source, target)
        return
    if folder and not os.path.isdir(folder):  # found now rather than by a linker, in its words
        raise UnwritableError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    beside = os.path.join(folder, f".{name}.{os.getpid()}.part")
    try:
        with writing(path, beside):
            yield beside
            os.replace(beside, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(beside)


def _is_device(path: str) -> bool:
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


def write_whole(path: str, data: bytes) -> None:
    """Writes ``data`` to ``path``, or to standard output where that is ``-``."""
    if path == STDOUT:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    with whole_file(path) as beside, open(beside, "wb") as file:
        file.write(data)


def rewrite(path: str, original: bytes, data: bytes) -> None:
    """Puts ``data`` in the place of the file behind ``path``, which keeps its permissions.

    `OSError` where that cannot be, also where it is not what it was any more.
    """
    target = os.path.realpath(path)  # a link stays a link
    with open(target, "rb") as file:
        if file.read() != original:
            raise OSError(0, "it has changed in the meantime")
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
    with whole_file(target) as beside:
        with open(beside, "wb") as file:
            file.write(data)
        os.chmod(beside, mode)


def output_paths(source: str, output: str | None, emit: tuple[str, ...]) -> dict[str, str]:
    """The path of each kind asked for.

    ``-o`` names the file where one kind is asked for, or the stem where there are several; without it,
    files go into the current folder under the source's name.
    """
    if output is not None and len(emit) == 1:
        return {emit[0]: output}
    stem = output if output is not None else os.path.splitext(os.path.basename(source))[0]
    return {kind: stem + SUFFIXES[kind] for kind in emit}
