"""How much memory the IR of functions takes, by kind of operation."""

import sys
from collections import Counter
from typing import NamedTuple

from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation, SSAValue

_Shape = tuple[type[Operation], int, int, int]


class OpKind(NamedTuple):
    """All operations of one name, over all functions; ``size`` is in bytes."""

    name: str
    n_ops: int
    size: int


class IrCensus:
    """Counts operations while their functions are alive, and keeps numbers only.

    An operation is weighed once for each number of operands, results and regions that it comes with: weighing
    all of them would take longer than compiling.
    """

    def __init__(self) -> None:
        self._counts: Counter[_Shape] = Counter()
        self._weights: dict[_Shape, int] = {}

    def add(self, module: ModuleOp) -> int:
        """Counts the operations of a module; gives their bytes."""
        total = 0
        for op in module.walk():
            shape = (type(op), len(op.operands), len(op.results), len(op.regions))
            self._counts[shape] += 1
            weight = self._weights.get(shape)
            if weight is None:
                weight = self._weights[shape] = _weigh(op)
            total += weight
        return total

    def kinds(self) -> list[OpKind]:
        """All kinds, those first that took most memory in all."""
        counts: Counter[str] = Counter()
        sizes: Counter[str] = Counter()
        for shape, count in self._counts.items():
            name = shape[0].name
            counts[name] += count
            sizes[name] += count * self._weights[shape]
        kinds = [OpKind(name, counts[name], size) for name, size in sizes.items()]
        return sorted(kinds, key=lambda kind: (-kind.size, kind.name))


def _weigh(op: Operation) -> int:
    """Bytes of an operation with its results, uses, regions and blocks; attributes are shared."""
    parts: list[object] = [op, vars(op), op.properties, op.attributes, op.operands, op.results, op.regions]
    for region in op.regions:
        parts += (region, vars(region))
        for block in region.blocks:
            parts += (block, vars(block), *_values(block.args))
    parts += _values(op.results)
    uses = vars(op).get("_operand_uses", ())
    return sum(map(sys.getsizeof, (*parts, uses, *uses)))


def _values(values: tuple[SSAValue, ...]) -> list[object]:
    return [part for value in values for part in (value, vars(value))]
