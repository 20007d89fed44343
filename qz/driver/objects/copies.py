"""Which functions of other units one of several units sees for inlining: the small ones that its own lead to.

What is large is seldom inlined; so a unit is compiled with a few copies instead of with the program, and an
edit of a function that nobody has a copy of changes one unit.
"""

from collections.abc import Iterable
from sys import intern
from typing import NamedTuple

from lowering.escapes.to_bare import BARE_SUFFIX
from lowering.ownership.to_owned import OWNED_SUFFIX
from qz.driver.made import TextKey

_SMALL = 2_500
"""Characters of LLVM text, some sixty instructions. More copies make no program faster that was measured."""


class Surroundings(NamedTuple):
    """Of what a unit is compiled with: the functions it gets copies of, and all that is mentioned in it."""

    copies: list[TextKey]
    mentions: set[str]


class Copies:
    """Which functions there are, and what they mention. `note` all, then ask for `around` a unit."""

    def __init__(self) -> None:
        self._small: dict[str, TextKey] = {}
        self._mentions: dict[str, tuple[str, ...]] = {}

    def note(self, key: TextKey, mentions: Iterable[str]) -> None:
        """A function of the program with the symbols that it mentions."""
        self._mentions[key.symbol] = tuple(map(intern, mentions))
        if key.size <= _SMALL:
            self._small[key.symbol] = key

    def around(self, keys: Iterable[TextKey]) -> Surroundings:
        """What the unit of these functions is compiled with."""
        seen = {key.symbol for key in keys}
        mentions = {name for symbol in seen for name in self._mentions[symbol]}
        copies: list[TextKey] = []
        pending = list(mentions)
        while pending:
            symbol = _definer(pending.pop())
            key = self._small.get(symbol)
            if key is None or symbol in seen:
                continue
            seen.add(symbol)
            copies.append(key)
            pending += self._mentions[symbol]
            mentions.update(self._mentions[symbol])
        return Surroundings(sorted(copies), mentions)


def _definer(symbol: str) -> str:
    """The function whose text defines a symbol: twins stand in that of the function they are made of."""
    return symbol.removesuffix(OWNED_SUFFIX).removesuffix(BARE_SUFFIX)
