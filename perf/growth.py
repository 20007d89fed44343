"""How a cost grows with size: the exponent of the power law that fits best."""

from __future__ import annotations

import math
from collections.abc import Sequence


def growth_exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The slope of cost over size in logarithms, by least squares; NaN where nothing can be said.

    >>> round(growth_exponent([10, 100, 1000], [3, 300, 30000]), 6)
    2.0
    """
    points = [(math.log(size), math.log(cost)) for size, cost in zip(sizes, costs, strict=True) if cost > 0]
    if len(points) < 2:
        return math.nan
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else math.nan
