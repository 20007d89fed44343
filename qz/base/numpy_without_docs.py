"""Importing numpy without the texts of its documentation, which nobody here reads.

Two of its modules do nothing but attach them to what is written in C: 4 % of what checking a small program
takes. Empty modules stand for them meanwhile; a numpy that keeps its texts elsewhere is imported as ever.
"""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import ModuleType

_DOCS = ("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars")


@contextmanager
def numpy_without_docs() -> Generator[None]:
    """What is imported inside may import numpy, if nobody has yet."""
    names = () if "numpy" in sys.modules else _DOCS
    for name in names:
        sys.modules[name] = ModuleType(name)
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]
