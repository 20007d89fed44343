"""Divides a vector without checks from the first turn on, where what it is divided by is one of its elements.

A search stops at the element that it compares with at the latest, since nothing is below itself. If that lies
between where both searches begin, as the middle of the two does, neither gets past it in the first turn
either. So one of them leaves the vector only if it begins outside, and then it does so at once::

    pivot = v[i + (j - i) / 2]            if i <= j
    while i <= j                            panic at i if i < 0              # or at the middle, which is
      …                                     panic at j if j >= v.size        # looked at first
    end                              →      pivot = v[i + (j - i) / 2]
                                            loop
                                              …                              # nothing is checked here
                                              break unless i <= j
                                            end
                                          else
                                            v[i + (j - i) / 2]
                                          end
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterator
from dataclasses import dataclass

from xdsl.ir import Operation, OpResult, Region, SSAValue

from dialects.fast_ops import append_op, attach_before, attach_last, detached_op, region_with_block, unlink
from dialects.fast_rewrites import discard
from dialects.qz import properties
from dialects.qz.arith import AddOp, DivOp, SubOp
from dialects.qz.bits import ShrOp
from dialects.qz.branches import IfOp
from dialects.qz.loops import LoopOp, WhileOp
from dialects.qz.panics import DebugBindOp
from dialects.qz.scalar import CmpOp, ConstOp
from dialects.qz.terminators import BreakOp, UnreachableOp, YieldOp
from dialects.qz.types import boolean, si64
from dialects.qz.variables import LocalGetOp, LocalOp
from dialects.qz.vec import VecGetOp, VecSetOp, VecSizeOp
from lowering.shared_attributes import number_of

_BETWEEN = frozenset((LocalOp, LocalGetOp, ConstOp, CmpOp, VecSizeOp, DebugBindOp))
"""What may stand between the read of the element and the loop: nothing that writes or may panic."""

MAX_DIVISOR = 1 << 6

_STRICT = frozenset(("lt", "gt"))
"""How a search may compare: so that no element is on the other side of itself."""


@dataclass(frozen=True, slots=True)
class Partition:
    """A loop that divides a vector, its two variables, and its two searches."""

    loop: WhileOp
    vector: SSAValue
    low: SSAValue
    high: SSAValue
    searches: tuple[WhileOp, WhileOp]


def _element_compared(search: WhileOp) -> SSAValue | None:
    """What a search compares elements with, if that is all it asks, and strictly."""
    match list(search.condition.block.ops):
        case [LocalGetOp(), VecGetOp() as get, CmpOp() as compared, YieldOp() as end]:
            if end._operands != tuple(compared.results):
                return None
            predicate = compared.predicate.data
            lhs, rhs = compared._operands
            other = rhs if lhs is get.result else lhs
            is_strict = predicate in _STRICT and get.result in (lhs, rhs) and other is not get.result
            return other if is_strict else None
        case _:
            return None


def _read_of(partition: Partition) -> VecGetOp | None:
    """The read of the element that a vector is divided by, if it can be done just before the loop."""
    first, second = map(_element_compared, partition.searches)
    if first is None or first is not second or not isinstance(first, OpResult):
        return None
    read, loop = first.op, partition.loop
    if type(read) is not VecGetOp or "part" in read.properties or read.parent is not loop.parent:
        return None
    if read.vec is not partition.vector or not all(loop.is_ancestor(use.operation) for use in first.uses):
        return None
    return read if all(type(op) in _BETWEEN for op in _from(read, loop)) else None


def _from(first: Operation, last: Operation) -> Iterator[Operation]:
    """The operations between two in a block."""
    op = first._next_op
    while op is not None and op is not last:
        yield op
        op = op._next_op


def _value_at(cell: SSAValue, loop: WhileOp) -> SSAValue | None:
    """What a variable holds where a loop begins, if it was made for that."""
    made = cell.owner
    if type(made) is not LocalOp or made.parent is not loop.parent:
        return None
    return (
        made.init if all(type(op) in _BETWEEN or type(op) is VecGetOp for op in _from(made, loop)) else None
    )


def _part_of(value: SSAValue, *, half: bool = False) -> Operation | None:
    """What makes the number that a value is some part of, or half of; divided by at least 1."""
    op = value.owner
    if not isinstance(op, DivOp | ShrOp):
        return None
    whole, by = op._operands
    number = number_of(by.owner.properties["value"]) if isinstance(by.owner, ConstOp) else None
    least = 1 if type(op) is DivOp else 0
    if number is None or not least <= number < MAX_DIVISOR or (half and number != least + 1):
        return None
    return whole.owner if isinstance(whole.owner, Operation) else None


def _lies_between(place: SSAValue, low: SSAValue, high: SSAValue) -> bool:
    """Whether a place is no lower than one of two and no higher than the other, if 0 <= low <= high."""
    if place in (low, high):
        return True
    match place.owner:
        case AddOp() as op if low in op._operands:
            part = _part_of(op._operands[1 - op._operands.index(low)])
            return type(part) is SubOp and part._operands == (high, low)
        case SubOp() as op if op._operands[0] is high:
            part = _part_of(op._operands[1])
            return type(part) is SubOp and part._operands == (high, low)
        case _:
            part = _part_of(place, half=True)
            return type(part) is AddOp and part._operands in ((low, high), (high, low))


def _asked_behind(loop: WhileOp) -> LoopOp:
    """A loop that asks behind each turn what another one asks before it, which holds before the first."""
    body = loop.body
    loop.detach_region(body)
    end = body.block._last_op
    assert end is not None
    *asked, holds = list(loop.condition.block.ops)
    for op in asked:
        unlink(op)
        attach_before(op, end)
    location = loop.location
    goes_on, goes_on_block = region_with_block()
    ends, ends_block = region_with_block()
    append_op(goes_on_block, YieldOp, (), (), properties.NO_PROPERTIES, location)
    append_op(ends_block, BreakOp, (), (), properties.NO_PROPERTIES, location)
    regions = (goes_on, ends)
    choice = detached_op(IfOp, holds._operands, (), properties.NO_PROPERTIES, location, (), regions)
    attach_before(choice, end)
    discard(holds)
    return detached_op(LoopOp, (), (), loop.properties, location, (), (body,))


def _compared(predicate: str, lhs: SSAValue, rhs: SSAValue, before: Operation) -> SSAValue:
    """Compares two numbers in front of an operation."""
    words = properties.PREDICATES[predicate]
    op = detached_op(CmpOp, (lhs, rhs), (boolean,), words, before.location)
    attach_before(op, before)
    return op.results[0]


def _if(condition: SSAValue, before: Operation, regions: tuple[Region, ...]) -> None:
    """Puts a choice in front of an operation."""
    location = before.location
    attach_before(
        detached_op(IfOp, (condition,), (), properties.NO_PROPERTIES, location, (), regions), before
    )


def _panics_at(read: VecGetOp, search: WhileOp, index: SSAValue) -> Region:
    """What happens where a search begins outside: its first look, or the one before, finds that out."""
    region, block = region_with_block()
    _, first, *_ = search.condition.block.ops
    for look, place in ((read, read.index), (first, index)):
        attach_last(block, _look(look, place))
    append_op(block, UnreachableOp, (), (), properties.NO_PROPERTIES, search.location)
    return region


def _look(like: Operation, index: SSAValue) -> Operation:
    """Reads another element as an operation does."""
    types = [result.type for result in like.results]
    return detached_op(type(like), (like._operands[0], index), types, like.properties, like.location)


def divide_by_element(partition: Partition) -> bool:
    """Takes the checks out of a loop, if no search that begins inside can leave the vector.

    Whether it did.
    """
    read, loop = _read_of(partition), partition.loop
    low, high = _value_at(partition.low, loop), _value_at(partition.high, loop)
    if read is None or low is None or high is None or "unchecked" in read.properties:
        return False
    if not _lies_between(read.index, low, high):
        return False
    location, (up, down) = loop.location, partition.searches
    asked = loop.condition.block.ops.last
    assert asked is not None
    compared = asked.operands[0].owner
    assert isinstance(compared, CmpOp)
    turns, turns_block = region_with_block()
    none, none_block = region_with_block()
    attach_last(none_block, _look(read, read.index))
    _if(_compared(compared.predicate.data, low, high, loop), loop, (turns, none))
    outside = [_panics_at(read, up, low), _panics_at(read, down, high)]
    for op in (read, loop):
        unlink(op)
        attach_last(turns_block, op)
    nought = detached_op(ConstOp, (), (si64,), properties.int_const(0, si64), location)
    size = detached_op(VecSizeOp, (partition.vector,), (si64,), properties.NO_PROPERTIES, location)
    attach_before(nought, read)
    attach_before(size, read)
    _if(_compared("lt", low, nought.results[0], read), read, (outside[0],))
    _if(_compared("ge", high, size.results[0], read), read, (outside[1],))
    for op in (read, *loop.walk()):
        if type(op) in (VecGetOp, VecSetOp):
            op.properties = {**op.properties, **properties.UNCHECKED}
    unlink(loop)
    attach_last(turns_block, _asked_behind(loop))
    for block in (turns_block, none_block):
        append_op(block, YieldOp, (), (), properties.NO_PROPERTIES, location)
    return True
