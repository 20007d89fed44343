"""The meaning of flat control flow: the stage `cfg`, in which a function is a graph of blocks."""

from collections.abc import Callable
from typing import TypeAlias

from xdsl.dialects import arith, cf, func
from xdsl.ir import Block as IrBlock
from xdsl.ir import Operation, Region, SSAValue

from dialects.interpreters.control import leave, move
from dialects.interpreters.machine import (
    Block,
    ControlRule,
    Decoder,
    Evaluator,
    Exit,
    Frame,
    Machine,
    Step,
    ValueRule,
)
from dialects.interpreters.values import InterpreterFault, Value
from dialects.qz.matches import SwitchBrOp, listed
from dialects.qz.types import ui64

Numbers: TypeAlias = dict[IrBlock, int]
Leave: TypeAlias = Callable[[Frame], int]
"""Leaves a block; gives the number of the next one."""
LeaveRule: TypeAlias = Callable[..., Leave]
"""Takes a terminator, the decoder of its function and the numbers of its blocks."""


def is_flat(region: Region) -> bool:
    """Tells whether the body of a function is a graph of blocks."""
    return len(region.blocks) > 1 or isinstance(region.block.last_op, func.ReturnOp)


def edge(block: IrBlock, values: list[SSAValue], decoder: Decoder, numbers: Numbers) -> Leave:
    """Goes to a block with values for its arguments."""
    number = numbers[block]
    sources, targets = decoder.slots(values), decoder.slots(block.args)

    def go(frame: Frame) -> int:
        move(frame, sources, targets)
        return number

    return go


def branch(op: cf.BranchOp, decoder: Decoder, numbers: Numbers) -> Leave:
    """Goes on elsewhere."""
    return edge(op.successor, list(op.arguments), decoder, numbers)


def branch_if(op: cf.ConditionalBranchOp, decoder: Decoder, numbers: Numbers) -> Leave:
    """Chooses between two blocks."""
    condition = decoder.slot(op.cond)
    then = edge(op.then_block, list(op.then_arguments), decoder, numbers)
    otherwise = edge(op.else_block, list(op.else_arguments), decoder, numbers)

    def go(frame: Frame) -> int:
        return then(frame) if frame[condition] else otherwise(frame)

    return go


def switch(op: SwitchBrOp, decoder: Decoder, numbers: Numbers) -> Leave:
    """Goes where the number says."""
    value = decoder.slot(op.value)
    default, *targets = [numbers[block] for block in op.successors]
    is_unsigned_word = op.value.type == ui64
    chosen = {
        number % (1 << 64) if is_unsigned_word else number: target
        for number, target in zip(listed(op.values), targets, strict=True)
    }

    def go(frame: Frame) -> int:
        return chosen.get(frame[value], default)

    return go


def return_(op: func.ReturnOp, decoder: Decoder) -> Step:
    """Leaves the function."""
    return leave("return", None, list(op.operands), decoder)


def select(op: arith.SelectOp, machine: Machine) -> Evaluator:
    """Chooses between two values."""

    def evaluate(condition: bool, if_true: Value, if_false: Value) -> Value:
        return if_true if condition else if_false

    return evaluate


VALUE_RULES: dict[type[Operation], ValueRule] = {arith.SelectOp: select}
CONTROL_RULES: dict[type[Operation], ControlRule] = {func.ReturnOp: return_}
LEAVE_RULES: dict[type[Operation], LeaveRule] = {
    cf.BranchOp: branch,
    cf.ConditionalBranchOp: branch_if,
    SwitchBrOp: switch,
}


def never(frame: Frame) -> int:
    """Ends a block whose last step has left already."""
    raise InterpreterFault("a block without an end")


def graph(region: Region, decoder: Decoder) -> Step:
    """Gives the step that runs a graph of blocks from its first one until a return."""
    run = decoder.machine.run
    numbers: Numbers = {block: number for number, block in enumerate(region.blocks)}
    bodies: list[Block] = []
    leaves: list[Leave] = []
    for block in region.blocks:
        ops = list(block.ops)
        rule = LEAVE_RULES.get(type(ops[-1])) if ops else None
        if rule is not None:
            leaves.append(rule(ops.pop(), decoder, numbers))
        else:
            leaves.append(never)
        bodies.append(Block(decoder.slots(block.args), tuple([decoder.step(op) for op in ops]), ()))

    def step(frame: Frame) -> Exit | None:
        at = 0
        while True:
            left = run(bodies[at], frame)
            if left is not None:
                return left
            at = leaves[at](frame)

    return step
