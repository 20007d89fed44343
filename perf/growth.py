"""How a cost grows with size: the exponent of the power law that fits best."""

from __future__ import annotations

import math
from collections.abc import Sequence


def growth_exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The slope of cost over size in logarithms, by least squares; NaN where nothing can be said.

    >>> round(growth_exponent([10, 100, 1000], [3, 300, 30000]), 6)
    2.0
    """
    points = [(size, cost) for size, cost in zip(sizes, costs, strict=True) if cost > 0]
    return slope([math.log(size) for size, _ in points], [math.log(cost) for _, cost in points])


def slope(xs: Sequence[float], ys: Sequence[float]) -> float:
    """How much y grows while x grows by one, by least squares; NaN where nothing can be said.

    >>> slope([1, 2, 3], [10, 12, 14])
    2.0
    """
    if len(xs) < 2:
        return math.nan
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    return (
        sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread if spread else math.nan
    )
