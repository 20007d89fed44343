"""Which accesses of a nest of counting loops stay between two indices that are known before the nest.

An index is a sum, difference or product of counters of the nest and of values that stay the same in it. If
each of those values is at least 0 and less than 2 to the 31, then how large anything can become is known when
compiling, and what cannot wrap is monotonous: the least index comes of the least of what is added and the
greatest of what is taken away, the greatest one the other way around. So two sums before the nest tell of all
its turns::

    for i in 0..n
      for j in 0..m
        v[i * m + j] = 0      # 0 .. (n - 1) * m + (m - 1)
      end
    end
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterator
from dataclasses import dataclass

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import BlockArgument, Operation, OpResult, Region, SSAValue

from dialects.qz import properties
from dialects.qz.arith import AddOp, MulOp, SubOp
from dialects.qz.loops import ForEachOp, ForOp, LoopOp, WhileOp
from dialects.qz.scalar import ConstOp
from dialects.qz.types import si64
from lowering.bounds.condition_code import ConditionCode
from lowering.bounds.loop_accesses import (
    MAX_OPS,
    LoopBody,
    counts_by_one,
    first_turn,
    is_checked,
    keeps_sizes,
    ops_of_turns,
)
from lowering.shared_attributes import number_of

LOOPS = (ForOp, ForEachOp, LoopOp, WhileOp)

MAX_NEST_OPS = 2 * MAX_OPS
"""Operations in a nest that is looked at."""

_STEADY_BITS = 31
_LIMIT = 1 << 62
"""Nothing that is added up or multiplied becomes as large, so that nothing wraps."""

_WRAP = StringAttr("wrap")
_SUMS = frozenset((AddOp, SubOp, MulOp))


@dataclass(frozen=True, slots=True)
class _Range:
    """Between what a number lies for sure, if every steady value is as small as it has to be."""

    least: int
    greatest: int

    def is_safe(self) -> bool:
        """Whether neither end is so large that it might wrap."""
        return max(-self.least, self.greatest) < _LIMIT


class Nest:
    """A counting loop with other loops in it, in which no vector changes its size."""

    def __init__(self, loop: ForOp, ops: list[Operation]) -> None:
        self._loop = loop
        self._ops = ops
        arguments = [arg for op in (loop, *ops) for region in op.regions for arg in region.block.args]
        self._body = LoopBody(None, None, ops, first_turn(loop.body.block), varying=arguments)
        self._ranges: dict[SSAValue, _Range | None] = {}

    def conditions(self) -> tuple[list[Region], set[Operation]]:
        """What has to hold for accesses to need no check, and these accesses; nothing if there are none."""
        found: dict[tuple[SSAValue, SSAValue], list[Operation]] = {}
        for op in self._ops:
            if is_checked(op):
                container, index = op._operands[:2]
                if self._body.slope(container) == 0 and self._range(index) is not None:
                    found.setdefault((container, index), []).append(op)
        steady = dict.fromkeys(value for _, index in found for value in self._steady_in(index))
        regions = [self._is_small(value) for value in steady]
        regions += [self._stays_within(container, index) for container, index in found]
        return [*self._body.row_conditions(self._loop.location), *regions], {
            op for ops in found.values() for op in ops
        }

    def _range(self, value: SSAValue) -> _Range | None:
        """Between what a value lies in all turns; None if nothing is known of it."""
        if value not in self._ranges:
            known = self._range_of(value) if value.type == si64 else None
            self._ranges[value] = known if known is not None and known.is_safe() else None
        return self._ranges[value]

    def _range_of(self, value: SSAValue) -> _Range | None:
        if isinstance(value, OpResult) and type(value.op) is ConstOp:
            constant = number_of(value.op.properties["value"])
            return None if constant is None else _Range(constant, constant)
        if self._body.slope(value) == 0:
            return _Range(0, (1 << _STEADY_BITS) - 1)
        if isinstance(value, BlockArgument):
            ends = self._ends_of(value)
            low, high = (None, None) if ends is None else map(self._range, ends)
            return None if low is None or high is None else _Range(low.least, max(low.least, high.greatest))
        op = value.owner
        if type(op) not in _SUMS or op.properties.get("overflow") != _WRAP:  # type: ignore[union-attr]
            return None
        lhs, rhs = map(self._range, op._operands)  # type: ignore[union-attr]
        if lhs is None or rhs is None:
            return None
        match op:
            case AddOp():
                return _Range(lhs.least + rhs.least, lhs.greatest + rhs.greatest)
            case SubOp():
                return _Range(lhs.least - rhs.greatest, lhs.greatest - rhs.least)
            case _ if lhs.least < 0 or rhs.least < 0:
                return None
            case _:
                return _Range(lhs.least * rhs.least, lhs.greatest * rhs.greatest)

    def _ends_of(self, counter: BlockArgument) -> tuple[SSAValue, SSAValue] | None:
        """Between what a counter of the nest counts."""
        loop = counter.block.parent_op()
        return (loop.low, loop.high) if isinstance(loop, ForOp) and counts_by_one(loop) else None

    def _steady_in(self, value: SSAValue) -> Iterator[SSAValue]:
        """The steady values that a range depends on, each of which has to be small."""
        if self._body.slope(value) == 0:
            if type(value.owner) is not ConstOp:
                yield value
            return
        if isinstance(value, OpResult):
            parts = value.op._operands
        else:
            parts = self._ends_of(value) if isinstance(value, BlockArgument) else None
        for part in parts or ():
            yield from self._steady_in(part)

    def _extreme(self, value: SSAValue, code: ConditionCode, *, greatest: bool) -> SSAValue:
        """Computes the least or the greatest that a value becomes."""
        if isinstance(value, OpResult) and type(value.op) is ConstOp:
            return code.number(number_of(value.op.properties["value"]) or 0)
        if self._body.slope(value) == 0:
            return self._body.value_at_start(value, code.block, {})
        if isinstance(value, BlockArgument):
            ends, loop = self._ends_of(value), value.block.parent_op()
            assert ends is not None
            assert isinstance(loop, ForOp)
            if not greatest:
                return self._extreme(ends[0], code, greatest=False)
            return code.plus(self._extreme(ends[1], code, greatest=True), -1 if loop.inclusive is None else 0)
        op = value.owner
        assert isinstance(op, Operation)
        lhs, rhs = op._operands
        first = self._extreme(lhs, code, greatest=greatest)
        second = self._extreme(rhs, code, greatest=greatest != (type(op) is SubOp))
        return code.emit(type(op), (first, second), si64, properties.WRAP)

    def _is_small(self, value: SSAValue) -> Region:
        """Whether a steady value is what `_range_of` takes it for."""
        code = ConditionCode.begin(self._loop.location)
        word = code.word(self._body.value_at_start(value, code.block, {}))
        return code.finish(code.compare("lt", word, code.word(code.number(1 << _STEADY_BITS))))

    def _stays_within(self, container: SSAValue, index: SSAValue) -> Region:
        """Whether an index is a good one in every turn."""
        code = ConditionCode.begin(self._loop.location)
        size = code.size_of(self._body.value_at_start(container, code.block, {}))
        within = code.compare("lt", self._extreme(index, code, greatest=True), size)
        known = self._range(index)
        assert known is not None
        if known.least < 0:
            least = self._extreme(index, code, greatest=False)
            within = code.both(within, code.compare("ge", least, code.number(0)))
        return code.finish(within)


def nest_of(loop: ForOp) -> Nest | None:
    """The nest that a loop is the outermost one of, if there is one that the analysis understands."""
    if not counts_by_one(loop):
        return None
    ops: list[Operation] = []
    for op in ops_of_turns(loop.body):
        ops.append(op)
        if len(ops) > MAX_NEST_OPS or not (keeps_sizes(op) or isinstance(op, LOOPS)):
            return None
    return Nest(loop, ops) if any(isinstance(op, LOOPS) for op in ops) else None
