"""Importing the heavy half of the compiler without the work that most compilations never need.

Importing is most of what a small program takes to compile, and most of importing is xDSL making classes.
"""

from collections.abc import Generator
from contextlib import contextmanager

from qz.base.interrupts import interrupts_held
from qz.base.lazy_methods import lazy_dataclass_methods
from qz.base.numpy_without_docs import numpy_without_docs


@contextmanager
def quick_imports() -> Generator[None]:
    """What is imported inside is completed piece by piece, when it is first used.

    Interrupts wait for the end: numpy would make an ImportError of one, and Python's own import a complaint.
    """
    with interrupts_held(), lazy_dataclass_methods(), numpy_without_docs():
        from dialects.deferred_definitions import deferred_definitions

        with deferred_definitions():
            yield
