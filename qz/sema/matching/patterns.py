"""Patterns as the construction of decisions reads them: checked, names gone, each kind with what it tests.

What a pattern binds is kept beside it, by row: a binding is a local and the occurrence that it stands for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from qz.sema.matching.occurrences import Occurrence
from qz.sema.types import TypeId

Binding: TypeAlias = tuple[int, Occurrence]


class Domain(NamedTuple):
    """The ordinals that a scalar has: numbers, code points, `false` and `true`, floats in order.

    ``width`` is that of a float in bits, else 0; a float may also be NaN, which has no ordinal.
    """

    low: int
    high: int
    width: int = 0


class Pattern:
    """A pattern. Each object stands for one place in the source: they are compared by identity."""

    __slots__ = ()


class Anything(Pattern):
    """`_`, a name, or what is left out: no test."""

    __slots__ = ()


class Variant(Pattern):
    """A variant of an enum with ``n_variants``, and a pattern for each word of its payload."""

    __slots__ = ("n_variants", "parts", "tag")

    def __init__(self, tag: int, n_variants: int, parts: tuple[Pattern, ...]) -> None:
        self.tag = tag
        self.n_variants = n_variants
        self.parts = parts


class Product(Pattern):
    """A struct or a tuple: no test of its own, but patterns for some of its fields, by their place."""

    __slots__ = ("parts",)

    def __init__(self, parts: dict[int, Pattern]) -> None:
        self.parts = parts


class Interval(Pattern):
    """The scalars from one ordinal to another, both included."""

    __slots__ = ("domain", "high", "low")

    def __init__(self, low: int, high: int, domain: Domain) -> None:
        self.low = low
        self.high = high
        self.domain = domain


class Text(Pattern):
    """One string."""

    __slots__ = ("text",)

    def __init__(self, text: bytes) -> None:
        self.text = text


class Sequence(Pattern):
    """A vector: its first elements, and its last ones if it may have any number in between."""

    __slots__ = ("element", "has_rest", "prefix", "suffix")

    def __init__(
        self,
        element: TypeId,
        prefix: tuple[Pattern, ...],
        suffix: tuple[Pattern, ...] = (),
        *,
        has_rest: bool = False,
    ) -> None:
        self.element = element
        self.prefix = prefix
        self.suffix = suffix
        self.has_rest = has_rest


class Alternative(NamedTuple):
    """One side of a `|`: its node, and what it binds."""

    node: int
    pattern: Pattern
    bindings: tuple[Binding, ...]


class Either(Pattern):
    """`p | q`."""

    __slots__ = ("alternatives",)

    def __init__(self, alternatives: tuple[Alternative, ...]) -> None:
        self.alternatives = alternatives


ANYTHING = Anything()
"""What is not tested needs no place in the source."""


def product(parts: Mapping[int, Pattern]) -> Pattern:
    """The pattern of what has these parts, by their place; those that test nothing are left out."""
    tested = {index: part for index, part in parts.items() if part is not ANYTHING}
    return Product(tested) if tested else ANYTHING


def leading_test(pattern: Pattern) -> Pattern:
    """What a pattern tests first: of alternatives, the first that tests anything."""
    if not isinstance(pattern, Either):
        return pattern
    pending: list[Pattern] = [pattern]
    while pending:
        pattern = pending.pop()
        if isinstance(pattern, Either):
            pending.extend(side.pattern for side in reversed(pattern.alternatives))
        elif pattern is not ANYTHING:
            return pattern
    return ANYTHING
