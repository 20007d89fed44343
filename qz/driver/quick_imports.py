"""Importing the heavy half of the compiler without the work that most compilations never need.

Importing is most of what a small program takes to compile, and most of importing is xDSL making classes.
"""

from collections.abc import Generator
from contextlib import contextmanager

from qz.base.direct_members import find_members_directly
from qz.base.interrupts import interrupts_held
from qz.base.lazy_methods import lazy_dataclass_methods
from qz.base.lean_numpy import lean_numpy


@contextmanager
def quick_imports() -> Generator[None]:
    """What is imported inside is completed piece by piece, when it is first used.

    Interrupts wait for the end: numpy would make an ImportError of one, and Python's own import a complaint.
    """
    find_members_directly()
    with interrupts_held(), lazy_dataclass_methods(), lean_numpy():
        from dialects.deferred_definitions import deferred_definitions

        with deferred_definitions():
            yield
