"""The syntax tree of one item, in columns: nothing in it outlives the function it was made for."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TypeAlias

from qz.base.arena import StaleNodeError
from qz.base.columns import Columns
from qz.base.mem_usage import MemUsage
from qz.syntax import node_numbers as nk

NodeRef = int


class AstArena:
    """Nodes by index; node 0 is `ROOT`, the "none". See `nodes.py` for what the columns of a kind mean.

    The memoryviews ``kind token lhs rhs extra`` cover the whole capacity and are replaced when `append` grows
    the columns, so readers may keep them from the end of parsing to the reset.
    """

    __slots__ = ("_nodes", "_words", "extra", "generation", "kind", "lhs", "n", "n_words", "rhs", "token")

    def __init__(self) -> None:
        self._nodes = Columns({"kind": "u1", "token": "i4", "lhs": "i4", "rhs": "i4"}, 1024)
        self._words = Columns({"word": "i4"}, 1024)
        self.generation = 1
        self._fetch_views()
        self._clear()

    def _fetch_views(self) -> None:
        self.kind = self._nodes.view("kind")
        self.token = self._nodes.view("token")
        self.lhs = self._nodes.view("lhs")
        self.rhs = self._nodes.view("rhs")
        self.extra = self._words.view("word")

    def _clear(self) -> None:
        """Node 0 is the "none", word 0 the count of the empty list."""
        self.n = 1
        self.n_words = 1
        self.kind[0] = self.token[0] = self.lhs[0] = self.rhs[0] = self.extra[0] = 0

    def append(self, rows: Sequence[int], words: Sequence[int]) -> None:
        """Add nodes (four words each: kind, token, lhs, rhs) and the words of ``extra`` they refer to."""
        first, first_word = self.n, self.n_words
        self.n = first + len(rows) // 4
        self.n_words = first_word + len(words)
        if self.n > self._nodes.capacity or self.n_words > self._words.capacity:
            self._nodes.n, self._words.n = first, first_word
            self._nodes.reserve(self.n)
            self._words.reserve(self.n_words)
            self._fetch_views()
        self._nodes.n, self._words.n = self.n, self.n_words
        end, end_word = self.n, self.n_words
        self.kind[first:end] = bytes(rows[0::4])
        self.token[first:end] = array("i", rows[1::4])
        self.lhs[first:end] = array("i", rows[2::4])
        self.rhs[first:end] = array("i", rows[3::4])
        self.extra[first_word:end_word] = array("i", words)

    def list(self, index: int) -> list[int]:
        """The nodes of a list."""
        if not index:
            return []
        first = index + 1
        return self.extra[first : first + self.extra[index]].tolist()

    def tree(self) -> Tree:
        """The nodes as lists, for those who walk over all of them."""
        return Tree(self)

    def ref(self, node: int) -> NodeRef:
        """A reference that knows which life of the arena it belongs to."""
        return self.generation << 32 | node

    def deref(self, ref: NodeRef) -> int:
        """The node behind a reference; `StaleNodeError` if the arena was reset since it was made."""
        if ref >> 32 != self.generation:
            raise StaleNodeError(
                f"node {ref & 0xFFFFFFFF} is of generation {ref >> 32}, the arena of {self.generation}"
            )
        return ref & 0xFFFFFFFF

    def reset(self) -> None:
        """Forget the nodes and keep the capacity."""
        self._nodes.reset()
        self._words.reset()
        self._clear()

    def release(self) -> None:
        """Give the memory back; every view dies."""
        self._nodes.release()
        self._words.release()
        self.n = self.n_words = 0

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        """Nodes and extra words."""
        self._nodes.n = self.n
        self._words.n = self.n_words
        self._nodes.collect_mem_usage(usage, f"{label}.nodes")
        self._words.collect_mem_usage(usage, f"{label}.extra")


class Tree:
    """The nodes of an arena once all of them are there, in lists: Python reads those twice as fast as views.

    What is known of a function by then may be written into it; the arena does not change.
    """

    __slots__ = ("extra", "kind", "lhs", "n", "rhs", "token")

    def __init__(self, arena: AstArena) -> None:
        self.n = n = arena.n
        self.kind = arena.kind[:n].tolist()
        self.token = arena.token[:n].tolist()
        self.lhs = arena.lhs[:n].tolist()
        self.rhs = arena.rhs[:n].tolist()
        self.extra = arena.extra[: arena.n_words].tolist()

    def list(self, index: int) -> list[int]:
        """The nodes of a list."""
        extra = self.extra
        return extra[index + 1 : index + 1 + extra[index]]

    def callee(self, call: int) -> int:
        """What a CALL calls: the node in front of its type arguments, if it has some."""
        callee = self.lhs[call]
        return self.lhs[callee] if self.kind[callee] == nk.TYPE_APPLY else callee


Nodes: TypeAlias = AstArena | Tree
"""Nodes to be read."""
