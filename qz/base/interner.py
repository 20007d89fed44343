"""Texts as small integers: equal texts have equal ids, and comparing names is comparing ints."""

from __future__ import annotations

import sys

from qz.base.mem_usage import MemUsage

SymbolId = int


class Interner:
    """Gives each distinct text the next id; id 0 is the empty text."""

    __slots__ = ("_ids", "_texts")

    def __init__(self) -> None:
        self._ids: dict[str, SymbolId] = {"": 0}
        self._texts: list[str] = [""]

    def intern(self, text: str) -> SymbolId:
        """The id of `text`, new or known."""
        symbol = self._ids.get(text)
        if symbol is None:
            symbol = self._ids[text] = len(self._texts)
            self._texts.append(text)
        return symbol

    def text(self, symbol: SymbolId) -> str:
        """The text behind an id."""
        return self._texts[symbol]

    def __len__(self) -> int:
        return len(self._texts)

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        """The texts, and the table and list that index them."""
        texts = sum(map(sys.getsizeof, self._texts))
        usage.add(f"{label}.texts", texts, texts)
        index = sys.getsizeof(self._ids) + sys.getsizeof(self._texts)
        usage.add(f"{label}.index", index, index)
