"""Copying trees, within an arena and from one into another, with other tokens and other children."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qz.syntax import node_numbers as nk
from qz.syntax.ast import AstArena
from qz.syntax.shapes import FN_HEADER, children, shape


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a copy has where the node has something: a child, a list of children, a token that only
    says where it is, a token that is a name."""

    node: Callable[[int], int]
    nodes: Callable[[list[int]], list[int]]
    place: Callable[[int], int]
    name: Callable[[int], int]


_NAMED = frozenset(
    {
        *(nk.PATH, nk.FIELD, nk.OPT_FIELD, nk.NAMED_ARG, nk.FIELD_INIT, nk.MACRO_CALL, nk.IDENT),
        *(nk.VAR, nk.LET, nk.LABELED, nk.PARAM, nk.PARAM_REST),
        *(nk.PAT_NAME, nk.PAT_FIELD, nk.PAT_AT, nk.TYPE_NAME, nk.TYPE_FIELD),
    }
)
"""Kinds whose token is a name, of those that stand in bodies."""


class TreeCopy:
    """New nodes for an arena, which are numbered at once and are in it after `finish`."""

    __slots__ = ("_first_node", "_first_word", "rows", "target", "words")

    def __init__(self, target: AstArena) -> None:
        self.target = target
        self._first_node = target.n
        self._first_word = target.n_words
        self.rows: list[int] = []
        self.words: list[int] = []

    def add(self, kind: int, token: int, lhs: int = 0, rhs: int = 0) -> int:
        """A new node."""
        self.rows += (kind, token, lhs, rhs)
        return self._first_node + len(self.rows) // 4 - 1

    def kind_of(self, node: int) -> int:
        """The kind of a node, new or not."""
        new = node - self._first_node
        return self.rows[4 * new] if new >= 0 else self.target.kind[node]

    def list(self, nodes: Iterable[int]) -> int:
        """A list of nodes."""
        found = list(nodes)
        if not found:
            return 0
        return self.group(len(found), *found)

    def group(self, *words: int) -> int:
        """A group of words."""
        at = self._first_word + len(self.words)
        self.words += words
        return at

    def copy(self, source: AstArena, node: int, renaming: Renaming) -> int:
        """A copy of one node; its children are what ``renaming`` says."""
        kind = source.kind[node]
        lhs, rhs = source.lhs[node], source.rhs[node]
        reading = shape(kind)
        token = source.token[node]
        if token:
            token = renaming.name(token) if kind in _NAMED else renaming.place(token)
        if reading == "fn":
            left, right = FN_HEADER, "n"
            return self.add(
                kind,
                token,
                self._group(source, lhs, left, renaming),
                self._word(source, rhs, right, renaming),
            )
        if reading.startswith(":"):
            words, _, last = reading[1:].partition(",")
            return self.add(
                kind,
                token,
                self._group(source, lhs, words, renaming),
                self._word(source, rhs, last or ".", renaming),
            )
        new_lhs = self._word(source, lhs, reading[0], renaming)
        if reading[1] == ":":
            return self.add(kind, token, new_lhs, self._group(source, rhs, reading[2:], renaming))
        return self.add(kind, token, new_lhs, self._word(source, rhs, reading[1], renaming))

    def _group(self, source: AstArena, start: int, words: str, renaming: Renaming) -> int:
        copied = [
            self._word(source, source.extra[start + offset], reading, renaming)
            for offset, reading in enumerate(words)
        ]
        return self.group(*copied)

    def _word(self, source: AstArena, word: int, reading: str, renaming: Renaming) -> int:
        if reading == "l":
            return self.list(renaming.nodes(source.list(word)))
        if not word or reading == ".":
            return word
        if reading == "n":
            return renaming.node(word)
        return renaming.place(word) if reading == "p" else renaming.name(word)

    def clone(self, node: int) -> int:
        """A copy of a whole tree of the target."""
        order = below(self.target, node)
        copies: dict[int, int] = {}
        renaming = Renaming(
            copies.__getitem__,
            lambda nodes: [copies[child] for child in nodes],
            lambda token: token,
            lambda token: token,
        )
        for old in reversed(order):
            copies[old] = self.copy(self.target, old, renaming)
        return copies[node]

    def finish(self) -> None:
        """Put the new nodes into the arena."""
        self.target.append(self.rows, self.words)


def below(arena: AstArena, node: int) -> list[int]:
    """The node and everything below it, parents before their children."""
    found = [node]
    at = 0
    while at < len(found):
        found += children(arena, found[at])
        at += 1
    return found
