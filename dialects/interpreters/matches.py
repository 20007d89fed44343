"""The meaning of multi-way branching: switches, and matches with their arms."""

from xdsl.ir import Operation

from dialects.interpreters.control import leave, move
from dialects.interpreters.machine import Block, ControlRule, Decoder, Exit, Frame, Step
from dialects.interpreters.values import InterpreterFault
from dialects.qz.matches import MatchOp, SwitchBrOp, SwitchOp, TakeOp, enclosing_match
from dialects.qz.types import ui64


def switch(op: SwitchOp, decoder: Decoder) -> Step:
    """Runs the region of the case that names the number."""
    run = decoder.machine.run
    value = decoder.slot(op.value)
    default = decoder.block(op.default_region) if op.default_region is not None else None
    is_unsigned_word = op.value.type == ui64
    cases: dict[int, Block] = {}
    for numbers, region in op.cases:
        block = decoder.block(region)
        for number in numbers:
            cases[number % (1 << 64) if is_unsigned_word else number] = block
    results = decoder.slots(op.outputs)

    def step(frame: Frame) -> Exit | None:
        chosen = cases.get(frame[value], default)
        if chosen is None:
            raise InterpreterFault(f"no case of a switch names {frame[value]}")
        left = run(chosen, frame)
        if left is None and results:
            move(frame, chosen.yields, results)
        return left

    return step


def match(op: MatchOp, decoder: Decoder) -> Step:
    """Runs the decision, and then one arm after the other for as long as they take another."""
    run = decoder.machine.run
    decision = decoder.block(op.regions[0])
    arms = [decoder.block(arm) for arm in op.arms]
    results = decoder.slots(op.outputs)

    def step(frame: Frame) -> Exit | None:
        block = decision
        left = run(block, frame)
        while left is not None and left.target is op:
            block = arms[left.arm]
            move(frame, left.slots, block.args)
            left = run(block, frame)
        if left is None:
            if block is decision:
                raise InterpreterFault("a decision that takes no arm")
            move(frame, block.yields, results)
        return left

    return step


def take(op: TakeOp, decoder: Decoder) -> Step:
    """Leaves the decision."""
    found = enclosing_match(op)
    assert found is not None
    return leave("take", found[0], op.values, decoder, op.arm.value.data)


def switch_br(op: SwitchBrOp, decoder: Decoder) -> Step:
    """Stands in flat control flow, which is not interpreted."""
    raise InterpreterFault("a `qz.switch_br` in structured control flow")


RULES: dict[type[Operation], ControlRule] = {
    SwitchOp: switch,
    SwitchBrOp: switch_br,
    MatchOp: match,
    TakeOp: take,
}
