"""`qz.while`, `qz.loop` and `qz.for_each`."""

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Block, SSAValue

from dialects.fast_ops import append_value, attach_before, attach_last, detached_op, new_block
from dialects.qz import properties
from dialects.qz.arith import AddOp
from dialects.qz.loops import ForEachOp, LoopOp, WhileOp
from dialects.qz.scalar import CmpOp, ConstOp
from dialects.qz.types import boolean, si64
from dialects.qz.vec import VecGetOp, VecSizeOp
from lowering.dispatch import Table
from lowering.shared_attributes import Properties
from lowering.to_cfg.flow import Decide, Flow, Goto, Loop, decide, jump

TABLE: Table[Flow] = Table()

EXACT: Properties = {"overflow": StringAttr("none")}
"""The overflow mode of a sum that cannot leave its type, whatever the program does."""


def label_of(label: StringAttr | None) -> str | None:
    """The text of a loop's label."""
    return None if label is None else label.data


@TABLE.lowers(WhileOp)
def lower_while(flow: Flow, op: WhileOp) -> None:
    """The condition region becomes the header of the loop."""
    after = flow.split_after(op)
    outer = flow.scope.loop
    header = op.condition.block
    loop = Loop(label_of(op.label), after, header, outer)
    body = flow.enter(op.body, Goto(header), loop)
    flow.enter(op.condition, Decide(body, after), loop)
    flow.discard(op)
    flow.jump(header, (), op.location)


@TABLE.lowers(LoopOp)
def lower_loop(flow: Flow, op: LoopOp) -> None:
    """The body branches back to its own start."""
    after = flow.split_after(op)
    body = op.body.block
    flow.enter(op.body, Goto(body), Loop(label_of(op.label), after, body, flow.scope.loop))
    flow.discard(op)
    flow.jump(body, (), op.location)


@TABLE.lowers(ForEachOp)
def lower_for_each(flow: Flow, op: ForEachOp) -> None:
    """An index counts up from 0; each turn reads the size again and fetches the element without a check."""
    vec, location = op.vec, op.location
    after = flow.split_after(op)
    header, latch = new_block((si64,)), new_block()
    index = header.args[0]
    loop = Loop(label_of(op.label), after, latch, flow.scope.loop)
    flow.schedule(latch)
    body = flow.enter(op.body, Goto(latch), loop)
    flow.schedule(header)
    flow.discard(op)

    first = append_value(flow.block, ConstOp, (), si64, properties.int_const(0, si64), location)
    flow.jump(header, (first,), location)

    size = append_value(header, VecSizeOp, (vec,), si64, {}, location)
    more = append_value(header, CmpOp, (index, size), boolean, properties.PREDICATES["lt"], location)
    decide(header, more, Decide(body, after), location)

    _fetch_element(body, op, vec, index)
    one = append_value(latch, ConstOp, (), si64, properties.int_const(1, si64), location)
    following = append_value(latch, AddOp, (index, one), si64, EXACT, location)
    jump(latch, header, (following,), location)


def _fetch_element(body: Block, op: ForEachOp, vec: SSAValue, index: SSAValue) -> None:
    """Puts the fetch of the element first and drops the body's arguments: (element) or (index, element)."""
    *position, element = body.args
    fetch = detached_op(VecGetOp, (vec, index), (element.type,), properties.UNCHECKED, op.location)
    for argument in position:
        argument.replace_all_uses_with(index)
        body.erase_arg(argument)
    element.replace_all_uses_with(fetch.result)
    body.erase_arg(element)
    first = body.first_op
    if first is None:
        attach_last(body, fetch)
    else:
        attach_before(fetch, first)
