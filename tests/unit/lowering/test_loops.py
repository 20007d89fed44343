"""Loops are found in where blocks lead to, and are as large as the blocks that lead back."""

import pytest

from lowering.emit_llvm.loops import sizes_of_loops


@pytest.mark.parametrize(
    ("successors", "expected"),
    [
        ([[1], []], set()),
        ([[1], [1, 2], []], {1}),
        ([[1], [2, 3], [1], []], {1, 2}),
        ([[2, 1], [], [1]], set()),  # leads back in the text only
        ([[3], [2], [], [1, 4], [3]], {3, 4}),  # so does one of a loop
        ([[1], [2, 4], [3, 1], [1], []], {1, 2, 3}),  # two ways back
        ([[1], [2], [2, 3], [1, 4], []], {1, 2, 3}),  # one in another
        ([[1, 3], [2], [1], []], {1, 2}),
        ([[1], [2, 3], [], [1]], {1, 3}),  # what ends the program in it is none of it
    ],
)
def test_blocks_of_loops(successors: list[list[int]], expected: set[int]) -> None:
    assert set(sizes_of_loops(successors, [1] * len(successors))) == expected


def test_of_loops_in_each_other_the_smallest_counts() -> None:
    successors = [[1], [2], [2, 3], [1, 4], []]
    assert sizes_of_loops(successors, [1, 9, 2, 3, 1]) == {1: 14, 2: 2, 3: 14}
