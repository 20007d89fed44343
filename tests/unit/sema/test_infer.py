"""Unification: what it binds, what it refuses, and that nothing open reaches the table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qz.sema.infer import Inference
from qz.sema.types import BOOL, CHAR, ERROR, F64, INT, NEVER, NONE, POINTER, STRING, TypeKind, TypeTable


def vec(infer: Inference, element: int) -> int:
    return infer.make(TypeKind.VEC, (element,))


def test_equal_types_have_equal_ids() -> None:
    table = TypeTable()
    assert table.vec(INT) == table.vec(INT)
    assert table.vec(INT) != table.vec(BOOL)
    assert table.vec(table.vec(INT)) == table.vec(table.vec(INT))


def test_a_variable_takes_the_type_it_meets() -> None:
    infer = Inference(TypeTable())
    a = infer.fresh()
    assert infer.unify(vec(infer, a), infer.table.vec(STRING))
    assert infer.resolve(a) == STRING
    assert infer.finish(vec(infer, a)) == infer.table.vec(STRING)


def test_two_variables_become_one() -> None:
    infer = Inference(TypeTable())
    a, b = infer.fresh(), infer.fresh()
    assert infer.unify(a, b)
    assert infer.unify(b, F64)
    assert infer.resolve(a) == F64


def test_a_variable_is_bound_once() -> None:
    infer = Inference(TypeTable())
    a = infer.fresh()
    assert infer.unify(a, INT)
    assert not infer.unify(a, BOOL)


def test_no_type_contains_itself() -> None:
    infer = Inference(TypeTable())
    a = infer.fresh()
    assert not infer.unify(a, vec(infer, a))


def test_different_constructors_do_not_unify() -> None:
    infer = Inference(TypeTable())
    assert not infer.unify(infer.table.vec(INT), INT)
    assert not infer.unify(infer.table.make(TypeKind.STRUCT, 1), infer.table.make(TypeKind.STRUCT, 2))


def test_an_open_type_is_not_finished_and_not_in_the_table() -> None:
    infer = Inference(TypeTable())
    before = len(infer.table.kinds)
    open_type = vec(infer, vec(infer, infer.fresh()))
    assert open_type < 0
    assert infer.finish(open_type) == NONE
    assert len(infer.table.kinds) == before
    assert infer.show(open_type) == "Vec<Vec<_>>"


@pytest.mark.parametrize(
    ("expected", "found", "fits"),
    [
        (INT, INT, True),
        (INT, CHAR, True),
        (CHAR, INT, True),
        (POINTER, STRING, True),
        (STRING, POINTER, False),
        (INT, F64, False),
        (F64, INT, False),
        (INT, NEVER, True),
        (NEVER, INT, False),
        (INT, ERROR, True),
        (ERROR, INT, True),
    ],
)
def test_what_may_stand_where(expected: int, found: int, fits: bool) -> None:
    assert Inference(TypeTable()).accepts(expected, found) is fits


shapes = st.recursive(
    st.sampled_from([INT, BOOL, STRING, "a", "b"]), lambda inner: st.tuples(inner), max_leaves=4
)


def build(infer: Inference, shape: object, variables: dict[str, int]) -> int:
    if isinstance(shape, tuple):
        return vec(infer, build(infer, shape[0], variables))
    return variables[shape] if isinstance(shape, str) else int(shape)  # type: ignore[call-overload]


@given(shapes, shapes)
def test_unification_is_symmetric_and_makes_the_types_equal(left: object, right: object) -> None:
    outcomes: list[bool] = []
    for swap in (False, True):
        infer = Inference(TypeTable())
        variables = {"a": infer.fresh(), "b": infer.fresh()}
        x, y = build(infer, left, variables), build(infer, right, variables)
        if swap:
            x, y = y, x
        outcomes.append(infer.unify(x, y))
        if outcomes[-1]:
            assert infer.show(x) == infer.show(y)
    assert outcomes[0] == outcomes[1]
