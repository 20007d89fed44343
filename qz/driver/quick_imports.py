"""Importing the heavy half of the compiler without the work that most compilations never need.

Importing is most of what a small program takes to compile, and most of importing is xDSL making classes.
"""

from collections.abc import Generator
from contextlib import contextmanager

from qz.base.lazy_methods import lazy_dataclass_methods


@contextmanager
def quick_imports() -> Generator[None]:
    """What is imported inside is completed piece by piece, when it is first used."""
    with lazy_dataclass_methods():
        from dialects.deferred_definitions import deferred_definitions

        with deferred_definitions():
            yield
