"""Constants computed from constant parameters: one form for each, and what follows where two are equal."""

from __future__ import annotations

import pytest

from qz.sema.constants.computed import (
    QUOTIENT,
    REMAINDER,
    Polynomial,
    atom,
    form_of,
    number,
    plus,
    solved,
    text,
    times,
    with_atoms,
)
from qz.sema.infer import Inference
from qz.sema.types import INT, TypeKind, TypeTable, render

N, M = atom(7), atom(9)
NAMES = ["N", "M"]


@pytest.mark.parametrize(
    ("polynomial", "shown"),
    [
        (plus(N, number(1)), "N + 1"),
        (plus(M, N), "M + N"),
        (plus(N, number(3), -1), "N - 3"),
        (plus(number(5), N, -1), "5 - N"),
        (plus(number(0), N, -1), "-N"),
        (plus(times(N, M), times(number(2), N), -1), "N * M - 2 * N"),
        (times(plus(N, number(1)), plus(N, number(1), -1)), "N * N - 1"),
        (plus(N, N, -1), "0"),
    ],
)
def test_a_polynomial_is_shown_as_it_would_be_written(polynomial: Polynomial, shown: str) -> None:
    form, atoms = form_of(polynomial)
    assert text(form, [NAMES[[7, 9].index(one)] for one in atoms]) == shown
    assert with_atoms(form, [atom(one) for one in atoms]) == polynomial


def test_the_order_of_writing_does_not_matter() -> None:
    one = times(plus(N, number(2)), plus(M, number(3)))
    other = plus(plus(times(M, N), times(N, number(3))), plus(times(number(2), M), number(6)))
    assert form_of(one) == form_of(other)


@pytest.mark.parametrize(
    ("zero", "found"),
    [
        (plus(N, number(4), -1), (7, number(4))),
        (plus(times(number(2), N), number(6), -1), (7, number(3))),
        (plus(times(number(2), N), number(5), -1), None),
        (plus(times(N, N), number(9), -1), None),
        (plus(plus(N, M), number(5), -1), None),
    ],
)
def test_what_one_parameter_must_be(zero: Polynomial, found: tuple[int, Polynomial] | None) -> None:
    assert solved(zero, lambda _: True) == found


def test_a_parameter_that_is_known_makes_a_number() -> None:
    table = TypeTable()
    params = [table.make(TypeKind.PARAM, symbol, 0) for symbol in range(2)]
    sum_ = table.computed(plus(atom(params[0]), atom(params[1])))
    array = table.make(TypeKind.ARRAY, INT, sum_)
    two, three = (table.make(TypeKind.CONSTANT, n) for n in (2, 3))
    given = {params[0]: two, params[1]: three}
    wanted = table.make(TypeKind.ARRAY, INT, table.make(TypeKind.CONSTANT, 5))
    assert table.substitute(array, given) == wanted
    assert table.substitute(array, {params[0]: two, params[1]: params[0]}) != array


@pytest.mark.parametrize(
    ("dividend", "divisor", "quotient", "remainder"),
    [(7, 2, 3, 1), (-7, 2, -3, -1), (7, -2, -3, 1), (-7, -2, 3, -1), (6, 3, 2, 0), (0, 5, 0, 0)],
)
def test_numbers_are_divided_as_values_are(
    dividend: int, divisor: int, quotient: int, remainder: int
) -> None:
    table = TypeTable()
    one, other = (table.make(TypeKind.CONSTANT, n) for n in (dividend, divisor))
    assert table.divided(QUOTIENT, one, other) == table.make(TypeKind.CONSTANT, quotient)
    assert table.divided(REMAINDER, one, other) == table.make(TypeKind.CONSTANT, remainder)


def test_a_quotient_is_a_number_when_its_parts_are() -> None:
    table = TypeTable()
    param = table.make(TypeKind.PARAM, 0, 0)
    two, zero, seven = (table.make(TypeKind.CONSTANT, n) for n in (2, 0, 7))
    half = table.divided(QUOTIENT, param, two)
    more = table.computed(plus(table.polynomial(half), number(1)))
    assert table.substitute(more, {param: seven}) == table.make(TypeKind.CONSTANT, 4)
    assert table.divided(QUOTIENT, table.computed(times(number(2), atom(param))), two) == param
    assert table.kinds[table.divided(QUOTIENT, seven, zero)] is TypeKind.COMPUTED
    infer = Inference(table)
    variable = infer.fresh()
    opened = infer.instantiate(more, {param: variable})
    assert not infer.unify(opened, table.make(TypeKind.CONSTANT, 4))
    assert infer.unify(variable, seven)
    assert infer.unify(opened, table.make(TypeKind.CONSTANT, 4))


def test_a_quotient_is_shown_as_it_would_be_written() -> None:
    table = TypeTable()
    table.name_of_symbol = ["N", "M"].__getitem__
    n, m = (table.make(TypeKind.PARAM, symbol, 0) for symbol in range(2))
    sum_ = table.computed(plus(atom(n), atom(m)))
    half = table.divided(QUOTIENT, sum_, table.make(TypeKind.CONSTANT, 2))
    both = table.computed(times(table.polynomial(half), atom(n)))
    shown = [render(one, table.kinds.__getitem__, table.args.__getitem__, table) for one in (half, both)]
    assert shown == ["(M + N) / 2", "N * ((M + N) / 2)"]


def test_a_variable_follows_from_a_sum() -> None:
    table = TypeTable()
    param = table.make(TypeKind.PARAM, 0, 0)
    next_ = table.computed(plus(atom(param), number(1)))
    infer = Inference(table)
    variable = infer.fresh()
    assert infer.unify(infer.instantiate(next_, {param: variable}), table.make(TypeKind.CONSTANT, 4))
    assert infer.finish(variable) == table.make(TypeKind.CONSTANT, 3)
    assert not infer.unify(infer.instantiate(next_, {param: variable}), table.make(TypeKind.CONSTANT, 5))
