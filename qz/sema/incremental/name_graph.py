"""Names, what is declared under each, and the names that lead on from there."""

from __future__ import annotations

from collections.abc import Iterable, Set
from hashlib import blake2b

_SIZE = 16


class NameGraph:
    """`add` every declaration, then ask for closures.

    Names that lead to each other in a circle depend on the same, so each circle has one fingerprint: over
    what is declared in it, and over the fingerprints that lead on from it."""

    def __init__(self) -> None:
        self._content: dict[bytes, list[bytes]] = {}
        self._leads_to: dict[bytes, set[bytes]] = {}
        self._closures: dict[bytes, bytes] = {}

    def add(self, name: bytes, content: bytes, words: Iterable[bytes]) -> None:
        """Something is declared under a name; words that are no name of anything lead nowhere."""
        self._content.setdefault(name, []).append(content)
        self._leads_to.setdefault(name, set()).update(words)

    def contents(self) -> dict[bytes, bytes]:
        """By name, a fingerprint of what is declared under it, and of nothing beyond."""
        return {name: _digest(content) for name, content in self._content.items()}

    def closure(self, words: Set[bytes]) -> bytes:
        """A fingerprint of everything that can be reached from some words, and of which they are."""
        known = self._content.keys()
        state = blake2b(digest_size=_SIZE)
        for name in sorted(known & words):
            found = self._closures.get(name)
            if found is None:
                self._find(name)
                found = self._closures[name]
            state.update(found)
        return state.digest()

    def _find(self, root: bytes) -> None:
        """Tarjan's algorithm from one name on, with a stack of its own: chains are as long as they like."""
        known, done = self._content.keys(), self._closures
        order: dict[bytes, int] = {root: 0}
        low = {root: 0}
        open_names = [root]
        is_open = {root}
        path = [(root, iter(sorted(known & self._leads_to[root])))]
        while path:
            name, following = path[-1]
            for target in following:
                if target in done:
                    continue
                if target not in order:
                    order[target] = low[target] = len(order)
                    open_names.append(target)
                    is_open.add(target)
                    path.append((target, iter(sorted(known & self._leads_to[target]))))
                    break
                if target in is_open:
                    low[name] = min(low[name], order[target])
            else:
                path.pop()
                if path:
                    outer = path[-1][0]
                    low[outer] = min(low[outer], low[name])
                if low[name] == order[name]:
                    at = open_names.index(name)
                    self._close(open_names[at:])
                    is_open.difference_update(open_names[at:])
                    del open_names[at:]

    def _close(self, circle: list[bytes]) -> None:
        members = set(circle)
        state = blake2b(digest_size=_SIZE)
        beyond: set[bytes] = set()
        for name in sorted(circle):
            state.update(b"%d %s" % (len(self._content[name]), name))
            for content in self._content[name]:
                state.update(content)
            beyond |= self._leads_to[name] - members
        for found in sorted(self._closures[name] for name in beyond & self._content.keys()):
            state.update(found)
        fingerprint = state.digest()
        for name in circle:
            self._closures[name] = fingerprint


def _digest(parts: list[bytes]) -> bytes:
    state = blake2b(digest_size=_SIZE)
    for part in parts:
        state.update(part)
    return state.digest()
