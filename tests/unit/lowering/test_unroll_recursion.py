"""How far recursion is unrolled."""

import pytest

from lowering.unroll_recursion import MAX_LEVELS, MAX_OPS, levels_for


def inlined_ops(n_ops: int, n_calls: int, levels: int) -> int:
    """Each level stands once for every call in the one before."""
    return sum(n_ops * n_calls**level for level in range(levels + 1))


@pytest.mark.parametrize("n_ops", [3, 12, 40, 150, 1000])
@pytest.mark.parametrize("n_calls", [1, 2, 5])
def test_as_far_as_the_bounds_allow(n_ops: int, n_calls: int) -> None:
    levels = levels_for(n_ops, n_calls)
    assert 0 <= levels <= MAX_LEVELS
    if levels:
        assert inlined_ops(n_ops, n_calls, levels) <= MAX_OPS
    if levels < MAX_LEVELS:
        assert inlined_ops(n_ops, n_calls, levels + 1) > MAX_OPS


def test_nothing_to_unroll() -> None:
    assert levels_for(10, 0) == 0


def test_fibonacci_goes_all_the_way() -> None:
    assert levels_for(10, 2) == MAX_LEVELS
