"""`qz.if`, `qz.all` and `qz.any`."""

# pyright: reportPrivateUsage=false

from xdsl.ir import Operation

from dialects.fast_ops import append_value
from dialects.fast_rewrites import discard
from dialects.qz import properties
from dialects.qz.branches import AllOp, AnyOp, IfOp
from dialects.qz.scalar import ConstOp
from dialects.qz.types import boolean
from lowering.dispatch import Table
from lowering.to_cfg.flow import Decide, Flow, Goto, decide

TABLE: Table[Flow] = Table()


@TABLE.lowers(IfOp)
def lower_if(flow: Flow, op: IfOp) -> None:
    """Every arm gets a block; each condition but the first is evaluated in a block of its own.

    The regions are scheduled last to first, so that they are read in the order of the source.
    """
    (condition,) = op._operands
    after = flow.split_after(op)
    loop = flow.scope.loop
    arm_goto = Goto(after)
    parts = list(op.regions)
    otherwise = after
    if op.has_else:
        otherwise = flow.enter(parts.pop(), arm_goto, loop)
    while len(parts) > 1:
        arm = flow.enter(parts.pop(), arm_goto, loop)
        otherwise = flow.enter(parts.pop(), Decide(arm, otherwise), loop)
    first = flow.enter(parts.pop(), arm_goto, loop)
    discard(op)
    decide(flow.block, condition, Decide(first, otherwise), op.location)


@TABLE.lowers(AllOp, AnyOp)
def lower_short_circuit(flow: Flow, op: Operation) -> None:
    """Every region but the last may decide; the last one's value is the result."""
    after = flow.split_after(op)
    discard(op)
    is_all = type(op) is AllOp
    verdict = append_value(
        flow.block, ConstOp, (), boolean, properties.FALSE if is_all else properties.TRUE, op.location
    )
    loop = flow.scope.loop
    parts = list(op.regions)
    following = flow.enter(parts.pop(), Goto(after), loop)
    while parts:
        if is_all:
            choice = Decide(following, after, false_values=(verdict,))
        else:
            choice = Decide(after, following, true_values=(verdict,))
        following = flow.enter(parts.pop(), choice, loop)
    flow.jump(following, (), op.location)
