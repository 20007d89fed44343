"""`qz.return`, `qz.yield`, `qz.break` and `qz.continue`."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import cf
from xdsl.dialects.builtin import StringAttr

from dialects.fast_rewrites import become_last, discard
from dialects.qz.terminators import BreakOp, ContinueOp, ReturnOp, YieldOp
from lowering.dispatch import Table
from lowering.shared_attributes import NO_PROPERTIES
from lowering.to_cfg.flow import Decide, Flow, Goto, Leave, Loop, decide

TABLE: Table[Flow] = Table()


@TABLE.lowers(ReturnOp)
def lower_return(flow: Flow, op: ReturnOp) -> None:
    """Leaves the function from wherever it stands."""
    flow.leave(op, None, None)


@TABLE.lowers(YieldOp)
def lower_yield(flow: Flow, op: YieldOp) -> None:
    """Goes where the enclosing op said that this region leads."""
    match flow.scope.on_yield:
        case Goto(target):
            become_last(op, cf.BranchOp, NO_PROPERTIES, (target,))
        case Decide() as choice:
            (condition,) = op._operands
            discard(op)
            decide(flow.block, condition, choice, op.location)
        case Leave(target, until, kept):
            flow.leave(op, target, until, kept)
        case None:
            raise ValueError("qz.yield outside of a structured operation")


def _loop(flow: Flow, label: StringAttr | None) -> Loop:
    """The innermost loop, or the one with the label."""
    around = flow.scope.loop
    while around is not None:
        if isinstance(around, Loop) and (label is None or around.label == label.data):
            return around
        around = around.outer
    raise ValueError("break or continue outside of its loop")


@TABLE.lowers(BreakOp)
def lower_break(flow: Flow, op: BreakOp) -> None:
    """Goes behind the loop with the loop's results."""
    loop = _loop(flow, op.label)
    flow.leave(op, loop.after, loop)


@TABLE.lowers(ContinueOp)
def lower_continue(flow: Flow, op: ContinueOp) -> None:
    """Goes to the next turn of the loop."""
    loop = _loop(flow, op.label)
    flow.leave(op, loop.next_turn, loop)
