"""Which accesses of a `while` loop go along with the two numbers that its condition compares.

The loop runs while `low < high`, or `low <= high`. Each of the two stays the same, or is a variable that one
assignment in the body moves towards the other: `low` up, or `high` down. So whenever the condition has just
held, both lie between the `low` and the `high` that the loop began with, and so does an index that is one of
them, read before it is assigned; a constant may be added to it::

    while low < high
      held = v[low]            # first low <= low <= first high - 1
      v[low] = v[high]         # first low + 1 <= high <= first high
      v[high] = held
      low += 1
      high -= 1
    end

That no sum wraps is part of the conditions: the first `high` is at most about a size, and steps are small.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Block, Operation, OpResult, Region, SSAValue

from dialects.qz.arith import AddOp, SubOp
from dialects.qz.branches import AllOp
from dialects.qz.loops import WhileOp
from dialects.qz.scalar import CmpOp, ConstOp
from dialects.qz.terminators import YieldOp
from dialects.qz.types import si64
from dialects.qz.variables import LocalGetOp, LocalSetOp
from lowering.bounds.condition_code import ConditionCode
from lowering.bounds.loop_accesses import ACCESSES, MAX_OPS, LoopBody, keeps_sizes, ops_of_turns
from lowering.shared_attributes import number_of

_PREDICATES = {"lt": (False, 1), "le": (False, 0), "gt": (True, 1), "ge": (True, 0)}
"""Whether the operands change places, and by how much the lower one is lower at least."""

MAX_CONSTANT = 1 << 30
"""Of what is added to an index, and of steps that are constants."""

MAX_STEP = 1 << 62


@dataclass(frozen=True, slots=True)
class _End:
    """One of the two numbers: a variable that is assigned in the loop, or a value that stays the same."""

    cell: SSAValue | None
    value: SSAValue
    step: SSAValue | None = None  # by which its one assignment moves it

    def at_start(self, body: LoopBody, code: ConditionCode, known: dict[SSAValue, SSAValue]) -> SSAValue:
        """Its value before the loop."""
        if self.cell is None:
            return body.value_at_start(self.value, code.block, known)
        return code.emit(LocalGetOp, (self.cell,), si64)


@dataclass(frozen=True, slots=True)
class _Along:
    """Accesses to one vector at one of the two numbers plus a constant."""

    container: SSAValue
    is_low: bool
    constant: int
    ops: list[Operation]


class WhileBody:
    """A `while` loop between two numbers."""

    def __init__(self, loop: WhileOp, ops: Sequence[Operation], compared: CmpOp) -> None:
        self._location = loop.location
        self._order = {op: position for position, op in enumerate(ops)}
        self._body = LoopBody(None, None, ops, _certain(loop.condition.block))
        self._sets: dict[SSAValue, list[Operation]] = {}
        for op in ops:
            if type(op) is LocalSetOp:
                self._sets.setdefault(op._operands[0], []).append(op)
        is_swapped, self._gap = _PREDICATES[_predicate(compared)]
        low, high = compared._operands[::-1] if is_swapped else compared._operands
        self._low, self._high = self._end(low, AddOp), self._end(high, SubOp)

    def conditions(self) -> tuple[list[Region], set[Operation]]:
        """What has to hold for accesses to need no check, and these accesses; nothing if there are none."""
        if self._low is None or self._high is None or (self._low.cell is None and self._high.cell is None):
            return [], set()
        along = list(self._along(self._low, self._high))
        if not along:
            return [], set()
        regions = [self._keeps_step(end.step) for end in (self._low, self._high) if end.step is not None]
        regions += [self._stays_within(self._low, self._high, access) for access in along]
        return [*self._body.row_conditions(self._location), *regions], {
            op for access in along for op in access.ops
        }

    def _end(self, value: SSAValue, moves: type[Operation]) -> _End | None:
        """One of the two numbers, if nothing moves it but one operation of a class, by something positive."""
        cell = _cell_of(value)
        sets = self._sets.get(cell, []) if cell is not None else []
        if cell is None or not sets:
            return _End(None, value) if value.type == si64 and self._body.slope(value) == 0 else None
        moved = sets[0]._operands[1]
        if len(sets) != 1 or type(moved) is not OpResult or type(moved.op) is not moves:
            return None
        before, step = moved.op._operands
        if _cell_of(before) is not cell or moved.op not in self._order:
            if moves is not AddOp or _cell_of(step) is not cell:
                return None
            before, step = step, before
        if before.op not in self._order:  # type: ignore[union-attr]
            return None
        if isinstance(step.owner, ConstOp):
            constant = number_of(step.owner.properties["value"])
            return _End(cell, value) if constant is not None and 0 < constant <= MAX_CONSTANT else None
        return _End(cell, value, step) if self._body.slope(step) == 0 else None

    def _along(self, low: _End, high: _End) -> Iterator[_Along]:
        found: dict[tuple[SSAValue, bool, int], _Along] = {}
        for op in self._order:
            if type(op) not in ACCESSES or "unchecked" in op.properties:
                continue
            container, index = op._operands[:2]
            base, constant = _sum(index)
            for end, is_low in ((low, True), (high, False)):
                if self._is_end(base, end) and self._body.slope(container) == 0:
                    key = (container, is_low, constant)
                    found.setdefault(key, _Along(*key, [])).ops.append(op)
                    break
        yield from found.values()

    def _is_end(self, value: SSAValue, end: _End) -> bool:
        """Whether a value is one of the numbers as the condition saw it in the same turn."""
        if end.cell is None:
            cell = _cell_of(value)
            return value is end.value or (cell is not None and cell is _cell_of(end.value))
        if _cell_of(value) is not end.cell or not isinstance(value, OpResult) or value.op not in self._order:
            return False
        return self._order[value.op] < self._order[self._sets[end.cell][0]]

    def _keeps_step(self, step: SSAValue) -> Region:
        """Whether a step is positive, and small enough for no sum to wrap."""
        code = ConditionCode.begin(self._location)
        less = code.plus(self._body.value_at_start(step, code.block, {}), -1)
        return code.finish(code.compare("lt", code.word(less), code.word(code.number(MAX_STEP))))

    def _stays_within(self, low: _End, high: _End, access: _Along) -> Region:
        """Whether the index is a good one in every turn: 0 <= least, and greatest < size, with signs.

        The constants go to the side where there is nothing else that could be large.
        """
        code = ConditionCode.begin(self._location)
        known: dict[SSAValue, SSAValue] = {}
        gap_below = 0 if access.is_low else self._gap
        gap_above = self._gap if access.is_low else 0
        least = code.number(-access.constant - gap_below)
        from_below = code.compare("ge", low.at_start(self._body, code, known), least)
        size = code.size_of(self._body.value_at_start(access.container, code.block, known))
        most = code.plus(size, gap_above - access.constant - 1)
        from_above = code.compare("le", high.at_start(self._body, code, known), most)
        return code.finish(code.both(from_below, from_above))


def while_body_of(loop: WhileOp) -> WhileBody | None:
    """The body of a loop that the analysis understands."""
    ops: list[Operation] = []
    for region in (loop.condition, loop.body):
        for op in ops_of_turns(region):
            ops.append(op)
            if len(ops) > MAX_OPS or not keeps_sizes(op):
                return None
    compared = _compared(loop.condition.block)
    return None if compared is None else WhileBody(loop, ops, compared)


def _compared(block: Block) -> CmpOp | None:
    """The comparison that holds whenever the condition does: all of it, or the first of several."""
    end = block._last_op
    condition = end._operands[0] if type(end) is YieldOp else None
    if not isinstance(condition, OpResult):
        return None
    op = condition.op
    if isinstance(op, AllOp):
        return _compared(op.parts[0].block)
    is_order = isinstance(op, CmpOp) and op._operands[0].type == si64 and _predicate(op) in _PREDICATES
    return op if is_order and isinstance(op, CmpOp) else None


def _certain(block: Block) -> Iterator[Operation]:
    """The operations of a condition that are run each time."""
    for op in block.ops:
        yield op
        if type(op) is AllOp:
            yield from _certain(op.parts[0].block)


def _predicate(op: CmpOp) -> str:
    predicate = op.properties["predicate"]
    assert isinstance(predicate, StringAttr)
    return predicate.data


def _cell_of(value: SSAValue) -> SSAValue | None:
    """The variable that a value was read from."""
    if isinstance(value, OpResult) and type(value.op) is LocalGetOp and "part" not in value.op.properties:
        return value.op._operands[0]
    return None


def _sum(index: SSAValue) -> tuple[SSAValue, int]:
    """An index as a value and a constant that is added to it."""
    if not isinstance(index, OpResult) or type(index.op) not in (AddOp, SubOp):
        return index, 0
    base, added = index.op._operands
    constant = number_of(added.owner.properties["value"]) if isinstance(added.owner, ConstOp) else None
    if constant is None or abs(constant) > MAX_CONSTANT:
        return index, 0
    return base, constant if type(index.op) is AddOp else -constant
