"""Importing numpy without what nobody here needs of it: the texts of its documentation, and threads.

Two of its modules do nothing but attach the texts to what is written in C: 4 % of what checking a small
program takes. Empty modules stand for them meanwhile; a numpy that keeps its texts elsewhere is imported as
ever. The library that it multiplies matrices with starts a thread for each core, and all of them wait busily
for work that never comes: 20 ms of a core's time, for each core but one.
"""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import ModuleType

_DOCS = ("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars")
_THREADS = "OPENBLAS_NUM_THREADS"


@contextmanager
def lean_numpy() -> Generator[None]:
    """What is imported inside may import numpy, if nobody has yet. The environment is left as it was."""
    names = () if "numpy" in sys.modules else _DOCS
    is_open = bool(names) and _THREADS not in os.environ
    for name in names:
        sys.modules[name] = ModuleType(name)
    if is_open:
        os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]
        if is_open:
            del os.environ[_THREADS]
