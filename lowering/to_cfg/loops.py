"""`qz.while`, `qz.loop` and `qz.for_each`."""

from collections.abc import Sequence

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Block, Operation, SSAValue

from dialects.fast_ops import append_value, attach_before, attach_last, detached_op, new_block
from dialects.fast_rewrites import discard, replace_uses
from dialects.qz import properties
from dialects.qz.arith import AddOp
from dialects.qz.loops import ForEachOp, LoopOp, WhileOp
from dialects.qz.scalar import CmpOp, ConstOp
from dialects.qz.strings import StrCharAtOp, StrNextOp, StrSizeOp
from dialects.qz.types import VecType, boolean, char, si64
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
    discard(op)
    flow.jump(header, (), op.location)


@TABLE.lowers(LoopOp)
def lower_loop(flow: Flow, op: LoopOp) -> None:
    """The body branches back to its own start."""
    after = flow.split_after(op)
    body = op.body.block
    flow.enter(op.body, Goto(body), Loop(label_of(op.label), after, body, flow.scope.loop))
    discard(op)
    flow.jump(body, (), op.location)


@TABLE.lowers(ForEachOp)
def lower_for_each(flow: Flow, op: ForEachOp) -> None:
    """A position goes from the first element to behind the last, and so does the index, if it is wanted."""
    loop = _EachElement(op) if isinstance(op.elements.type, VecType) else _EachCodePoint(op)
    location = op.location
    after = flow.split_after(op)
    header, latch = new_block([si64] * loop.n_counters), new_block()
    counters = header.args
    flow.schedule(latch)
    body = flow.enter(op.body, Goto(latch), Loop(label_of(op.label), after, latch, flow.scope.loop))
    flow.schedule(header)
    discard(op)

    flow.jump(header, loop.start(flow.block), location)
    more = loop.compare_with_end(header, counters)
    decide(header, more, Decide(body, after), location)
    _replace_arguments(body, counters, loop.fetch(counters))
    jump(latch, header, loop.advance(latch, counters), location)


class _EachElement:
    """The elements of a vector: each turn reads the size again and fetches the element without a check."""

    n_counters = 1

    def __init__(self, op: ForEachOp) -> None:
        self.op = op

    def number(self, block: Block, value: int) -> SSAValue:
        return append_value(block, ConstOp, (), si64, properties.int_const(value, si64), self.op.location)

    def start(self, block: Block) -> tuple[SSAValue, ...]:
        """What the counters begin with."""
        return (self.number(block, 0),)

    def compare_with_end(self, block: Block, counters: Sequence[SSAValue]) -> SSAValue:
        """Whether there is an element at the position."""
        size_op = VecSizeOp if isinstance(self.op.elements.type, VecType) else StrSizeOp
        size = append_value(block, size_op, (self.op.elements,), si64, {}, self.op.location)
        operands = (counters[0], size)
        return append_value(block, CmpOp, operands, boolean, properties.PREDICATES["lt"], self.op.location)

    def fetch(self, counters: Sequence[SSAValue]) -> Operation:
        """Makes the op that gives the element."""
        operands = (self.op.elements, counters[0])
        types = (self.op.body.block.args[-1].type,)
        return detached_op(VecGetOp, operands, types, properties.UNCHECKED, self.op.location)

    def advance(self, block: Block, counters: Sequence[SSAValue]) -> tuple[SSAValue, ...]:
        """The counters of the next turn."""
        return (self.increment(block, counters[-1]),)

    def increment(self, block: Block, counter: SSAValue) -> SSAValue:
        operands = (counter, self.number(block, 1))
        return append_value(block, AddOp, operands, si64, EXACT, self.op.location)


class _EachCodePoint(_EachElement):
    """The code points of a string: the position counts bytes, so the index is a counter of its own."""

    def __init__(self, op: ForEachOp) -> None:
        super().__init__(op)
        self.n_counters = len(op.body.block.args)

    def start(self, block: Block) -> tuple[SSAValue, ...]:
        position = self._next(block, self.number(block, -1))
        return (position,) if self.n_counters == 1 else (position, self.number(block, 0))

    def _next(self, block: Block, position: SSAValue) -> SSAValue:
        operands = (self.op.elements, position)
        return append_value(block, StrNextOp, operands, si64, {}, self.op.location)

    def fetch(self, counters: Sequence[SSAValue]) -> Operation:
        operands = (self.op.elements, counters[0])
        return detached_op(StrCharAtOp, operands, (char,), {}, self.op.location)

    def advance(self, block: Block, counters: Sequence[SSAValue]) -> tuple[SSAValue, ...]:
        position = self._next(block, counters[0])
        return (position,) if self.n_counters == 1 else (position, self.increment(block, counters[1]))


def _replace_arguments(body: Block, counters: Sequence[SSAValue], fetch: Operation) -> None:
    """Puts the fetch of the element first and drops the body's arguments: (element) or (index, element)."""
    *position, element = body.args
    for argument in position:
        replace_uses(argument, counters[-1])
        body.erase_arg(argument)
    replace_uses(element, fetch.results[0])
    body.erase_arg(element)
    first = body.first_op
    if first is None:
        attach_last(body, fetch)
    else:
        attach_before(fetch, first)
