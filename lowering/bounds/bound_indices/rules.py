"""What is known of numbers behind an operation, by what is known before it."""

# pyright: reportPrivateUsage=false

from collections.abc import Callable

from xdsl.dialects import arith
from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Operation

from dialects.qz.arith import AddOp, DivOp, MulOp, RemOp, SubOp
from dialects.qz.bits import BitAndOp, BitOrOp, BitXorOp, ShlOp, ShrOp
from dialects.qz.matches import UnknownOp
from dialects.qz.scalar import CastOp, ConstOp, ReinterpretOp
from dialects.qz.strings import StrByteAtOp, StrSizeOp
from dialects.qz.tables import TableGetOp
from dialects.qz.types import CharType, boolean, is_int, si64, ui64
from dialects.qz.variables import LocalGetOp, LocalOp, LocalSetOp
from dialects.qz.vec import VecFilledOp, VecGetOp, VecLitOp, VecSetOp, VecSizeOp
from lowering.bounds.bound_indices.states import (
    ANY_SIZE,
    GREATEST,
    LEAST,
    MAX_OFFSET,
    MAX_SIZE,
    ZERO,
    Facts,
    Linear,
    State,
    Symbol,
    between,
    facts_of_type,
    joined,
)
from lowering.bounds.bound_indices.walk import WORD_BITS, Walk, index_of, width_of
from lowering.shared_attributes import number_of

_WORDS = (si64, ui64)
_BYTE = between(0, 0xFF)

Rule = Callable[[Walk, Operation], bool | None]
RULES: dict[type[Operation], Rule] = {}
"""What is known behind an operation; False where control does not get there."""


def goes_over(walk: Walk, op: Operation) -> bool:
    """Takes the state behind an operation; whether control gets there."""
    rulers = walk.state.rulers
    for result in op.results:
        if result in walk.state.facts or result in rulers:
            walk.state.learn(result)
        if ("size", result) in rulers:
            walk.state.learn(("size", result))
    rule = RULES.get(type(op))
    return rule is None or rule(walk, op) is not False


def _rule(*op_classes: type[Operation]) -> Callable[[Rule], Rule]:
    def enter(rule: Rule) -> Rule:
        RULES.update(dict.fromkeys(op_classes, rule))
        return rule

    return enter


@_rule(ConstOp)
def _const(walk: Walk, op: Operation) -> None:
    (result,) = op.results
    value = number_of(op.properties["value"])
    if value is not None and is_int(result.type):
        wrapped = value - (1 << WORD_BITS) if value > GREATEST else value
        walk.values[result] = Linear(ZERO, wrapped)


@_rule(LocalOp)
def _local(walk: Walk, op: Operation) -> None:
    walk.state.cells[op.results[0]] = walk.number(op._operands[0])


@_rule(LocalSetOp)
def _set(walk: Walk, op: Operation) -> None:
    cell, value = op._operands
    if "part" in op.properties:
        walk.state.cells.pop(cell, None)
    else:
        walk.state.cells[cell] = walk.number(value)


@_rule(LocalGetOp)
def _get(walk: Walk, op: Operation) -> None:
    held = walk.state.cells.get(op._operands[0])
    if held is not None and "part" not in op.properties:
        walk.values[op.results[0]] = held
    else:
        walk.values.pop(op.results[0], None)


@_rule(AddOp, SubOp)
def _sum(walk: Walk, op: Operation) -> bool | None:
    (result,) = op.results
    lhs, rhs = map(walk.number, op._operands)
    is_sum = type(op) is AddOp
    if is_sum and lhs.symbol is ZERO:
        lhs, rhs = rhs, lhs
    is_exact = op.properties.get("overflow") != _WRAP
    walk.values.pop(result, None)
    if result.type in _WORDS and rhs.symbol is ZERO:
        number = lhs.plus(rhs.offset if is_sum else -rhs.offset)
        if abs(number.offset) < MAX_OFFSET:
            walk.values[result] = number
            return not (is_exact and result.type == si64) or _does_not_wrap(walk.state, number)
    if result.type in _WORDS and lhs.symbol == rhs.symbol and not is_sum:
        walk.values[result] = Linear(ZERO, lhs.offset - rhs.offset)
        return None
    if result.type == ui64:
        return None
    first, second = walk.state.of(lhs), walk.state.of(rhs)
    least, greatest = second.least, second.greatest
    if not is_sum:
        least, greatest = -greatest, -least
    known = facts_of_type(result.type)
    within = first.least + least >= known.least and first.greatest + greatest <= known.greatest
    if within:
        bounds = {key: bound + greatest for key, bound in first.bounds.items()}
        if is_sum:
            for key, bound in second.bounds.items():
                more = bound + first.greatest
                bounds[key] = min(bounds.get(key, more), more)
        walk.learn(result, Facts(first.least + least, bounds))
    return None


_WRAP = StringAttr("wrap")


def _does_not_wrap(state: State, number: Linear) -> bool:
    """Takes note that a sum is what it says."""
    symbol, offset = number
    if offset > 0:
        return state.assume(Linear(symbol), LEAST, [(ZERO, GREATEST - offset)])
    return state.assume(Linear(symbol), LEAST - offset)


@_rule(MulOp)
def _product(walk: Walk, op: Operation) -> None:
    lhs, rhs = map(walk.facts, op._operands)
    if lhs.least >= 0 and rhs.least >= 0:
        greatest = lhs.greatest * rhs.greatest
        if greatest <= facts_of_type(op.results[0].type).greatest:
            walk.learn(op.results[0], between(lhs.least * rhs.least, greatest))


@_rule(DivOp)
def _quotient(walk: Walk, op: Operation) -> None:
    lhs, rhs = map(walk.facts, op._operands)
    if is_int(op.results[0].type) and lhs.least >= 0 and rhs.least >= 0:
        divisor = max(rhs.least, 1)
        bounds = {**lhs.bounds, ZERO: lhs.greatest // divisor}
        walk.learn(op.results[0], Facts(lhs.least // max(rhs.greatest, 1), bounds))


@_rule(RemOp)
def _remainder(walk: Walk, op: Operation) -> None:
    lhs, rhs = map(walk.facts, op._operands)
    if not is_int(op.results[0].type) or rhs.least < 0 or rhs.greatest < 1:
        return
    bounds = {key: bound - 1 for key, bound in rhs.bounds.items()}
    if lhs.least < 0:
        # Its sign is that of the dividend.
        walk.learn(op.results[0], Facts(max(lhs.least, 1 - rhs.greatest), bounds))
        return
    for key, bound in lhs.bounds.items():
        bounds[key] = min(bounds.get(key, bound), bound)
    walk.learn(op.results[0], Facts(0, bounds))


@_rule(BitAndOp)
def _both_bits(walk: Walk, op: Operation) -> None:
    if not is_int(op.results[0].type):
        return
    bounds: dict[Symbol, int] = {}
    for facts in map(walk.facts, op._operands):
        if facts.least >= 0:
            for key, bound in facts.bounds.items():
                bounds[key] = min(bounds.get(key, bound), bound)
    if bounds:
        walk.learn(op.results[0], Facts(0, bounds))


@_rule(BitOrOp, BitXorOp)
def _either_bits(walk: Walk, op: Operation) -> None:
    if not is_int(op.results[0].type):
        return
    lhs, rhs = map(walk.facts, op._operands)
    if lhs.least >= 0 and rhs.least >= 0:
        walk.learn(op.results[0], between(0, (1 << max(lhs.greatest, rhs.greatest).bit_length()) - 1))


@_rule(ShrOp)
def _shifted_down(walk: Walk, op: Operation) -> None:
    lhs, count = walk.facts(op._operands[0]), walk.facts(op._operands[1])
    if lhs.least >= 0 and count.least >= 0 and count.greatest < width_of(op.results[0]):
        bounds = {**lhs.bounds, ZERO: lhs.greatest >> count.least}
        walk.learn(op.results[0], Facts(lhs.least >> count.greatest, bounds))


@_rule(ShlOp)
def _shifted_up(walk: Walk, op: Operation) -> None:
    lhs, count = walk.facts(op._operands[0]), walk.facts(op._operands[1])
    if lhs.least >= 0 and count.least >= 0 and count.greatest < width_of(op.results[0]):
        greatest = lhs.greatest << count.greatest
        if greatest <= facts_of_type(op.results[0].type).greatest:
            walk.learn(op.results[0], between(lhs.least << count.least, greatest))


@_rule(UnknownOp)
def _unknown(walk: Walk, op: Operation) -> None:
    walk.values[op.results[0]] = walk.number(op._operands[0])


@_rule(CastOp, ReinterpretOp)
def _same(walk: Walk, op: Operation) -> None:
    (operand,), (result,) = op._operands, op.results
    walk.values.pop(result, None)
    if operand.type == boolean and is_int(result.type) and type(op) is CastOp:
        walk.learn(result, between(0, 1))
    if not ((is_int(operand.type) or isinstance(operand.type, CharType)) and is_int(result.type)):
        return
    facts, known = walk.facts(operand), facts_of_type(result.type)
    if facts.least >= known.least and facts.greatest <= known.greatest:
        walk.values[result] = walk.number(operand)


@_rule(arith.SelectOp)
def _either(walk: Walk, op: Operation) -> None:
    if is_int(op.results[0].type):
        chosen = [(walk.facts(operand), walk.state) for operand in op._operands[1:]]
        walk.learn(op.results[0], joined(chosen))


@_rule(VecFilledOp)
def _filled(walk: Walk, op: Operation) -> bool:
    n = walk.number(op._operands[0])
    if not walk.state.assume(n, 0, [(ZERO, MAX_SIZE)]):
        return False
    walk.vectors.make(op, [walk.number(operand) for operand in op._operands], walk.state)  # type: ignore[arg-type]
    return True


@_rule(VecLitOp)
def _literal(walk: Walk, op: Operation) -> None:
    walk.vectors.make(op, [walk.number(operand) for operand in op._operands], walk.state)  # type: ignore[arg-type]


@_rule(VecSizeOp, StrSizeOp)
def _size(walk: Walk, op: Operation) -> None:
    size = walk.size_of(op._operands[0])
    if size is None:
        walk.values.pop(op.results[0], None)
        walk.learn(op.results[0], ANY_SIZE)
    else:
        walk.values[op.results[0]] = size


@_rule(VecGetOp, VecSetOp, StrByteAtOp, TableGetOp)
def _access(walk: Walk, op: Operation) -> bool:
    size = walk.size_for(op) or Linear(ZERO, MAX_SIZE)
    if not walk.state.assume_index(walk.number(index_of(op)), size):
        return False
    if type(op) is VecGetOp:
        elements = walk.vectors.elements_of(op._operands[0])
        if elements is not None:
            walk.learn(op.results[0], elements)
    elif type(op) is VecSetOp:
        walk.vectors.store(op._operands[0], walk.number(op._operands[2]), walk.state)
    elif type(op) is StrByteAtOp:
        walk.learn(op.results[0], _BYTE)
    elif type(op) is TableGetOp and is_int(op.results[0].type):
        walk.learn(op.results[0], walk.elements_of(op))
    return True
