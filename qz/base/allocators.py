"""What the allocators of Python and of C say about themselves.

Both keep blocks that nobody uses, for the next who asks; such memory is resident and in no store's books.
"""

import ctypes
import os
import re
import sys
import tempfile
from typing import NamedTuple

_N_FIELDS_OF_MALLINFO2 = 10  # all of them `size_t`; see mallinfo(3)
_USED, _FREE, _MAPPED = 7, 8, 4


class Books(NamedTuple):
    """Bytes in blocks that somebody has, and bytes that are only kept."""

    used: int
    kept: int


def allocator_books() -> Books:
    """The books of Python's allocator and of C's, added up.

    C's are those of the main thread, which has nearly all there is. Python has its arenas from the system and
    not from C, so nothing counts twice. An allocator that tells nothing (that of a C library but GNU's,
    or Python's where PYTHONMALLOC chose another) counts as 0.
    """
    python, c = _python_books(), _c_books()
    return Books(python.used + c.used, python.kept + c.kept)


def _python_books() -> Books:
    told = _told_by_python()
    used, total = _figure(told, "# bytes in allocated blocks"), _figure(told, "Total")
    return Books(used, max(total - used, 0))


def _told_by_python() -> str:
    """The statistics that CPython writes to descriptor 2, which is turned into a file meanwhile."""
    sys.stderr.flush()
    with tempfile.TemporaryFile() as file:
        stderr = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            sys._debugmallocstats()  # pyright: ignore[reportPrivateUsage]
        finally:
            os.dup2(stderr, 2)
            os.close(stderr)
        file.seek(0)
        return file.read().decode("ascii", "replace")


def _figure(told: str, name: str) -> int:
    found = re.search(rf"^{re.escape(name)}\s*=\s*([\d,]+)$", told, re.MULTILINE)
    return int(found[1].replace(",", "")) if found else 0


class _Mallinfo2(ctypes.Structure):
    _fields_ = (("fields", ctypes.c_size_t * _N_FIELDS_OF_MALLINFO2),)


def _c_books() -> Books:
    function = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if function is None:
        return Books(0, 0)
    function.restype = _Mallinfo2
    fields = function().fields
    return Books(fields[_USED] + fields[_MAPPED], fields[_FREE])
