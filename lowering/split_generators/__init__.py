"""Makes of the body of every generator a function that begins with a choice of where to go on.

A suspension becomes a return, what follows it a block that the next call goes to. The number of that block is
in the first slot of the generator's environment; while the function runs, a number that leads nowhere is. A
return becomes a suspension that is come back to for ever::

    ^body:                                ^choice(%env):
      %n = qz.captured %env[0]              %at = qz.slot_get %env[1]
      qz.suspend %some                      qz.slot_set %env[1], %running
      qz.… %n                         →     qz.switch_br %at [0: ^body, 1: ^rest, default: ^again]
      func.return %none                   ^body:
                                            qz.slot_set %env[1], %one
                                            func.return %some
                                          ^rest:
                                            %n = qz.captured %env[0]
                                            qz.… %n
                                            cf.br ^done(%none)
                                          …

What is needed behind a suspension and was made before it is kept in further slots (`slots.py`). A generator
that is given up before its end gives back whatever its slots hold, as any block gives back its words. If it
has something to do then, it does that first (`giving_up.py`).
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from xdsl.dialects import cf, func
from xdsl.dialects.builtin import ArrayAttr, LocationAttr, ModuleOp
from xdsl.ir import Attribute, Block, Region, SSAValue

from dialects.byte_string import ByteStringAttr
from dialects.fast_ops import append_block, append_op, append_value, new_block, splice_after
from dialects.fast_rewrites import discard, replace_uses
from dialects.qz.closures import ClosureOp, LambdaOp
from dialects.qz.generators import AGAIN, GENERATOR, SlotGetOp, SlotSetOp, SuspendOp
from dialects.qz.matches import SwitchBrOp, numbers
from dialects.qz.panics import PanicOp
from dialects.qz.properties import FALSE, TRUE, int_attr, int_const
from dialects.qz.scalar import ConstOp
from dialects.qz.strings import StrConstOp
from dialects.qz.terminators import UnreachableOp
from dialects.qz.types import boolean, si64, string
from lowering.contents import Contents, definitions
from lowering.options import LoweringOptions
from lowering.shared_attributes import symbol_ref
from lowering.split_generators.crossing import crossing_values
from lowering.split_generators.giving_up import empty_slots, given_up_function, last_keeps
from lowering.split_generators.slots import Slots

RUNNING = -1
"""What the first slot says while the function runs."""


def concerns(contents: Contents) -> bool:
    """Whether there is a lambda, which may be a generator."""
    return contents.has_any((LambdaOp, SuspendOp))


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Splits every generator of a module, and says how many slots its environment needs."""
    del options
    functions = definitions(module)
    generators = [function for function in functions if GENERATOR in function.attributes]
    if not generators:
        return
    closures = {op.callee.root_reference.data: op for op in _closures(functions) if op.slots is not None}
    for generator in generators:
        closure = closures.get(generator.sym_name.data)
        split = split_function(generator, 0 if closure is None else len(closure.operands))
        if closure is not None:
            closure.properties = {**closure.properties, "slots": ArrayAttr(split.types)}
        if split.given_up is not None:
            module.body.block.add_op(split.given_up)
            if closure is not None:
                drop = symbol_ref(split.given_up.sym_name.data)
                closure.properties = {**closure.properties, "drop": drop}


def _closures(functions: Sequence[func.FuncOp]) -> Iterator[ClosureOp]:
    for function in functions:
        for block in function.body.blocks:
            yield from (op for op in block.ops if isinstance(op, ClosureOp))


class Split(NamedTuple):
    """The types of the slots that a generator needs, and the function that is called before it is freed."""

    types: list[Attribute]
    given_up: func.FuncOp | None


def split_function(function: func.FuncOp, n_captured: int) -> Split:
    """Splits one function, whose slots follow so many captured values."""
    body = function.body
    keeps = last_keeps(body)
    first = body.blocks[0]
    (old_environment,) = first.args
    choice = new_block([old_environment.type])
    environment = choice.args[0]
    replace_uses(old_environment, environment)
    first.erase_arg(old_environment)
    body.insert_block_before(choice, first)
    slots = Slots(environment, n_captured)
    at = slots.add(si64)
    _return_for_ever(body)
    rests = _split_blocks(body, environment, at)
    entries = {0: first}
    for number, rest in enumerate(rests, 1):
        entries |= _entries(body, rest, number, len(rests) + 1)
    _choose(body, choice, entries, at, function.location)
    slots.keep(crossing_values(body, rests, environment))
    empty_slots(slots, keeps)
    told = [number for number, rest in enumerate(rests, 1) if rest._args]
    given_up = given_up_function(function, at, told, len(rests) + 1) if told else None
    return Split(slots.types, given_up)


def _return_for_ever(body: Region) -> None:
    """Makes suspensions of returns: whoever asks a generator that has ended gets the same again."""
    returns = [last for block in body.blocks if isinstance(last := block.last_op, func.ReturnOp)]
    if not returns:
        return
    done = new_block([value.type for value in returns[0].operands])
    location = returns[0].location
    append_op(done, SuspendOp, done.args, location=location)
    append_op(done, cf.BranchOp, done.args, location=location, successors=(done,))
    for op in returns:
        block, operands = op.parent, tuple(op.operands)
        assert block is not None
        discard(op)
        append_op(block, cf.BranchOp, operands, location=op.location, successors=(done,))
    append_block(body, done)


def _split_blocks(body: Region, environment: SSAValue, at: int) -> list[Block]:
    """Ends a block with each suspension; gives the blocks behind them, by the numbers stored from 1 on.

    What a suspension tells becomes the argument of the block behind it.
    """
    rests: list[Block] = []
    for block in list(body.blocks):
        op = block._first_op
        while op is not None:
            op.parent = block
            if type(op) is not SuspendOp:
                op = op._next_op
                continue
            rest = new_block([result._type for result in op.results])
            splice_after(op, rest)
            for result, argument in zip(op.results, rest._args, strict=True):
                replace_uses(result, argument)
            body.insert_block_after(rest, block)
            rests.append(rest)
            values = op.operands
            discard(op)
            store_number(block, environment, at, len(rests), op.location)
            append_op(block, func.ReturnOp, values, location=op.location)
            block = rest
            op = rest._first_op
    return rests


def _entries(body: Region, rest: Block, number: int, n_numbers: int) -> dict[int, Block]:
    """The numbers that lead to a block behind a suspension, each with the block that the choice goes to."""
    if not rest._args:
        return {number: rest}
    entries: dict[int, Block] = {}
    assert rest._first_op is not None
    location = rest._first_op.location
    for way, properties in ((number, FALSE), (number + n_numbers, TRUE)):
        entry = entries[way] = new_block()
        given_up = append_value(entry, ConstOp, (), boolean, properties, location)
        append_op(entry, cf.BranchOp, (given_up,), (), {}, location, (rest,))
        append_block(body, entry)
    return entries


def store_number(block: Block, environment: SSAValue, at: int, number: int, location: LocationAttr) -> None:
    """Says where to go on."""
    value = append_value(block, ConstOp, (), si64, int_const(number, si64), location)
    append_op(block, SlotSetOp, (environment, value), (), {"index": int_attr(at)}, location)


def _choose(
    body: Region, choice: Block, entries: Mapping[int, Block], at: int, location: LocationAttr
) -> None:
    """Fills the first block."""
    (environment,) = choice.args
    number = append_value(choice, SlotGetOp, (environment,), si64, {"index": int_attr(at)}, location)
    store_number(choice, environment, at, RUNNING, location)
    again = new_block()
    message = append_value(again, StrConstOp, (), string, {"value": ByteStringAttr(AGAIN)}, location)
    append_op(again, PanicOp, (message,), location=location)
    append_op(again, UnreachableOp, location=location)
    append_block(body, again)
    properties: dict[str, Attribute] = {"values": numbers(list(entries))}
    append_op(choice, SwitchBrOp, (number,), (), properties, location, (again, *entries.values()))
