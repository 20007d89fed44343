"""`qz.for`: counting loops whose induction variable cannot overflow.

The loop is rotated: a guard in front, the test at the end of the turn. The next value is computed only once
it is known to be used, so that its sum is exact and says so::

    guard low < high            body(i) … latch            low .. high
                                latch: n = i + 1; n < high ? body(n) : after
    guard low <= high           latch: i == high ? after : step
                                step:  body(i + 1)         low ..= high
"""

# pyright: reportPrivateUsage=false

from dataclasses import dataclass

from xdsl.dialects import arith
from xdsl.dialects.builtin import IntegerType, LocationAttr
from xdsl.ir import Block, SSAValue

from dialects.fast_ops import append_value, new_block
from dialects.fast_rewrites import discard
from dialects.qz import properties
from dialects.qz.arith import AddOp, SubOp
from dialects.qz.loops import ForOp
from dialects.qz.scalar import CastOp, CmpOp, ConstOp, ReinterpretOp
from dialects.qz.types import boolean, is_signed, si64, ui64
from lowering.dispatch import Table
from lowering.shared_attributes import as_integer_type, number_of
from lowering.to_cfg.flow import Decide, Flow, Goto, Loop, decide, jump
from lowering.to_cfg.loops import EXACT, label_of

TABLE: Table[Flow] = Table()


@dataclass(slots=True)
class Counter:
    """The parts of one counting loop."""

    type_: IntegerType
    low: SSAValue
    high: SSAValue
    inclusive: bool
    location: LocationAttr
    preheader: Block
    body: Block
    latch: Block
    after: Block

    def constant(self, block: Block, value: int) -> SSAValue:
        """A number of the loop's type."""
        return append_value(
            block, ConstOp, (), self.type_, properties.int_const(value, self.type_), self.location
        )

    def compare(self, block: Block, predicate: str, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        """A comparison."""
        return append_value(
            block, CmpOp, (lhs, rhs), boolean, properties.PREDICATES[predicate], self.location
        )

    def advance(self, block: Block, by: SSAValue) -> SSAValue:
        """The next value, known to stay within the type."""
        return append_value(block, AddOp, (self.body.args[0], by), self.type_, EXACT, self.location)

    def enter_if(self, condition: SSAValue) -> None:
        """Ends the preheader: the first turn, or none."""
        decide(self.preheader, condition, Decide(self.body, self.after, (self.low,)), self.location)


@TABLE.lowers(ForOp)
def lower_for(flow: Flow, op: ForOp) -> None:
    """Chooses the form by the step and by whether the end is included."""
    low, high, *steps = op._operands
    type_ = as_integer_type(low._type)
    assert type_ is not None
    after = flow.split_after(op)
    latch = new_block()
    loop = Loop(label_of(op.label), after, latch, flow.scope.loop)
    turn = new_block()
    flow.schedule(turn)
    flow.schedule(latch)
    body = flow.enter(op.regions[0], Goto(latch), loop)
    inclusive = op.inclusive is not None
    counter = Counter(type_, low, high, inclusive, op.location, flow.block, body, latch, after)
    discard(op)
    if not steps or _constant(steps[0]) == 1:
        (_count_inclusive if inclusive else _count_exclusive)(counter, turn)
    else:
        _count_by(counter, turn, steps[0])


def _constant(value: SSAValue) -> int | None:
    """The number of a value that is a constant."""
    owner = value.owner
    return number_of(owner.value) if isinstance(owner, ConstOp) else None


def _count_exclusive(counter: Counter, turn: Block) -> None:
    """`low .. high` by one. The block `turn` is not needed and stays without a predecessor."""
    counter.enter_if(counter.compare(counter.preheader, "lt", counter.low, counter.high))
    latch = counter.latch
    following = counter.advance(latch, counter.constant(latch, 1))
    more = counter.compare(latch, "lt", following, counter.high)
    decide(latch, more, Decide(counter.body, counter.after, (following,)), counter.location)


def _count_inclusive(counter: Counter, turn: Block) -> None:
    """`low ..= high` by one."""
    counter.enter_if(counter.compare(counter.preheader, "le", counter.low, counter.high))
    last = counter.compare(counter.latch, "eq", counter.body.args[0], counter.high)
    decide(counter.latch, last, Decide(counter.after, turn), counter.location)
    following = counter.advance(turn, counter.constant(turn, 1))
    jump(turn, counter.body, (following,), counter.location)


def _count_by(counter: Counter, turn: Block, step: SSAValue) -> None:
    """Any step: another turn follows if what remains, without sign, exceeds (or reaches) the step's size."""
    known = _constant(step)
    preheader, latch = counter.preheader, counter.latch
    upwards = None
    if is_signed(counter.type_) and known is None:
        upwards = counter.compare(preheader, "gt", step, counter.constant(preheader, 0))
    going_down = known is not None and known < 0

    def ordered(block: Block, low: SSAValue, high: SSAValue, predicate: str, swapped: str) -> SSAValue:
        if upwards is None:
            return counter.compare(block, swapped if going_down else predicate, low, high)
        up = counter.compare(block, predicate, low, high)
        down = counter.compare(block, swapped, low, high)
        return append_value(block, arith.SelectOp, (upwards, up, down), boolean, {}, counter.location)

    words = _Words(counter.location)
    zero = append_value(preheader, ConstOp, (), ui64, properties.int_const(0, ui64), counter.location)
    step_word = words.of(preheader, step)
    size = step_word
    if going_down:
        size = words.difference(preheader, zero, step_word)
    elif upwards is not None:
        negated = words.difference(preheader, zero, step_word)
        size = append_value(
            preheader, arith.SelectOp, (upwards, step_word, negated), ui64, {}, counter.location
        )
    end = words.of(preheader, counter.high)
    # The guard ends the preheader, so it comes behind everything computed there.
    if counter.inclusive:
        counter.enter_if(ordered(preheader, counter.low, counter.high, "le", "ge"))
    else:
        counter.enter_if(ordered(preheader, counter.low, counter.high, "lt", "gt"))
    here = words.of(latch, counter.body.args[0])
    if going_down:
        remaining = words.difference(latch, here, end)
    else:
        remaining = words.difference(latch, end, here)
        if upwards is not None:
            backwards = words.difference(latch, here, end)
            remaining = append_value(
                latch, arith.SelectOp, (upwards, remaining, backwards), ui64, {}, counter.location
            )
    more = counter.compare(latch, "ge" if counter.inclusive else "gt", remaining, size)
    decide(latch, more, Decide(turn, counter.after), counter.location)
    jump(turn, counter.body, (counter.advance(turn, step),), counter.location)


@dataclass(frozen=True, slots=True)
class _Words:
    """Numbers as unsigned words, in which the distance of two numbers of any type fits."""

    location: LocationAttr

    def of(self, block: Block, value: SSAValue) -> SSAValue:
        """The 64-bit word of a number, sign-extended if its type is signed."""
        type_ = value.type
        if type_ == ui64:
            return value
        if is_signed(type_):
            if type_ != si64:
                value = append_value(block, CastOp, (value,), si64, {}, self.location)
            return append_value(block, ReinterpretOp, (value,), ui64, {}, self.location)
        return append_value(block, CastOp, (value,), ui64, {}, self.location)

    def difference(self, block: Block, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        """The difference modulo 2^64."""
        return append_value(block, SubOp, (lhs, rhs), ui64, properties.WRAP, self.location)
