"""Takes the checks out of the loop that divides a vector for a quicksort, but for its first turn.

In a turn the loop looks from both sides for an element that belongs on the other one, exchanges the two, and
goes on between them. So from the second turn on there is one on either side that stops a search: what was put
there in the turn before. No index can get past it, and none needs a check::

    while i <= j                                if i <= j
      while v[i] < pivot                          # the turn as it was
        i += 1                                    while i <= j
      end                                           # the same turn without checks
      while v[j] > pivot                          end
        j -= 1                                  end
      end                                  →
      if i <= j
        swap v[i], v[j]
        i += 1
        j -= 1
      end
    end

Nothing is asked of the comparisons but that they depend on the element alone: where a search has stopped, the
next one stops. Without an exchange the two have passed each other, and the loop ends. Where more is known of
them the first turn needs no check either, see `pivots`.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterable

from xdsl.dialects.builtin import ModuleOp, StringAttr
from xdsl.ir import Operation, SSAValue

from dialects.fast_ops import attach_before, detached_op, unlink
from dialects.qz import properties
from dialects.qz.arith import AddOp, SubOp
from dialects.qz.branches import IfOp
from dialects.qz.loops import WhileOp
from dialects.qz.scalar import CastOp, CmpOp, ConstOp, NotOp, ReinterpretOp
from dialects.qz.strings import StrCmpOp
from dialects.qz.terminators import YieldOp
from dialects.qz.variables import LocalGetOp, LocalSetOp
from dialects.qz.vec import VecGetOp, VecSetOp
from lowering.bounds.pivots import Partition, divide_by_element
from lowering.contents import Contents, definitions
from lowering.op_lists import ops_of_classes
from lowering.options import LoweringOptions
from lowering.shared_attributes import number_of

_PURE = frozenset((CmpOp, NotOp, CastOp, ReinterpretOp, ConstOp, StrCmpOp))
"""What a search may do with an element."""

_WRAP = StringAttr("wrap")
_N_PARTS = 7
"""Operations of a turn: two searches, a comparison of two variables, what depends on it, and its end."""


class _Exchange:
    """What the last part of a turn does with the two variables and the vector, step by step."""

    def __init__(self, low: SSAValue, high: SSAValue) -> None:
        self._cells = {low: "low", high: "high"}
        self.now = {low: "low", high: "high"}
        self._known: dict[SSAValue, str] = {}
        self.vectors: set[SSAValue] = set()
        self.elements: dict[str, str] = {}

    def is_one(self, ops: Iterable[Operation]) -> bool:
        """Whether two elements change places, and the variables go one on towards each other."""
        if not all(map(self._follow, ops)):
            return False
        moved = list(self.now.values()) == ["low + 1", "high - 1"]
        return moved and len(self.vectors) == 1 and self.elements == {"low": "of high", "high": "of low"}

    def _follow(self, op: Operation) -> bool:
        """Works out what an operation does; whether that is known."""
        match op:
            case YieldOp():
                return True
            case ConstOp():
                self._known[op.results[0]] = str(number_of(op.properties["value"]))
                return True
            case LocalGetOp() if op.cell in self.now and "part" not in op.properties:
                self._known[op.result] = self.now[op.cell]
                return True
            case VecGetOp() if "part" not in op.properties and not self.elements:
                self.vectors.add(op._operands[0])
                place = self._known.get(op._operands[1])
                self._known[op.results[0]] = f"of {place}"
                return place in ("low", "high")
            case VecSetOp() if "part" not in op.properties:
                self.vectors.add(op._operands[0])
                place, value = (self._known.get(operand, "") for operand in op._operands[1:])
                self.elements[place] = value
                return place in ("low", "high") and value.startswith("of ")
            case AddOp() | SubOp():
                before, step = (self._known.get(operand, "") for operand in op._operands)
                self._known[op.results[0]] = f"{before} {'+' if type(op) is AddOp else '-'} {step}"
                return op.properties.get("overflow") == _WRAP
            case LocalSetOp() if op._operands[0] in self.now:
                self.now[op._operands[0]] = self._known.get(op._operands[1], "")
                return True
            case _:
                return False


def _compared(ops: list[Operation]) -> tuple[str, SSAValue, SSAValue] | None:
    """How two variables are compared, if that is what three operations do."""
    match ops:
        case [LocalGetOp() as first, LocalGetOp() as second, CmpOp() as compared]:
            predicate = compared.properties["predicate"]
            assert isinstance(predicate, StringAttr)
            is_direct = compared._operands == (first.result, second.result)
            return (predicate.data, first.cell, second.cell) if is_direct else None
        case _:
            return None


def _is_search(
    search: WhileOp, loop: WhileOp, cell: SSAValue, step: type[Operation], vector: SSAValue
) -> bool:
    """Whether a part of a turn only moves one variable on, while something holds of the element there."""
    match list(search.condition.block.ops):
        case [LocalGetOp() as read, VecGetOp() as get, *tested, _] if "part" not in get.properties:
            pass
        case _:
            return False
    if read.cell is not cell or get._operands != (vector, read.result):
        return False
    known = {get.results[0]}
    for op in tested:
        is_known = all(operand in known or not _is_made_in(operand, loop) for operand in op._operands)
        if type(op) not in _PURE or not is_known:
            return False
        known.update(op.results)
    return _is_step(list(search.body.block.ops), cell, step)


def _is_step(ops: list[Operation], cell: SSAValue, step: type[Operation]) -> bool:
    match ops:
        case [
            LocalGetOp() as read,
            ConstOp() as one,
            AddOp() | SubOp() as sum_,
            LocalSetOp() as write,
            YieldOp(),
        ]:
            is_one_on = type(sum_) is step and sum_._operands == (read.result, one.results[0])
            is_plain = number_of(one.properties["value"]) == 1 and sum_.properties.get("overflow") == _WRAP
            is_same = read.cell is cell and write._operands == (cell, sum_.results[0])
            return is_one_on and is_plain and is_same
        case _:
            return False


def partition_of(loop: WhileOp) -> Partition | None:
    """A loop that does what is said above."""
    *condition, _ = loop.condition.block.ops
    compared = _compared(condition)
    ops = list(loop.body.block.ops)
    if compared is None or len(ops) != _N_PARTS:
        return None
    predicate, low, high = compared
    up, down, *tested, arm, end = ops
    if not (type(arm) is IfOp and len(arm.regions) == 1 and not arm.results and type(end) is YieldOp):
        return None
    if not (arm.condition.owner is tested[-1] and _compared(tested) == ("le", low, high)):
        return None
    exchange = _Exchange(low, high)
    if predicate not in ("le", "lt") or not exchange.is_one(arm.regions[0].block.ops):
        return None
    (vector,) = exchange.vectors
    if low is high or _is_made_in(vector, loop) or type(up) is not WhileOp or type(down) is not WhileOp:
        return None
    if not (_is_search(up, loop, low, AddOp, vector) and _is_search(down, loop, high, SubOp, vector)):
        return None
    return Partition(loop, vector, low, high, (up, down))


def _is_made_in(value: SSAValue, loop: WhileOp) -> bool:
    owner = value.owner
    return loop.is_ancestor(owner)


def peel(loop: WhileOp) -> None:
    """Puts a first turn before a loop, and takes the checks out of the others."""
    first = loop.clone()
    attach_before(first, loop)
    *compared, holds = list(first.condition.block.ops)
    for op in compared:
        unlink(op)
        attach_before(op, loop)
    condition = holds._operands
    holds.operands = ()
    body = first.body
    first.detach_region(body)
    unlink(first)
    turn = detached_op(IfOp, condition, (), properties.NO_PROPERTIES, loop.location, (), (body,))
    attach_before(turn, loop)
    unlink(loop)
    for op in loop.walk():
        if type(op) in (VecGetOp, VecSetOp):
            op.properties = {**op.properties, **properties.UNCHECKED}
    end = body.block._last_op
    assert end is not None
    attach_before(loop, end)


def concerns(contents: Contents) -> bool:
    """Whether there may be such a loop."""
    return contents.has_any((WhileOp,)) and contents.has_any((VecSetOp,))


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Does it with every such loop of a module."""
    del options
    for function in definitions(module):
        for op in ops_of_classes(function, (WhileOp,)):
            assert isinstance(op, WhileOp)
            partition = partition_of(op)
            if partition is not None and not divide_by_element(partition):
                peel(op)
