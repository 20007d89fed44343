"""What is known of whole numbers at one place of a function: between what they lie, and below which sizes.

A number is a symbol plus a constant, `Linear`. A symbol is a value, a variable as it is when a block begins,
or the size of something; where the number changes on the way around a loop, another symbol stands for it. So
what is found out about `top - 1` is known of `top`, and stays known when the variable goes on.

Words are taken with their sign. A sum may wrap: nothing but what it is made of is known then.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, TypeAlias

from xdsl.ir import Attribute, Block, SSAValue

from dialects.qz.types import CharType, LocalType, is_int_type, is_signed

Symbol: TypeAlias = "str | SSAValue | tuple[Block, SSAValue] | tuple[str, Symbol]"

ZERO: Final = "zero"
"""The symbol of constants."""

LEAST, GREATEST = -(1 << 63), (1 << 63) - 1
MAX_SIZE = 1 << 62
"""No memory holds as many elements."""

MAX_OFFSET = 1 << 40
"""Of the constant in a sum, so that one with a size cannot wrap."""

_BITS_OF_CHAR = 32


class Linear(NamedTuple):
    """A number: a symbol plus a constant, modulo 2 to the 64."""

    symbol: Symbol
    offset: int = 0

    def plus(self, constant: int) -> "Linear":
        """The number a constant further on."""
        return Linear(self.symbol, self.offset + constant)


class Facts(NamedTuple):
    """What is known of a number: how small it may be, and how much more than some symbols it is at most.

    One of these symbols is always `ZERO`.
    """

    least: int
    bounds: dict[Symbol, int]

    @property
    def greatest(self) -> int:
        """How large it may be."""
        return self.bounds[ZERO]

    def plus(self, constant: int) -> "Facts":
        """What is known of the number a constant further on, which does not wrap."""
        if constant == 0:
            return self
        bounds = {symbol: bound + constant for symbol, bound in self.bounds.items()}
        return Facts(self.least + constant, bounds)


def between(least: int, greatest: int) -> Facts:
    """The facts of a number of which no more is known."""
    return Facts(least, {ZERO: greatest})


ANYTHING = between(LEAST, GREATEST)
NOUGHT = between(0, 0)
ANY_SIZE = between(0, MAX_SIZE)


def facts_of_type(type_: Attribute) -> Facts:
    """What is known of every value of a type; of a word without its sign no more than of one with it."""
    if isinstance(type_, LocalType):
        type_ = type_.content
    if isinstance(type_, CharType):
        return between(0, (1 << _BITS_OF_CHAR) - 1)
    if not is_int_type(type_):
        return ANYTHING
    width = type_.width.data
    if is_signed(type_):
        return between(-(1 << (width - 1)), (1 << (width - 1)) - 1)
    return ANYTHING if width == 64 else between(0, (1 << width) - 1)


def _facts_of_symbol(symbol: Symbol) -> Facts:
    """What is known of a symbol of which nothing was found out."""
    if isinstance(symbol, str):
        return NOUGHT
    if isinstance(symbol, SSAValue):
        return facts_of_type(symbol.type)
    what, owner = symbol
    if isinstance(what, str):
        return ANY_SIZE
    assert isinstance(owner, SSAValue)
    return facts_of_type(owner.type)


class State:
    """What the variables hold, and what is known of symbols, where control has got to."""

    __slots__ = ("cells", "facts", "rulers")

    def __init__(
        self, rulers: set[Symbol], cells: dict[SSAValue, Linear], facts: dict[Symbol, Facts]
    ) -> None:
        """`rulers` are the symbols that sizes are made of; only they and `ZERO` occur in bounds."""
        self.rulers = rulers
        self.cells = cells
        self.facts = facts

    def copy(self) -> "State":
        """One that goes on by itself."""
        return State(self.rulers, dict(self.cells), dict(self.facts))

    def of_symbol(self, symbol: Symbol) -> Facts:
        """What is known of a symbol."""
        found = self.facts.get(symbol)
        return _facts_of_symbol(symbol) if found is None else found

    def may_wrap(self, number: Linear) -> bool:
        """Whether a number may be another one than the sum says, modulo 2 to the 64."""
        symbol, offset = number
        if offset == 0 or symbol is ZERO:
            return False
        facts = self.of_symbol(symbol)
        return facts.least + offset < LEAST or facts.greatest + offset > GREATEST

    def of(self, number: Linear) -> Facts:
        """What is known of a number."""
        if self.may_wrap(number):
            return ANYTHING
        symbol, offset = number
        facts = self.of_symbol(symbol).plus(offset)
        return Facts(facts.least, {**facts.bounds, symbol: offset}) if symbol in self.rulers else facts

    def is_least(self, number: Linear, least: int) -> bool:
        """Whether a number is as large as a constant for sure."""
        return self.of(number).least >= least

    def is_most(self, number: Linear, most: Linear) -> bool:
        """Whether a number is no larger than another one for sure."""
        if self.may_wrap(most):
            return False
        facts = self.of(number)
        bound = facts.bounds.get(most.symbol)
        return (bound is not None and bound <= most.offset) or facts.greatest <= self.of(most).least

    def learn(self, symbol: Symbol, facts: Facts | None = None) -> None:
        """Gives a symbol another value than before, of which something is known, or nothing."""
        if facts is None:
            self.facts.pop(symbol, None)
        else:
            self.facts[symbol] = facts
        if symbol in self.rulers:
            for other, known in list(self.facts.items()):
                if symbol in known.bounds:
                    bounds = {key: bound for key, bound in known.bounds.items() if key != symbol}
                    self.facts[other] = Facts(known.least, bounds)

    def assume(self, number: Linear, least: int, bounds: Iterable[tuple[Symbol, int]] = ()) -> bool:
        """Takes a number, which has not wrapped, for at least and at most as large; whether that can be."""
        symbol, offset = number
        known = self.of_symbol(symbol)
        least = max(known.least, least - offset)
        merged = dict(known.bounds)
        for other, bound in bounds:
            if other != symbol:
                merged[other] = min(merged.get(other, bound - offset), bound - offset)
        for other, bound in merged.items():
            if other is not ZERO:
                merged[ZERO] = min(merged[ZERO], self.of_symbol(other).greatest + bound)
        if least > merged[ZERO]:
            return False
        if symbol is not ZERO:
            self.facts[symbol] = Facts(least, merged)
        return True

    def assume_order(self, low: Linear, high: Linear, gap: int) -> bool:
        """Takes one number for lower than another one, by a gap at least; whether that can be."""
        below, above = self.of(low), self.of(high)
        is_possible = True
        if not self.may_wrap(low):
            is_possible = self.assume(low, LEAST, [(key, bound - gap) for key, bound in above.bounds.items()])
        if is_possible and not self.may_wrap(high):
            is_possible = self.assume(high, below.least + gap)
        return is_possible

    def assume_index(self, index: Linear, size: Linear) -> bool:
        """Takes a number for an index below a size, as which it has not wrapped; whether that can be."""
        bounds = [(key, bound - 1) for key, bound in self.of(size).bounds.items()]
        return self.assume(index, 0, bounds) and self.assume(size, self.of(index).least + 1)


def _bound_by(facts: Facts, symbol: Symbol, state: State) -> int | None:
    """How much more than a symbol a number is at most, by any way to tell."""
    known = facts.bounds.get(symbol)
    if known is not None:
        return known
    least = state.of_symbol(symbol).least
    return None if least == LEAST else facts.greatest - least


def joined(parts: Sequence[tuple[Facts, State]]) -> Facts:
    """What holds of a number that is one of several, each in the state on its way."""
    (first, state), *others = parts
    if not others:
        return first
    least = min(facts.least for facts, _ in parts)
    bounds: dict[Symbol, int] = {}
    for symbol in {key: None for facts, _ in parts for key in facts.bounds}:
        most: int | None = LEAST
        for facts, state in parts:
            bound = _bound_by(facts, symbol, state)
            most = None if bound is None or most is None else max(most, bound)
        if most is not None and (symbol is ZERO or abs(most) < MAX_OFFSET):
            bounds[symbol] = most
    return Facts(least, bounds)


_NEAR = (-1, 0, 1)
"""How much more than a size a number in a loop is at most, if it grows towards it."""


class Steps:
    """The numbers at which bounds stop that move on and on: those that a function mentions."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._up = sorted(set(numbers))

    def widened(self, before: Facts, after: Facts, state: State) -> Facts:
        """Facts that hold of what two tell of, and that change only so often.

        What was known before in other words counts as known: 0 as what is no larger than any size.
        """
        if after == before:
            return before
        least = before.least
        if after.least < least:
            least = max((step for step in self._up if step <= after.least), default=LEAST)
        bounds: dict[Symbol, int] = {}
        for symbol, bound in after.bounds.items():
            known = _bound_by(before, symbol, state)
            if known is not None and bound <= known:
                bounds[symbol] = known
            elif known is not None or symbol is ZERO:
                further = self._up if symbol is ZERO else _NEAR
                stop = min((step for step in further if step >= bound), default=None)
                if stop is not None or symbol is ZERO:
                    bounds[symbol] = GREATEST if stop is None else stop
        return Facts(least, bounds)
