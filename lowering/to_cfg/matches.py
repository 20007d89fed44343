"""`qz.switch`, `qz.match` and `qz.take`."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import cf

from dialects.fast_ops import append_op, new_block
from dialects.fast_rewrites import become_last, discard
from dialects.qz.matches import MatchOp, SwitchBrOp, SwitchOp, TakeOp
from dialects.qz.terminators import UnreachableOp
from lowering.dispatch import Table
from lowering.shared_attributes import NO_PROPERTIES
from lowering.to_cfg.flow import Flow, Goto

TABLE: Table[Flow] = Table()


@TABLE.lowers(SwitchOp)
def lower_switch(flow: Flow, op: SwitchOp) -> None:
    """Every case gets a block, to which each of its numbers leads."""
    value = op.value
    after = flow.split_after(op)
    goto, loop = Goto(after), flow.scope.loop
    if op.default_region is not None:
        default = flow.enter(op.default_region, goto, loop)
    else:
        default = new_block()
        append_op(default, UnreachableOp, location=op.location)
        flow.schedule(default)
    cases = op.cases
    blocks = [flow.enter(region, goto, loop) for _, region in reversed(cases)]
    blocks.reverse()
    targets = [block for (numbers, _), block in zip(cases, blocks, strict=True) for _ in numbers]
    discard(op)
    append_op(flow.block, SwitchBrOp, (value,), (), {"values": op.values}, op.location, (default, *targets))


@TABLE.lowers(MatchOp)
def lower_match(flow: Flow, op: MatchOp) -> None:
    """The decision goes on in place; every arm gets a block, to which the takes lead."""
    after = flow.split_after(op)
    goto, loop = Goto(after), flow.scope.loop
    regions = list(op.regions)
    arms = tuple([region.block for region in regions[1:]])
    for arm in reversed(regions[1:]):
        flow.enter_part(arm, goto, loop, arms)
    decision = flow.enter_part(regions[0], None, loop, arms)
    discard(op)
    flow.jump(decision, (), op.location)


@TABLE.lowers(TakeOp)
def lower_take(flow: Flow, op: TakeOp) -> None:
    """Goes to the arm."""
    become_last(op, cf.BranchOp, NO_PROPERTIES, (flow.scope.arms[op.arm.value.data],))
