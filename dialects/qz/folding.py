"""What an operation is worth when its operands are constants, and the identities of arithmetic.

A folder takes the operation and the Python values of its operands, None for one that is no constant. It
gives the value of the result, or an SSA value that equals it, or None where nothing is known. An operation
that would panic is never folded: the panic belongs to the run.
"""

from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne
from typing import Any, TypeAlias

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Attribute, Operation, SSAValue

from dialects import numbers
from dialects.qz import arith, bits, scalar, strings, tables
from dialects.qz.constants import Constant, attribute_of, constant_of
from dialects.qz.types import f32, is_float

Known: TypeAlias = Constant | None
Folded: TypeAlias = Constant | SSAValue | None
FoldRule: TypeAlias = Callable[..., Folded]

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": eq,
    "ne": ne,
    "lt": lt,
    "le": le,
    "gt": gt,
    "ge": ge,
}
BITWISE: dict[str, Callable[[int, int], int]] = {
    "bit_and": lambda lhs, rhs: lhs & rhs,
    "bit_or": lambda lhs, rhs: lhs | rhs,
    "bit_xor": lambda lhs, rhs: lhs ^ rhs,
}
RIGHT_IDENTITY: dict[str, int] = {"add": 0, "sub": 0, "mul": 1, "div": 1, "bit_or": 0, "bit_xor": 0}
"""The right operand that leaves an integer as it is."""
DIVISIONS = frozenset(("div", "rem"))
COMMUTATIVE = frozenset(("add", "mul", "bit_or", "bit_xor"))


def short_name(op: Operation) -> str:
    """Gives the name of an operation within its dialect."""
    return op.name.partition(".")[2]


def int_value(exact: int, type_: Attribute, mode: str) -> int | None:
    """Fits an exact result into a type; None where the operation panics or promised not to overflow."""
    range_ = numbers.INT_RANGES[type_]
    if range_.holds(exact):
        return exact
    return range_.wrap(exact) if mode == "wrap" else None


def _mode(op: Operation) -> str:
    overflow = op.properties.get("overflow")
    return overflow.data if isinstance(overflow, StringAttr) else ""


def fold_arithmetic(op: arith.ArithmeticOp, lhs: Known, rhs: Known) -> Folded:
    """Folds the five operations of arithmetic."""
    (result,) = op.results
    type_ = result.type
    name = short_name(op)
    if isinstance(lhs, float) and isinstance(rhs, float):
        exact = numbers.FLOAT_OPERATIONS[name](lhs, rhs)
        return numbers.round_f32(exact) if type_ == f32 else exact
    if isinstance(lhs, int) and isinstance(rhs, int):
        if rhs == 0 and name in DIVISIONS:
            return None
        return int_value(numbers.INT_OPERATIONS[name](lhs, rhs), type_, _mode(op))
    # A float plus zero is another number where it is -0.0.
    return None if is_float(type_) else _identity(op, name, lhs, rhs)


def _identity(op: Operation, name: str, lhs: Known, rhs: Known) -> SSAValue | None:
    identity = RIGHT_IDENTITY.get(name)
    if identity is None:
        return None
    if rhs == identity:
        return op.operands[0]
    return op.operands[1] if lhs == identity and name in COMMUTATIVE else None


def fold_negation(op: arith.NegOp, operand: Known) -> Folded:
    """Folds a negation."""
    type_ = op.result.type
    if isinstance(operand, float):
        return -operand
    if isinstance(operand, int):
        return int_value(-operand, type_, _mode(op))
    return None


def fold_bitwise(op: bits.BitwiseOp, lhs: Known, rhs: Known) -> Folded:
    """Folds and, or and exclusive or. Python's integers have the bits of two's complement."""
    name = short_name(op)
    if isinstance(lhs, int) and isinstance(rhs, int):
        return BITWISE[name](lhs, rhs)
    return _identity(op, name, lhs, rhs)


def shift(op: bits.ShiftOp, lhs: int, count: int) -> int:
    """Shifts a value by a count modulo the width."""
    range_ = numbers.INT_RANGES[op.result.type]
    masked = count & (range_.bits - 1)
    return range_.wrap(lhs << masked) if isinstance(op, bits.ShlOp) else lhs >> masked


def fold_shift(op: bits.ShiftOp, lhs: Known, count: Known) -> Folded:
    """Folds a shift."""
    if count == 0:
        return op.lhs
    return shift(op, lhs, count) if isinstance(lhs, int) and isinstance(count, int) else None


def fold_bit_not(op: bits.BitNotOp, operand: Known) -> Folded:
    """Folds a complement."""
    return numbers.INT_RANGES[op.result.type].wrap(-1 - operand) if isinstance(operand, int) else None


def fold_count_bits(op: bits.CountBitsOp, operand: Known) -> Folded:
    """Folds a count of bits."""
    return numbers.BIT_COUNTS[op.what.data](operand) if isinstance(operand, int) else None


def fold_comparison(op: scalar.CmpOp | strings.StrCmpOp, lhs: Known, rhs: Known) -> Folded:
    """Folds a comparison of constants, and that of a value with itself unless it may be a NaN."""
    name = op.predicate.data
    if lhs is not None and rhs is not None:
        return COMPARISONS[name](lhs, rhs)
    if op.lhs is op.rhs and not is_float(op.lhs.type):
        return name in ("eq", "le", "ge")
    return None


def fold_not(op: scalar.NotOp, operand: Known) -> Folded:
    """Folds a negation of a truth value, and a double one."""
    if operand is not None:
        return not operand
    inner = op.operand.owner
    return inner.operand if isinstance(inner, scalar.NotOp) else None


def fold_cast(op: scalar.CastOp, operand: Known) -> Folded:
    """Folds a conversion, and one to the type that is already there."""
    if op.operand.type == op.result.type:
        return op.operand
    if operand is None or isinstance(operand, bytes):
        return None
    return numbers.converter_to(op.result.type)(operand)


def fold_reinterpret(op: scalar.ReinterpretOp, operand: Known) -> Folded:
    """Folds a reinterpretation that changes nothing, or undoes another."""
    if op.operand.type == op.result.type:
        return op.operand
    inner = op.operand.owner
    if isinstance(inner, scalar.ReinterpretOp) and inner.operand.type == op.result.type:
        return inner.operand
    return None


def fold_concat(op: strings.StrConcatOp, *parts: Known) -> Folded:
    """Folds a concatenation of constants."""
    known = [part for part in parts if isinstance(part, bytes)]
    return b"".join(known) if len(known) == len(parts) else None


def fold_str_size(op: strings.StrSizeOp, text: Known) -> Folded:
    """Folds the size of a constant."""
    return len(text) if isinstance(text, bytes) else None


def fold_byte_at(op: strings.StrByteAtOp, text: Known, index: Known) -> Folded:
    """Folds a byte of a constant, if the index is good."""
    if isinstance(text, bytes) and isinstance(index, int) and 0 <= index < len(text):
        return text[index]
    return None


def fold_table_get(op: tables.TableGetOp, index: Known) -> Folded:
    """Folds an element of a table, if the index is good."""
    table, type_ = op.table.data, op.result.type
    if isinstance(index, int) and 0 <= index < tables.table_size(table, type_):
        format_ = tables.FORMATS[type_]
        (element,) = format_.unpack_from(table, index * format_.size)
        return element
    return None


FOLDERS: dict[type[Operation], FoldRule] = {
    **dict.fromkeys((arith.AddOp, arith.SubOp, arith.MulOp, arith.DivOp, arith.RemOp), fold_arithmetic),
    arith.NegOp: fold_negation,
    **dict.fromkeys((bits.BitAndOp, bits.BitOrOp, bits.BitXorOp), fold_bitwise),
    **dict.fromkeys((bits.ShlOp, bits.ShrOp), fold_shift),
    bits.BitNotOp: fold_bit_not,
    bits.CountBitsOp: fold_count_bits,
    **dict.fromkeys((scalar.CmpOp, strings.StrCmpOp), fold_comparison),
    scalar.NotOp: fold_not,
    scalar.CastOp: fold_cast,
    scalar.ReinterpretOp: fold_reinterpret,
    strings.StrConcatOp: fold_concat,
    strings.StrSizeOp: fold_str_size,
    strings.StrByteAtOp: fold_byte_at,
    tables.TableGetOp: fold_table_get,
}


def fold(op: Operation) -> Attribute | SSAValue | None:
    """Gives the constant that an operation is, or a value that equals its result, or None."""
    rule = FOLDERS.get(type(op))
    if rule is None:
        return None
    folded = rule(op, *[constant_of(operand) for operand in op.operands])
    if folded is None or isinstance(folded, SSAValue):
        return folded
    (result,) = op.results
    return attribute_of(folded, result.type)
