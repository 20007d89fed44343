"""Which values are used behind a suspension and were made before it."""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence

from xdsl.ir import Block, OpResult, Region, SSAValue

from dialects.qz.closures import CapturedOp, ClosureOfOp, CodeOfOp, EnvironmentOp, FnRefOp
from dialects.qz.scalar import ConstOp
from dialects.qz.strings import StrConstOp

REPEATABLE = frozenset((ConstOp, StrConstOp, FnRefOp, CapturedOp, CodeOfOp, EnvironmentOp, ClosureOfOp))
"""Operations that give the same whenever they are repeated on the same operands."""


def is_repeatable(value: SSAValue) -> bool:
    """Whether a value can be made again instead of being kept."""
    return type(value) is OpResult and type(value.op) in REPEATABLE


def crossing_values(body: Region, rests: Sequence[Block], environment: SSAValue) -> list[SSAValue]:
    """The values that the blocks behind suspensions, or those they lead to, use and do not make; those that
    are made again bring what they are made of. In the order in which they are made, without the environment.

    Nothing but the choice leads to those behind suspensions.
    """
    blocks = list(body.blocks)
    values = values_of(blocks)
    numbers = {id(value): number for number, value in enumerate(values)}
    live = live_at_start(blocks, numbers)
    mask = 0
    for rest in rests:
        mask |= live[id(rest)]
    for number in reversed(range(len(values))):  # what a value is made of comes before it
        value = values[number]
        if mask >> number & 1 and type(value) is OpResult and is_repeatable(value):
            for operand in value.op._operands:
                mask |= 1 << numbers[id(operand)]
    mask &= ~(1 << numbers[id(environment)])
    return [value for number, value in enumerate(values) if mask >> number & 1]


def values_of(blocks: Sequence[Block]) -> list[SSAValue]:
    """All values, in the order in which they are made."""
    values: list[SSAValue] = []
    for block in blocks:
        values += block._args
        for op in block.ops:
            values += op.results
    return values


def live_at_start(blocks: Sequence[Block], numbers: dict[int, int]) -> dict[int, int]:
    """The sets of values that are needed at the start of each block and made elsewhere, as bits."""
    used: dict[int, int] = {}
    made: dict[int, int] = {}
    predecessors: dict[int, list[Block]] = {}
    for block in blocks:
        needed = defined = 0
        for op in block.ops:
            for operand in op._operands:
                needed |= 1 << numbers[id(operand)]
            for result in op.results:
                defined |= 1 << numbers[id(result)]
        for argument in block._args:
            defined |= 1 << numbers[id(argument)]
        used[id(block)], made[id(block)] = needed & ~defined, defined
        last = block._last_op
        assert last is not None
        for successor in last._successors:
            predecessors.setdefault(id(successor), []).append(block)
    live = dict(used)
    pending = list(blocks)
    while pending:
        block = pending.pop()
        for predecessor in predecessors.get(id(block), ()):
            found = live[id(predecessor)] | live[id(block)] & ~made[id(predecessor)]
            if found != live[id(predecessor)]:
                live[id(predecessor)] = found
                pending.append(predecessor)
    return live
