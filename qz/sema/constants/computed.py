"""Constants that are computed from constant parameters, as in `Array<T, R * C + 1>`.

Each is a polynomial with whole coefficients, and has one form however it is written: `N + M` is `M + N`. What
it is made of, its atoms, are types: parameters, variables of an inference, and quotients and remainders of
two others, of which nothing more is known until both are numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

Polynomial: TypeAlias = dict[tuple[int, ...], int]
"""The coefficient of each product of atoms, which are in order; the empty product stands for the number."""

Products: TypeAlias = tuple[tuple[tuple[int, ...], int], ...]
"""A polynomial whose atoms are known by their places: in order, each once."""


class Division(NamedTuple):
    """The first atom divided by the second: what `/` gives, which is cut towards 0, or what `%` leaves."""

    sign: str

    def of(self, dividend: int, divisor: int) -> int:
        """What it gives for two numbers, as it does for two values."""
        quotient = abs(dividend) // abs(divisor)
        quotient = quotient if (dividend < 0) == (divisor < 0) else -quotient
        return quotient if self.sign == "/" else dividend - quotient * divisor


QUOTIENT, REMAINDER = Division("/"), Division("%")

Form: TypeAlias = Products | Division
"""How a constant is computed from its atoms."""


def atom(type_id: int) -> Polynomial:
    """What one parameter stands for."""
    return {(type_id,): 1}


def number(value: int) -> Polynomial:
    """A constant."""
    return {(): value} if value else {}


def plus(a: Polynomial, b: Polynomial, factor: int = 1) -> Polynomial:
    """The sum of one and of another times a number."""
    found = dict(a)
    for product, coefficient in b.items():
        found[product] = found.get(product, 0) + factor * coefficient
    return {product: coefficient for product, coefficient in found.items() if coefficient}


def times(a: Polynomial, b: Polynomial) -> Polynomial:
    """The product of two."""
    found: Polynomial = {}
    for left, n in a.items():
        for right, m in b.items():
            product = tuple(sorted(left + right))
            found[product] = found.get(product, 0) + n * m
    return {product: coefficient for product, coefficient in found.items() if coefficient}


def form_of(polynomial: Polynomial) -> tuple[Products, tuple[int, ...]]:
    """The form of a polynomial, and its atoms."""
    atoms = tuple(sorted({one for product in polynomial for one in product}))
    places = {one: place for place, one in enumerate(atoms)}
    products = [(tuple([places[one] for one in product]), n) for product, n in polynomial.items()]
    return tuple(sorted(products)), atoms


def divided(division: Division, dividend: Polynomial, divisor: Polynomial) -> Polynomial | None:
    """What a division gives, where that can be told: of two numbers, or of what is a multiple of one."""
    if set(divisor) != {()}:
        return None
    by = divisor[()]
    if not set(dividend) - {()}:
        return number(division.of(dividend.get((), 0), by))
    if any(coefficient % by for coefficient in dividend.values()):
        return None
    is_quotient = division is QUOTIENT
    return {product: coefficient // by for product, coefficient in dividend.items()} if is_quotient else {}


def with_atoms(form: Products, given: Sequence[Polynomial]) -> Polynomial:
    """A form with something in the place of each atom."""
    found: Polynomial = {}
    for places, coefficient in form:
        product = number(coefficient)
        for place in places:
            product = times(product, given[place])
        found = plus(found, product)
    return found


def solved(zero: Polynomial, is_open: Callable[[int], bool]) -> tuple[int, Polynomial] | None:
    """The only open atom of a polynomial that is to be 0, and what it must stand for, if that can be told."""
    open_atoms = {one for product in zero for one in product if is_open(one)}
    if len(open_atoms) != 1:
        return None
    wanted = open_atoms.pop()
    factor = zero.get((wanted,), 0)
    rest = {product: coefficient for product, coefficient in zero.items() if product != (wanted,)}
    if not factor or any(wanted in product for product in rest) or any(n % factor for n in rest.values()):
        return None
    return wanted, {product: -n // factor for product, n in rest.items()}


def text(form: Form, atoms: Sequence[str]) -> str:
    """A constant as a programmer writes it: of a polynomial what is largest first, the number last, and no
    `-` in front if that can be."""
    if isinstance(form, Division):
        return f"{_factor(atoms[0])} {form.sign} {_factor(atoms[1])}"
    shown = [(places, n, [atoms[place] for place in places]) for places, n in form]
    shown.sort(key=lambda term: (term[1] < 0, -len(term[0]), term[2]))
    words: list[str] = []
    for _, n, names in shown:
        factors = names if abs(n) == 1 and names else [str(abs(n)), *names]
        term = " * ".join(map(_factor, factors)) if len(factors) > 1 else factors[0]
        words += ["-" if n < 0 else "+", term] if words else [("-" if n < 0 else "") + term]
    return " ".join(words) or "0"


def _factor(shown: str) -> str:
    """What stands beside a `*` or a `/`."""
    return f"({shown})" if " " in shown else shown
