"""The meaning of constants, arithmetic, bits, comparison and conversion."""

from collections.abc import Callable, Sequence
from operator import eq, ge, gt, le, lt, ne, neg, not_
from typing import Any

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Operation

from dialects import numbers
from dialects.interpreters.machine import Evaluator, Machine, ValueRule
from dialects.interpreters.values import InterpreterFault, Value, panic_at
from dialects.qz import arith, bits, scalar
from dialects.qz.constants import value_of
from dialects.qz.folding import BITWISE
from dialects.qz.leaves import has_leaves, leaf_types
from dialects.qz.types import f32, is_float

OVERFLOW_MESSAGES = {
    "qz.add": "addition overflows",
    "qz.sub": "subtraction overflows",
    "qz.mul": "multiplication overflows",
    "qz.neg": "negation overflows",
    "qz.div": "division overflows",
}

COMPARISONS: dict[str, Evaluator] = {"eq": eq, "ne": ne, "lt": lt, "le": le, "gt": gt, "ge": ge}


def const(op: scalar.ConstOp, machine: Machine) -> Evaluator:
    """Gives the constant."""
    value = value_of(op.value, op.result.type)
    return lambda: value


def fitting(op: Operation) -> Callable[[int], int]:
    """Gives the function that fits an exact result into the type of an operation, by its overflow mode."""
    range_ = numbers.INT_RANGES[op.results[0].type]
    mode = op.properties["overflow"]
    assert isinstance(mode, StringAttr)
    low, high = range_.low, range_.high

    def trap(exact: int) -> int:
        if low <= exact <= high:
            return exact
        raise panic_at(op, OVERFLOW_MESSAGES[op.name])

    def trust(exact: int) -> int:
        if low <= exact <= high:
            return exact
        raise InterpreterFault(f"`{op.name}` overflows, against its promise")

    return {"wrap": range_.wrap, "trap": trap, "none": trust}[mode.data]


def arithmetic(op: arith.ArithmeticOp, machine: Machine) -> Evaluator:
    """Adds, subtracts, multiplies."""
    name = op.name.removeprefix("qz.")
    if is_float(op.result.type):
        return float_arithmetic(numbers.FLOAT_OPERATIONS[name], op.result.type == f32)
    exact = numbers.INT_OPERATIONS[name]
    fit = fitting(op)

    def evaluate(lhs: int, rhs: int) -> int:
        return fit(exact(lhs, rhs))

    return evaluate


def float_arithmetic(exact: Callable[[float, float], float], narrow: bool) -> Evaluator:
    """Computes in f64; rounding that to f32 is right for these operations, as f64 has room enough."""

    def rounded(lhs: float, rhs: float) -> float:
        return numbers.round_f32(exact(lhs, rhs))

    return rounded if narrow else exact


def division(op: arith.DivOp | arith.RemOp, machine: Machine) -> Evaluator:
    """Divides; a zero divisor panics on integers."""
    evaluate = arithmetic(op, machine)
    if is_float(op.result.type):
        return evaluate

    def checked(lhs: int, rhs: int) -> int:
        if rhs == 0:
            raise panic_at(op, "division by zero")
        return evaluate(lhs, rhs)

    return checked


def negation(op: arith.NegOp, machine: Machine) -> Evaluator:
    """Negates."""
    if is_float(op.result.type):
        return neg
    fit = fitting(op)

    def evaluate(value: int) -> int:
        return fit(-value)

    return evaluate


def bitwise(op: bits.BitwiseOp, machine: Machine) -> Evaluator:
    """Combines bits."""
    return BITWISE[op.name.removeprefix("qz.")]


def shift_left(op: bits.ShlOp, machine: Machine) -> Evaluator:
    """Shifts left by the masked count."""
    range_ = numbers.INT_RANGES[op.result.type]
    mask, wrap = range_.bits - 1, range_.wrap

    def evaluate(value: int, count: int) -> int:
        return wrap(value << (count & mask))

    return evaluate


def shift_right(op: bits.ShrOp, machine: Machine) -> Evaluator:
    """Shifts right by the masked count, arithmetically; an unsigned value is never negative."""
    mask = numbers.INT_RANGES[op.result.type].bits - 1

    def evaluate(value: int, count: int) -> int:
        return value >> (count & mask)

    return evaluate


def count_bits(op: bits.CountBitsOp, machine: Machine) -> Evaluator:
    """Counts bits."""
    return numbers.BIT_COUNTS[op.what.data]


def bit_not(op: bits.BitNotOp, machine: Machine) -> Evaluator:
    """Flips every bit."""
    wrap = numbers.INT_RANGES[op.result.type].wrap

    def evaluate(value: int) -> int:
        return wrap(~value)

    return evaluate


def compare(op: scalar.CmpOp, machine: Machine) -> Evaluator:
    """Compares as Python does, which for floats is IEEE 754."""
    return COMPARISONS[op.predicate.data]


def cast(op: scalar.CastOp, machine: Machine) -> Evaluator:
    """Converts a number."""
    return numbers.converter_to(op.result.type)


def reinterpret(op: scalar.ReinterpretOp, machine: Machine) -> Evaluator:
    """Takes the word as another type, or each leaf of what has some."""
    converter = machine.words.converter
    if not has_leaves(op.result.type):
        return converter(op.operand.type, op.result.type)
    pairs = zip(leaf_types(op.operand.type), leaf_types(op.result.type), strict=True)
    converters = [converter(of, to) for of, to in pairs]

    def evaluate(leaves: Sequence[Value]) -> Value:
        return tuple([convert(leaf) for convert, leaf in zip(converters, leaves, strict=True)])

    return evaluate


def plain(function: Any) -> ValueRule:
    """Makes the rule of operations that are one Python function whatever their type."""

    def rule(op: Operation, machine: Machine) -> Evaluator:
        return function

    return rule


RULES: dict[type[Operation], ValueRule] = {
    scalar.ConstOp: const,
    arith.AddOp: arithmetic,
    arith.SubOp: arithmetic,
    arith.MulOp: arithmetic,
    arith.DivOp: division,
    arith.RemOp: division,
    arith.NegOp: negation,
    bits.BitAndOp: bitwise,
    bits.BitOrOp: bitwise,
    bits.BitXorOp: bitwise,
    bits.ShlOp: shift_left,
    bits.ShrOp: shift_right,
    bits.BitNotOp: bit_not,
    bits.CountBitsOp: count_bits,
    scalar.CmpOp: compare,
    scalar.NotOp: plain(not_),
    scalar.CastOp: cast,
    scalar.ReinterpretOp: reinterpret,
}
