"""`qz.return`, `qz.yield`, `qz.break` and `qz.continue`."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import StringAttr

from dialects.fast_ops import append_op
from dialects.qz.terminators import BreakOp, ContinueOp, ReturnOp, YieldOp
from lowering.dispatch import Table
from lowering.to_cfg.flow import Decide, Flow, Goto, Loop, decide

TABLE: Table[Flow] = Table()


@TABLE.lowers(ReturnOp)
def lower_return(flow: Flow, op: ReturnOp) -> None:
    """Leaves the function from wherever it stands."""
    values = tuple(op._operands)
    flow.discard(op)
    append_op(flow.block, func.ReturnOp, values, (), {}, op.location)


@TABLE.lowers(YieldOp)
def lower_yield(flow: Flow, op: YieldOp) -> None:
    """Goes where the enclosing op said that this region leads."""
    values = tuple(op._operands)
    flow.discard(op)
    match flow.scope.on_yield:
        case Goto(target):
            flow.jump(target, values, op.location)
        case Decide() as choice:
            decide(flow.block, values[0], choice, op.location)
        case None:
            raise ValueError("qz.yield outside of a structured operation")


def _loop(flow: Flow, label: StringAttr | None) -> Loop:
    """The innermost loop, or the one with the label."""
    loop = flow.scope.loop
    if label is not None:
        while loop is not None and loop.label != label.data:
            loop = loop.outer
    if loop is None:
        raise ValueError("break or continue outside of its loop")
    return loop


@TABLE.lowers(BreakOp)
def lower_break(flow: Flow, op: BreakOp) -> None:
    """Goes behind the loop with the loop's results."""
    values = tuple(op._operands)
    loop = _loop(flow, op.label)
    flow.discard(op)
    flow.jump(loop.after, values, op.location)


@TABLE.lowers(ContinueOp)
def lower_continue(flow: Flow, op: ContinueOp) -> None:
    """Goes to the next turn of the loop."""
    loop = _loop(flow, op.label)
    flow.discard(op)
    flow.jump(loop.next_turn, (), op.location)
