"""Texts as small integers: equal texts have equal ids, and comparing names is comparing ints.

A name in the expansion of a macro is the id with a mark above `PLAIN`, so that it differs from the same name
elsewhere. Only local scopes and modules look at marks; who asks for anything else uses `unmarked`.
"""

from __future__ import annotations

import sys

from qz.base.mem_usage import MemUsage

SymbolId = int

MARK_SHIFT = 32
PLAIN = (1 << MARK_SHIFT) - 1


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
        """The text behind an id, marked or not."""
        return self._texts[symbol & PLAIN]

    def __len__(self) -> int:
        return len(self._texts)

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        """The texts, and the table and list that index them."""
        texts = sum(map(sys.getsizeof, self._texts))
        usage.add(f"{label}.texts", texts, texts)
        index = sys.getsizeof(self._ids) + sys.getsizeof(self._texts)
        usage.add(f"{label}.index", index, index)


def unmarked(symbol: SymbolId) -> SymbolId:
    """The id of the name alone."""
    return symbol & PLAIN
