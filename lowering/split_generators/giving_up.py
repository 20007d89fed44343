"""What is to be done when a generator is given up while it waits, and when the scope of a local ends.

A suspension inside a scope that has something to do at its end tells whether the generator is given up. So
there are two ways to go on; the number of the second is that of the first and as many more as there are
numbers. Whoever frees the environment calls the function made here first. That goes on by the second way,
which leaves the generator's function for good::

    func.func private @g$given_up(%env) {
      %at = qz.slot_get %env[1]
      qz.switch_br %at case 1 ^waits default ^end
    ^waits:
      qz.slot_set %env[1], %at + n
      func.call @g(%env)

A local is held until its scope ends (`qz.keep`). One that lies in a slot is taken out of it there.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence

from xdsl.dialects import cf, func
from xdsl.dialects.builtin import FunctionType, StringAttr
from xdsl.ir import Attribute, Operation, OpResult, Region, SSAValue

from dialects.fast_ops import append_block, append_op, append_value, attach_before, detached_op, new_block
from dialects.qz.arith import AddOp
from dialects.qz.generators import GENERATOR, SlotGetOp, SlotSetOp
from dialects.qz.matches import SwitchBrOp, numbers
from dialects.qz.ownership import AdoptOp, KeepOp
from dialects.qz.properties import OVERFLOW_MODES, int_attr, int_const
from dialects.qz.scalar import ConstOp
from dialects.qz.types import LocalType, env, nullable, si64
from dialects.qz.variables import LocalGetOp, SharedGetOp
from lowering.shared_attributes import callee_properties, string_attr
from lowering.split_generators.crossing import live_at_start, values_of
from lowering.split_generators.slots import Slots

_PRIVATE = StringAttr("private")


def given_up_name(generator: func.FuncOp) -> str:
    """What the function is called."""
    return generator.sym_name.data + "$given_up"


def given_up_function(generator: func.FuncOp, at: int, told: Sequence[int], n_numbers: int) -> func.FuncOp:
    """The function that has a generator leave its scopes if it waits behind one of the suspensions `told`."""
    location = generator.location
    entry, waits, end = new_block([env]), new_block(), new_block()
    (environment,) = entry.args
    number = append_value(entry, SlotGetOp, (environment,), si64, {"index": int_attr(at)}, location)
    properties: dict[str, Attribute] = {"values": numbers(told)}
    successors = (end, *[waits for _ in told])
    append_op(entry, SwitchBrOp, (number,), (), properties, location, successors)
    further = append_value(waits, ConstOp, (), si64, int_const(n_numbers, si64), location)
    wrap = OVERFLOW_MODES["wrap"]
    second = append_value(waits, AddOp, (number, further), si64, wrap, location)
    append_op(waits, SlotSetOp, (environment, second), (), {"index": int_attr(at)}, location)
    callee = callee_properties(generator.sym_name.data)
    append_op(waits, func.CallOp, (environment,), generator.function_type.outputs.data, callee, location)
    append_op(waits, cf.BranchOp, (), (), {}, location, (end,))
    append_op(end, func.ReturnOp, (), (), {}, location)
    region = Region()
    for block in (entry, waits, end):
        append_block(region, block)
    named: dict[str, Attribute] = {
        "sym_name": string_attr(given_up_name(generator)),
        "function_type": FunctionType.from_lists([env], []),
        "sym_visibility": _PRIVATE,
    }
    function = detached_op(func.FuncOp, (), (), named, location, (), (region,))
    function.attributes = {name: of for name, of in generator.attributes.items() if name != GENERATOR}
    return function


def last_keeps(body: Region) -> list[tuple[KeepOp, SSAValue]]:
    """The operations that hold a local until its scope ends, each with the value or the variable that it is,
    where nothing uses that any more. To be asked before the body is split."""
    blocks = list(body.blocks)
    keeps = [op for block in blocks for op in block.ops if type(op) is KeepOp]
    if not keeps:
        return []
    numbers = {id(value): number for number, value in enumerate(values_of(blocks))}
    live = live_at_start(blocks, numbers)
    found = [(keep, _held(keep)) for keep in keeps]
    return [(keep, held) for keep, held in found if not _is_used_after(keep, held, live, numbers[id(held)])]


def _held(keep: KeepOp) -> SSAValue:
    """The value of a local, or the variable."""
    value = keep.value
    if type(value) is OpResult and type(value.op) in (LocalGetOp, SharedGetOp):
        return value.op._operands[0]
    return value


def _is_used_after(op: Operation, value: SSAValue, live: dict[int, int], number: int) -> bool:
    following = op._next_op
    while following is not None:
        if any(operand is value for operand in following._operands):
            return True
        last, following = following, following._next_op
        if following is None:
            return any(live[id(successor)] >> number & 1 for successor in last._successors)
    return False


def empty_slots(slots: Slots, keeps: Sequence[tuple[KeepOp, SSAValue]]) -> None:
    """Takes what was held until the end of a scope out of its slot, if it is in one."""
    for keep, held in keeps:
        slot = slots.by_value.get(id(held))
        following = keep._next_op
        if slot is None:
            continue
        assert following is not None
        type_ = held._type.content if isinstance(held._type, LocalType) else held._type
        zero = detached_op(ConstOp, (), (si64,), int_const(0, si64), keep.location)
        nothing = detached_op(AdoptOp, zero.results, (type_,), {}, keep.location)
        operands = (slots.environment, nothing.results[0])
        properties: dict[str, Attribute] = {"index": int_attr(slot)}
        for op in (zero, nothing, detached_op(SlotSetOp, operands, (nullable,), properties, keep.location)):
            attach_before(op, following)
