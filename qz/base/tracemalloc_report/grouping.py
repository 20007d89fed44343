"""From traces to groups: which floor, file, line or domain an allocation is charged to."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import PurePath
from typing import NamedTuple

# The packages of this project. `qz` is a house of floors, so its subpackages count one by one.
PROJECT = ("qz", "dialects", "lowering")
_SPLIT = frozenset({"qz"})
# numpy reports its array data under a domain of its own (`numpy.lib.tracemalloc_domain`); named here so that
# the report does not import numpy.
_DOMAINS = {0: "python objects", 389047: "numpy arrays"}
# The report itself would otherwise show up in its own figures.
_OWN = PurePath(__file__).parent.name


def _is_own(filename: str) -> bool:
    path = PurePath(filename)
    return path.parent.name == _OWN or path.name == "tracemalloc.py"


class Group(NamedTuple):
    """Memory charged to one name."""

    name: str
    size: int
    n_blocks: int


class Change(NamedTuple):
    """A group in two recordings."""

    name: str
    size: int
    size_before: int
    n_blocks: int
    n_blocks_before: int

    @property
    def growth(self) -> int:
        """Bytes gained."""
        return self.size - self.size_before


def floor_of(filename: str) -> str:
    """The floor of this project, the installed package, or the part of Python that a file belongs to."""
    if filename.startswith("<frozen importlib"):
        return "imports"
    if filename.startswith("<"):
        return f"generated code {filename}"
    parts = PurePath(filename).parts
    for folder in ("site-packages", "dist-packages"):
        if folder in parts[:-1]:
            parts = parts[parts.index(folder) + 1 :]
            break
    else:
        project = [index for index, part in enumerate(parts[:-1]) if part in PROJECT]
        if not project:
            return "python library" if any(part.startswith("python3") for part in parts) else "other"
        # A clone may itself stand in a folder called like one of its packages.
        parts = parts[project[-1] :]
    top, *inside = parts
    if top in _SPLIT and len(inside) > 1:
        return f"{top}.{inside[0]}"
    return top.removesuffix(".py")


def _is_project(frame: tracemalloc.Frame) -> bool:
    return floor_of(frame.filename).split(".")[0] in PROJECT


def charged_frame(trace: tracemalloc.Trace, *, to_project: bool) -> tracemalloc.Frame:
    """The frame that pays: the innermost, or the innermost of the project where the traceback reaches one."""
    innermost = trace.traceback[-1]
    if to_project:
        return next((frame for frame in reversed(trace.traceback) if _is_project(frame)), innermost)
    return innermost


KeyOf = Callable[[tracemalloc.Trace, tracemalloc.Frame], str]

KEYS: dict[str, KeyOf] = {
    "floor": lambda trace, frame: floor_of(frame.filename),
    "file": lambda trace, frame: frame.filename,
    "line": lambda trace, frame: f"{frame.filename}:{frame.lineno}",
    "domain": lambda trace, frame: _DOMAINS.get(trace.domain, f"domain {trace.domain}"),
}


def grouped(snapshot: tracemalloc.Snapshot, by: str, *, to_project: bool = False) -> list[Group]:
    """Groups by a key of `KEYS`, largest first."""
    key_of = KEYS[by]
    sizes: dict[str, list[int]] = {}
    for trace in snapshot.traces:
        frame = charged_frame(trace, to_project=to_project)
        if _is_own(frame.filename):
            continue
        entry = sizes.setdefault(key_of(trace, frame), [0, 0])
        entry[0] += trace.size
        entry[1] += 1
    groups = [Group(name, size, count) for name, (size, count) in sizes.items()]
    return sorted(groups, key=lambda group: (-group.size, group.name))


def compared(before: list[Group], after: list[Group]) -> list[Change]:
    """What changed between two groupings, the largest change first; groups that stayed are left out."""
    old = {group.name: group for group in before}
    new = {group.name: group for group in after}
    changes: list[Change] = []
    for name in {**old, **new}:
        was, now = old.get(name, Group(name, 0, 0)), new.get(name, Group(name, 0, 0))
        if was != now:
            changes.append(Change(name, now.size, was.size, now.n_blocks, was.n_blocks))
    return sorted(changes, key=lambda change: (-abs(change.growth), change.name))
