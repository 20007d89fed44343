"""Parallel numpy columns with one length and one lifetime.

Rows are written and read through memoryviews (indexing a numpy array from Python is several times slower);
numpy itself is for flat passes over whole columns. A view covers the whole capacity and dies when the
columns grow or are released, so a stale one raises `ValueError` instead of reading old memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from qz.base.mem_usage import MemUsage


def true_places(flags: npt.NDArray[np.bool_]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Where a row of flags is true, in order: `numpy.flatnonzero` without what it does for other shapes,
    which takes longer than the search in a small file."""
    return flags.nonzero()[0]


class ReleasedError(RuntimeError):
    """The columns were released and hold nothing any more."""


class Columns:
    """Columns named by `spec` (name to numpy type code); `n` says how many rows are in use."""

    __slots__ = ("_arrays", "_spec", "_views", "capacity", "n", "row_bytes")

    def __init__(self, spec: Mapping[str, str], capacity: int = 64) -> None:
        self._spec = dict(spec)
        self.row_bytes = sum(np.dtype(code).itemsize for code in self._spec.values())
        self.n = 0
        self.capacity = max(capacity, 1)
        self._arrays: dict[str, npt.NDArray[Any]] = {
            name: np.zeros(self.capacity, dtype=code) for name, code in self._spec.items()
        }
        self._views: dict[str, memoryview] = {}

    def reserve(self, n: int) -> None:
        """Make room for `n` rows in total. Growing at least doubles, and ends every view handed out."""
        if n <= self.capacity and self._arrays:
            return
        self._check_alive()
        capacity = max(n, 2 * self.capacity)
        self._drop_views()
        for name, old in self._arrays.items():
            # Fresh zero pages cost nothing until they are touched.
            grown = np.zeros(capacity, dtype=old.dtype)
            grown[: self.capacity] = old
            self._arrays[name] = grown
        self.capacity = capacity

    def view(self, name: str) -> memoryview:
        """The column as a writable memoryview over the whole capacity; fetch it again after `reserve`."""
        view = self._views.get(name)
        if view is None:
            self._check_alive()
            view = self._views[name] = self._arrays[name].data
        return view

    def array(self, name: str) -> npt.NDArray[Any]:
        """The rows in use as a numpy array (shares memory with the columns)."""
        self._check_alive()
        return self._arrays[name][: self.n]

    def reset(self) -> None:
        """Forget the rows and keep the capacity."""
        self._check_alive()
        self.n = 0

    def release(self) -> None:
        """Give the memory back; every view and every later call raises."""
        self._drop_views()
        self._arrays = {}
        self.n = 0
        self.capacity = 0

    @property
    def reserved_bytes(self) -> int:
        """Bytes held."""
        return self.capacity * self.row_bytes

    @property
    def used_bytes(self) -> int:
        """Bytes of the rows in use."""
        return self.n * self.row_bytes

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        """One row for all columns: they grow together."""
        usage.add(label, self.used_bytes, self.reserved_bytes)

    def _check_alive(self) -> None:
        if not self._arrays:
            raise ReleasedError("these columns have been released")

    def _drop_views(self) -> None:
        for view in self._views.values():
            view.release()
        self._views.clear()
