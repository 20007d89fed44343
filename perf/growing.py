"""Which containers of a process grow, what they keep alive, and where in the source they are.

Two looks at every list, dict, set and memo of the process, some work apart, tell which ones have grown; what
they lead to that is new since is theirs. A container that lives on is an attribute of a module or of an
object, and so has a name and a line.
"""

from __future__ import annotations

import gc
import re
import sys
import tracemalloc
from array import array
from collections import Counter, deque
from collections.abc import Iterator, Sized
from functools import lru_cache
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, NamedTuple

from in_process import ROOT

from qz.base.heap_census import parts_of

_MEMO = type(lru_cache(len))
_CONTAINERS = (dict, list, set, deque, bytearray, array, _MEMO)
# What everything leads to sooner or later.
_BORDERS = (ModuleType, FunctionType, FrameType, CodeType, type)
_MAX_SITES = 3
_MAX_STEPS = 8  # from a container to what has a name


class Place(NamedTuple):
    """Something with a name in the source."""

    name: str
    file: str
    line: int

    def __str__(self) -> str:
        return f"{shown(self.file)}:{self.line}: {self.name}"


class Growing(NamedTuple):
    """A container that grew: by how many entries and bytes, where it is, and what made the bytes."""

    place: Place
    kind: str
    n_entries: int
    size: int
    sites: tuple[str, ...]  # lines that allocated what it keeps, most bytes first; where Python recorded them


class FirstLook:
    """The containers and objects that exist when it is made."""

    def __init__(self) -> None:
        gc.collect()
        self._containers = [(thing, _n_entries(thing)) for thing in _all_containers(gc.get_objects())]
        self._old = {id(thing) for thing in gc.get_objects()}
        self._old.update(id(thing) for thing, _ in self._containers)

    def growing(self, least: int) -> list[Growing]:
        """Those that have ``least`` entries more now, the heaviest first."""
        gc.collect()
        own = frozenset(map(id, (self, vars(self), self._containers, self._old, *self._containers)))
        found: list[Growing] = []
        for container, before in self._containers:
            n_more = _n_entries(container) - before
            if n_more >= least and id(container) not in own:
                size, sites = self._kept_by(container, n_more)
                found.append(Growing(place_of(container, own), type(container).__name__, n_more, size, sites))
        heaviest: dict[Place, Growing] = {}
        for each in sorted(found, key=lambda each: (-each.size, each.place)):
            heaviest.setdefault(each.place, each)  # a memo is a container, and has one inside
        return list(heaviest.values())

    def _kept_by(self, container: Any, n_more: int) -> tuple[int, tuple[str, ...]]:
        """The bytes that a container alone leads to and that are new, and what allocated them."""
        share = n_more / _n_entries(container)
        size = share * sys.getsizeof(container)
        seen = {id(container)}
        lines: Counter[str] = Counter()
        pending: list[Any] = []
        for part in parts_of(container):
            if gc.is_tracked(part) or type(part) is dict:
                pending.append(part)
            elif id(part) not in seen:  # text and numbers do not say when they were made
                seen.add(id(part))
                size += share * sys.getsizeof(part)
                lines[_line_of(part)] += sys.getsizeof(part)
        while pending:
            thing = pending.pop()
            if id(thing) in seen or id(thing) in self._old or isinstance(thing, _BORDERS):
                continue
            seen.add(id(thing))
            size += sys.getsizeof(thing)
            lines[_line_of(thing)] += sys.getsizeof(thing)
            pending += parts_of(thing)
        del lines[""]
        return round(size), tuple(line for line, _ in lines.most_common(_MAX_SITES))


def shown(file: str) -> str:
    """A path as it is shown: that of a file of the project from its root."""
    return file.removeprefix(f"{ROOT}/")


def _line_of(thing: Any) -> str:
    trace = tracemalloc.get_object_traceback(thing)
    return f"{shown(trace[-1].filename)}:{trace[-1].lineno}" if trace else ""


def _all_containers(objects: list[Any]) -> Iterator[Any]:
    """Every container once. The collector does not track a dict of plain values, but who has it."""
    seen: set[int] = set()
    for thing in objects:
        if isinstance(thing, _CONTAINERS) and id(thing) not in seen:
            seen.add(id(thing))
            yield thing
        for part in gc.get_referents(thing):
            if isinstance(part, _CONTAINERS) and not gc.is_tracked(part) and id(part) not in seen:
                seen.add(id(part))
                yield part


def _n_entries(container: Any) -> int:
    if isinstance(container, _MEMO):
        return container.cache_info().currsize
    assert isinstance(container, Sized)
    return len(container)


def place_of(container: Any, ignored: frozenset[int] = frozenset()) -> Place:
    """The name and the line of a container; of what leads to it where it has none of its own.

    ``ignored`` are the ids of holders that do not count.
    """
    if isinstance(container, _MEMO):
        return _place_of_memo(container)
    thing, path = container, ""
    for _ in range(_MAX_STEPS):
        holders = [holder for holder in gc.get_referrers(thing) if id(holder) not in ignored]
        for holder in holders:
            named = _place_of_memo(holder) if isinstance(holder, _MEMO) else _attribute(holder, thing)
            if named is not None:
                return named._replace(name=named.name + path)
        plain = [holder for holder in holders if isinstance(holder, dict | list | tuple | set)]
        if not plain:
            break
        thing, path = plain[0], "[]" + path
    return Place(f"some {type(container).__name__}{path}", "", 0)


def _place_of_memo(memo: Any) -> Place:
    code = memo.__wrapped__.__code__
    return Place(f"the memo of {memo.__qualname__}", code.co_filename, code.co_firstlineno)


def _attribute(holder: Any, thing: Any) -> Place | None:
    """The place, where ``holder`` is the dict of a module, or an object with ``thing`` as an attribute."""
    if isinstance(holder, dict):
        name = next((name for name, value in holder.items() if value is thing), None)
        owners = [owner for owner in gc.get_referrers(holder) if getattr(owner, "__dict__", None) is holder]
        owner = owners[0] if owners else None
    else:
        slots = [name for kind in type(holder).__mro__ for name in getattr(kind, "__slots__", ())]
        names = [*getattr(holder, "__dict__", ()), *slots]
        name = next((name for name in names if getattr(holder, name, None) is thing), None)
        owner = holder
    if not isinstance(name, str) or owner is None:
        return None
    if isinstance(owner, ModuleType):
        return _found(f"{owner.__name__}.{name}", owner.__name__, rf"^{re.escape(name)}\b[^=\n]*=")
    kind = type(owner)
    return _found(f"{kind.__qualname__}.{name}", kind.__module__, rf"^\s+self\.{re.escape(name)}\b[^=\n]*=")


def _found(name: str, module: str, pattern: str) -> Place:
    """The line of a module's source that the pattern matches first; its first line where none does."""
    file = getattr(sys.modules.get(module), "__file__", None)
    if file is None:
        return Place(name, "", 0)
    text = Path(file).read_text(encoding="utf-8")
    match = re.search(pattern, text, re.MULTILINE)
    return Place(name, file, text.count("\n", 0, match.start()) + 1 if match else 1)
