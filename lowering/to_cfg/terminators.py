"""`qz.return`, `qz.yield`, `qz.break` and `qz.continue`."""

# pyright: reportPrivateUsage=false

from xdsl.dialects.builtin import StringAttr

from dialects.qz.terminators import BreakOp, ContinueOp, ReturnOp, YieldOp
from lowering.dispatch import Table
from lowering.to_cfg.flow import Decide, Flow, Goto, Leave, Loop, decide

TABLE: Table[Flow] = Table()


@TABLE.lowers(ReturnOp)
def lower_return(flow: Flow, op: ReturnOp) -> None:
    """Leaves the function from wherever it stands."""
    values = tuple(op._operands)
    flow.discard(op)
    flow.leave(None, None, values, op.location)


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
        case Leave(target, until, kept):
            flow.leave(target, until, values if kept is None else kept, op.location)
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
    values = tuple(op._operands)
    loop = _loop(flow, op.label)
    flow.discard(op)
    flow.leave(loop.after, loop, values, op.location)


@TABLE.lowers(ContinueOp)
def lower_continue(flow: Flow, op: ContinueOp) -> None:
    """Goes to the next turn of the loop."""
    loop = _loop(flow, op.label)
    flow.discard(op)
    flow.leave(loop.next_turn, loop, (), op.location)
