"""A folder for intermediate files, gone in the end, whenever that is."""

import os
import shutil
import tempfile
from types import TracebackType

from qz.base.interrupts import interrupts_held


class TemporaryFolder:
    """A folder that comes with the first file asked for, and goes with the ``with`` block.

    It is made inside the block and its name is known before: however soon an interrupt comes then,
    the end of the block finds it. (`tempfile` makes its own before the block begins.)
    """

    def __init__(self) -> None:
        with interrupts_held():  # it finds out which folder will do by making a file there
            place = tempfile.gettempdir()
        self._folder = os.path.join(place, f"quartz-{os.urandom(8).hex()}")
        self._is_made = False

    def __enter__(self) -> "TemporaryFolder":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.remove()

    def path(self, name: str) -> str:
        """A place for a file. `OSError` where there cannot be one."""
        if not self._is_made:
            os.mkdir(self._folder, 0o700)
            self._is_made = True
        return os.path.join(self._folder, name)

    def remove(self) -> None:
        """Removes it with all that is in it, to the end."""
        with interrupts_held():
            shutil.rmtree(self._folder, ignore_errors=True)
