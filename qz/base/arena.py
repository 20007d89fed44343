"""Function-sized memory with an end: an arena is handed out, reset on exit, and handed out again.

`with pool.function(name) as arena:` is the only way to get one, so nothing function-sized can outlive its
function. The reset keeps the capacity, and bumps the generation, by which a stale id is recognised.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from qz.base.mem_usage import HasMemUsage, MemUsage


class StaleNodeError(RuntimeError):
    """An id made in one life of an arena was used in a later one."""


class Arena(HasMemUsage, Protocol):
    """What the pool asks of an arena."""

    generation: int

    def reset(self) -> None:
        """Forget the contents and keep the capacity."""
        ...

    def release(self) -> None:
        """Give the memory back."""
        ...


ArenaT = TypeVar("ArenaT", bound=Arena)


class ArenaPool(Generic[ArenaT]):
    """Arenas for nested or consecutive functions: as many exist as were ever alive at once."""

    __slots__ = ("_factory", "_free", "_live", "n_functions", "n_peak")

    def __init__(self, factory: Callable[[], ArenaT]) -> None:
        self._factory = factory
        self._free: list[ArenaT] = []
        self._live: list[tuple[str, ArenaT]] = []
        self.n_peak = 0
        self.n_functions = 0

    @contextmanager
    def function(self, name: str) -> Generator[ArenaT]:
        """An empty arena for the function called `name`; it is reset when the block ends, however it ends."""
        arena = self._free.pop() if self._free else self._factory()
        entry = (name, arena)
        self._live.append(entry)
        self.n_functions += 1
        self.n_peak = max(self.n_peak, len(self._live))
        try:
            yield arena
        finally:
            self._live.remove(entry)
            arena.reset()
            arena.generation += 1
            self._free.append(arena)

    @property
    def n_live(self) -> int:
        """Arenas in use now."""
        return len(self._live)

    @property
    def live_names(self) -> tuple[str, ...]:
        """The functions that hold an arena now, outermost first."""
        return tuple(name for name, _ in self._live)

    def release(self) -> None:
        """Give back the memory of the arenas not in use."""
        for arena in self._free:
            arena.release()
        self._free.clear()

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        """Live arenas under their function's name, resting ones together."""
        for name, arena in self._live:
            arena.collect_mem_usage(usage, f"{label}.live.{name.replace('.', '/')}")
        for arena in self._free:
            arena.collect_mem_usage(usage, f"{label}.free")
