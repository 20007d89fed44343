"""What every store says about its own size: bytes in use and bytes held, under a dotted label."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class HasMemUsage(Protocol):
    """Anything that can account for its bytes."""

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        """Add one row per part, each label starting with `label`."""
        ...


class MemRow(NamedTuple):
    """One store: bytes that hold data, and bytes it keeps from the allocator for that."""

    label: str
    used: int
    reserved: int


class MemUsage:
    """Rows collected from stores, in the order they were asked."""

    __slots__ = ("rows",)

    def __init__(self) -> None:
        self.rows: list[MemRow] = []

    def add(self, label: str, used: int, reserved: int) -> None:
        """Record one store; `reserved` includes `used`."""
        self.rows.append(MemRow(label, used, reserved))

    def collect(self, label: str, store: HasMemUsage) -> None:
        """Let `store` add its rows under `label`."""
        store.collect_mem_usage(self, label)

    @property
    def total_used(self) -> int:
        """Bytes in use over all rows."""
        return sum(row.used for row in self.rows)

    @property
    def total_reserved(self) -> int:
        """Bytes held over all rows."""
        return sum(row.reserved for row in self.rows)

    def grouped(self, depth: int) -> list[MemRow]:
        """Rows summed by the first `depth` parts of their labels, largest reserved first."""
        sums: dict[str, MemRow] = {}
        for label, used, reserved in self.rows:
            group = ".".join(label.split(".")[:depth])
            before = sums.get(group, MemRow(group, 0, 0))
            sums[group] = MemRow(group, before.used + used, before.reserved + reserved)
        return sorted(sums.values(), key=lambda row: (-row.reserved, row.label))
