"""The report as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from qz.base.tracemalloc_report.grouping import Change, Group
from qz.base.tracemalloc_report.recording import Recording

_UNSEEN = (
    "not seen: what C and C++ libraries take for themselves (LLVM above all), memory mapped from files,",
    "thread stacks, free space in Python's own pools, everything allocated before tracing began",
)


def size_text(size: int) -> str:
    """A size for people: `512 B`, `3.4 KiB`, `120.0 MiB`."""
    if abs(size) < 1024:
        return f"{size} B"
    value, unit = size / 1024, "KiB"
    for larger in ("MiB", "GiB"):
        if abs(value) < 1024:
            break
        value, unit = value / 1024, larger
    return f"{value:.1f} {unit}"


def show_text(recording: Recording, groups: list[Group], top: int) -> Iterator[str]:
    """A recording: its largest groups, the rest in one line, and what the figures leave out."""
    total = sum(group.size for group in groups)
    yield f"{'size':>12} {'share':>6} {'blocks':>9}  charged to"
    for group in groups[:top]:
        yield f"{size_text(group.size):>12} {_share(group.size, total):>6} {group.n_blocks:>9}  {group.name}"
    rest = groups[top:]
    if rest:
        size, count = sum(group.size for group in rest), sum(group.n_blocks for group in rest)
        yield f"{size_text(size):>12} {_share(size, total):>6} {count:>9}  {len(rest)} more"
    yield f"{size_text(total):>12} {'':>6} {sum(group.n_blocks for group in groups):>9}  in all"
    yield ""
    yield from _limits(recording)


def diff_text(before: Recording, after: Recording, changes: list[Change], top: int) -> Iterator[str]:
    """Two recordings: the largest changes, and the change in all."""
    yield f"{'change':>12} {'now':>12} {'blocks':>9}  charged to"
    for change in changes[:top]:
        blocks = f"{change.n_blocks - change.n_blocks_before:+}"
        yield f"{_signed(change.growth):>12} {size_text(change.size):>12} {blocks:>9}  {change.name}"
    rest = changes[top:]
    if rest:
        blocks = f"{sum(change.n_blocks - change.n_blocks_before for change in rest):+}"
        growth = sum(change.growth for change in rest)
        yield f"{_signed(growth):>12} {'':>12} {blocks:>9}  {len(rest)} more"
    yield f"{_signed(sum(change.growth for change in changes)):>12} {'':>12} {'':>9}  in all"
    if before.rss and after.rss:
        yield f"{_signed(after.rss - before.rss):>12} {size_text(after.rss):>12} {'':>9}  resident"
    yield ""
    yield from _limits(after)


def to_json(recording: Recording, rows: list[Group] | list[Change], by: str) -> str:
    """The same figures for programs; every row, none left out."""
    content: dict[str, object] = {
        "by": by,
        "traced": recording.traced,
        "traced_peak": recording.traced_peak,
        "overhead": recording.overhead,
        "rss": recording.rss,
        "groups": [row._asdict() for row in rows],
    }
    return json.dumps(content, indent=1)


def _limits(recording: Recording) -> Iterator[str]:
    if recording.rss:
        unseen = recording.rss - recording.traced - recording.overhead
        yield (
            f"resident {size_text(recording.rss)} = traced {size_text(recording.traced)}"
            f" + the tracer's own {size_text(recording.overhead)} + not seen {size_text(unseen)}"
        )
        yield f"traced at its peak: {size_text(recording.traced_peak)}"
    yield from _UNSEEN


def _share(size: int, total: int) -> str:
    return f"{100 * size / total:.1f}%" if total else ""


def _signed(size: int) -> str:
    return ("+" if size >= 0 else "") + size_text(size)
