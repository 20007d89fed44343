"""What is known of numbers where a condition holds, and which conditions are known to."""

# pyright: reportPrivateUsage=false

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import SSAValue

from dialects.qz.bits import BitAndOp, BitOrOp
from dialects.qz.scalar import CmpOp, ConstOp, NotOp
from dialects.qz.types import is_int, is_signed
from lowering.bounds.bound_indices.states import MAX_OFFSET, MAX_SIZE, Linear, State
from lowering.bounds.bound_indices.walk import WORD_BITS, Walk, width_of
from lowering.shared_attributes import number_of

_OPPOSITES = {"lt": "ge", "ge": "lt", "le": "gt", "gt": "le", "eq": "ne", "ne": "eq"}
_ORDERS = {"lt": (False, 1), "le": (False, 0), "gt": (True, 1), "ge": (True, 0)}
"""Whether the operands change places, and by how much the lower one is lower at least."""


def assume(walk: Walk, condition: SSAValue, holds: bool) -> bool:
    """Takes a condition to hold, or not to; whether that can be."""
    op = condition.owner
    if type(op) is NotOp:
        return assume(walk, op._operands[0], not holds)
    if (type(op) is BitAndOp and holds) or (type(op) is BitOrOp and not holds):
        return all(assume(walk, operand, holds) for operand in op._operands)
    if type(op) is ConstOp:
        return bool(number_of(op.properties["value"])) is holds
    if type(op) is CmpOp and is_int(op._operands[0].type):
        predicate = _predicate(op)
        return _assume_compared(walk, op, predicate if holds else _OPPOSITES[predicate])
    return True


def _predicate(compared: CmpOp) -> str:
    predicate = compared.properties["predicate"]
    assert isinstance(predicate, StringAttr)
    return predicate.data


def _assume_compared(walk: Walk, compared: CmpOp, predicate: str) -> bool:
    lhs, rhs = map(walk.number, compared._operands)
    state = walk.state
    if predicate == "ne":
        return _assume_different(state, lhs, rhs)
    if predicate == "eq":
        return state.assume_order(lhs, rhs, 0) and state.assume_order(rhs, lhs, 0)
    is_swapped, gap = _ORDERS[predicate]
    low, high = (rhs, lhs) if is_swapped else (lhs, rhs)
    if not is_signed(compared._operands[0].type) and width_of(compared._operands[0]) == WORD_BITS:
        # What is below something that has no sign bit has none.
        if not state.is_least(high, 0):
            return True
        if not state.is_least(low, 0):
            return _assume_below(state, low, high, gap)
    return state.assume_order(low, high, gap)


def _assume_below(state: State, low: Linear, high: Linear, gap: int) -> bool:
    facts = state.of(high)
    if abs(low.offset) >= MAX_OFFSET or facts.greatest > MAX_SIZE:
        return True
    return state.assume(low, 0, [(key, bound - gap) for key, bound in facts.bounds.items()])


def _assume_different(state: State, lhs: Linear, rhs: Linear) -> bool:
    """What is at most a number and is not that number is below it."""
    if state.is_most(lhs, rhs) and not state.assume_order(lhs, rhs, 1):
        return False
    return not state.is_most(rhs, lhs) or state.assume_order(rhs, lhs, 1)


def outcome(walk: Walk, compared: CmpOp) -> bool | None:
    """What a comparison gives for sure."""
    if not is_int(compared._operands[0].type):
        return None
    lhs, rhs = map(walk.number, compared._operands)
    predicate, state = _predicate(compared), walk.state
    if predicate not in _ORDERS:
        return None
    is_word = not is_signed(compared._operands[0].type) and width_of(compared._operands[0]) == WORD_BITS
    if is_word and not (state.is_least(lhs, 0) and state.is_least(rhs, 0)):
        return None
    is_swapped, gap = _ORDERS[predicate]
    low, high = (rhs, lhs) if is_swapped else (lhs, rhs)
    if state.is_most(low, high.plus(-gap)):
        return True
    return False if state.is_most(high, low.plus(gap - 1)) else None
