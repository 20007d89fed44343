"""Who makes which functions: those of a module go to one process as far as possible.

What a process looks at of a module becomes its own, a page at a time, and what it finds out about it is kept
until it ends. So two that look at half of the modules each are smaller together than two that look at all.
"""

from __future__ import annotations

from collections import deque
from typing import TypeAlias

from qz.driver.parallel.messages import Task

_Waiting: TypeAlias = dict[str, deque[Task]]  # by module, only those of which functions wait


class Shares:
    """The functions that wait to be made. A module is nobody's until its first ones are taken; a process that
    has nothing left of its own takes over a module of the one that has most of them waiting."""

    def __init__(self, n_workers: int) -> None:
        self._unclaimed: _Waiting = {}
        self._shares: list[_Waiting] = [{} for _ in range(n_workers)]
        self._owners: dict[str, _Waiting] = {}

    def __bool__(self) -> bool:
        return bool(self._unclaimed) or any(self._shares)

    def add(self, module: str, task: Task) -> None:
        """One more function of a module waits."""
        self._owners.get(module, self._unclaimed).setdefault(module, deque()).append(task)

    def take(self, worker: int, n_tasks: int) -> list[Task]:
        """At most so many functions for a process, by its number."""
        mine = self._shares[worker]
        taken: list[Task] = []
        while len(taken) < n_tasks and (mine or self._take_over(mine)):
            module = next(iter(mine))
            waiting = mine[module]
            taken.append(waiting.popleft())
            if not waiting:
                del mine[module]
        return taken

    def clear(self) -> None:
        """Nothing more is to be made."""
        for waiting in (self._unclaimed, *self._shares):
            waiting.clear()

    def _take_over(self, mine: _Waiting) -> bool:
        """Whether there is a module that can become one of these."""
        if self._unclaimed:
            module = next(iter(self._unclaimed))
            mine[module] = self._unclaimed.pop(module)
        else:
            most = max(self._shares, key=len)
            if not most:
                return False
            module, mine[module] = most.popitem()
        self._owners[module] = mine
        return True
