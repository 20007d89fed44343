"""What the type of a function says of references: which parameters are lent, and whether its result is.

The type of a reference is that of the value, so `Fn(&Path): Int` keeps beside its types what is written
before them: one number, two bits for the result and two for each parameter.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum


class Borrow(IntEnum):
    """Whether something is lent, and for what; each may be used as those before it."""

    NONE = 0
    SHARED = 1  # `&T`: nothing is changed through it
    MUTABLE = 2  # `&mut T`
    IN_PLACE = 3  # the same of a value that has no block of its own: the place is lent in which it lies


SIGNS = {Borrow.NONE: "", Borrow.SHARED: "&", Borrow.MUTABLE: "&mut ", Borrow.IN_PLACE: "&mut "}
"""How each is written."""


_BORROWS = tuple(Borrow)


def lending(params: Sequence[Borrow], result: Borrow = Borrow.NONE) -> int:
    """The number for the parameters and the result of a function."""
    return sum(borrow << (2 * place) for place, borrow in enumerate((result, *params)))


def result_borrow(number: int) -> Borrow:
    """Whether the result is lent."""
    return _BORROWS[number & 3]


def param_borrow(number: int, position: int) -> Borrow:
    """Whether a parameter is lent."""
    return _BORROWS[number >> (2 * position + 2) & 3]


def may_stand_for(found: int, expected: int, n_params: int) -> bool:
    """Whether a function that lends like ``found`` may be called as one that lends like ``expected``.

    Who promises to look only may be given what others would keep; who owns a result, or lends it for
    changing, may give it where less is asked for. What is changed in its place is passed in a way of its own.
    """
    if found == expected:
        return True
    for position in range(n_params):
        asked, given = param_borrow(expected, position), param_borrow(found, position)
        if asked != given and (asked, given) != (Borrow.NONE, Borrow.SHARED):
            return False
    asked, given = result_borrow(expected), result_borrow(found)
    return given is Borrow.NONE or (asked is not Borrow.NONE and given >= asked)
