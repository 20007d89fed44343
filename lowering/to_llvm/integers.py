"""Arithmetic on words, with and without a check of the result."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import arith, llvm
from xdsl.dialects.builtin import IntegerAttr, i1, i64
from xdsl.ir import Attribute, Operation, SSAValue

from dialects.llvm_extra.overflow import (
    OverflowOp,
    SAddWithOverflowOp,
    SMulWithOverflowOp,
    SSubWithOverflowOp,
    UAddWithOverflowOp,
    UMulWithOverflowOp,
    USubWithOverflowOp,
)
from dialects.qzrt.checked import AddCheckedOp, MulCheckedOp, SubCheckedOp, WrapOp
from lowering.dispatch import Table
from lowering.runtime_abi import PANIC_OVERFLOW, OverflowCode
from lowering.shared_attributes import INT_TYPES, Properties
from lowering.to_llvm.panics import panic_if
from lowering.to_llvm.properties import (
    NO_FASTMATH,
    NO_OVERFLOW_FLAGS,
    NO_SIGNED_WRAP,
    NO_UNSIGNED_WRAP,
    POSITIONS,
    PREDICATES,
    WRAPPING,
)
from lowering.to_llvm.translation import Translation

TABLE: Table[Translation] = Table()

_PLAIN: dict[type[Operation], type[Operation]] = {
    arith.DivSIOp: llvm.SDivOp,
    arith.DivUIOp: llvm.UDivOp,
    arith.RemSIOp: llvm.SRemOp,
    arith.RemUIOp: llvm.URemOp,
    arith.AndIOp: llvm.AndOp,
    arith.OrIOp: llvm.OrOp,
    arith.XOrIOp: llvm.XOrOp,
    arith.ShRSIOp: llvm.AShrOp,
    arith.ShRUIOp: llvm.LShrOp,
}

_OVERFLOWING: dict[type[Operation], type[Operation]] = {
    arith.AddiOp: llvm.AddOp,
    arith.SubiOp: llvm.SubOp,
    arith.MuliOp: llvm.MulOp,
    arith.ShLIOp: llvm.ShlOp,
}


@TABLE.lowers(*_PLAIN)
def lower_plain(tr: Translation, op: Operation) -> None:
    """The same operation under LLVM's name."""
    result = op.results[0]
    tr.values[id(result)] = tr.emit(_PLAIN[type(op)], tr.words(op), {}, result._type)


@TABLE.lowers(*_OVERFLOWING)
def lower_overflowing(tr: Translation, op: Operation) -> None:
    """The same operation, with what is known about its overflow."""
    flags = op.properties["overflowFlags"]
    assert isinstance(flags, arith.IntegerOverflowAttr)
    properties = WRAPPING
    if flags.data:
        is_signed = arith.IntegerOverflowFlag.NSW in flags.data
        properties = NO_SIGNED_WRAP if is_signed else NO_UNSIGNED_WRAP
    tr.values[id(op.results[0])] = tr.emit(_OVERFLOWING[type(op)], tr.words(op), properties)


@TABLE.lowers(arith.CmpiOp)
def lower_comparison(tr: Translation, op: arith.CmpiOp) -> None:
    """arith and llvm number the predicates alike."""
    predicate = PREDICATES[op.predicate.value.data]
    tr.values[id(op.results[0])] = tr.emit(llvm.ICmpOp, tr.words(op), predicate, i1)


@TABLE.lowers(arith.ExtUIOp)
def lower_zero_extension(tr: Translation, op: arith.ExtUIOp) -> None:
    """A Bool, or the bits of an F32, as a word."""
    tr.values[id(op.results[0])] = tr.emit(llvm.ZExtOp, tr.words(op))


@TABLE.lowers(arith.TruncIOp)
def lower_truncation(tr: Translation, op: arith.TruncIOp) -> None:
    """A word as a Bool, or as the bits of an F32."""
    result = op.results[0]
    tr.values[id(result)] = tr.emit(llvm.TruncOp, tr.words(op), NO_OVERFLOW_FLAGS, result._type)


@TABLE.lowers(arith.SelectOp)
def lower_select(tr: Translation, op: arith.SelectOp) -> None:
    """A choice between two words, or two floats."""
    result = op.results[0]
    tr.values[id(result)] = tr.emit(llvm.SelectOp, tr.words(op), NO_FASTMATH, result._type)


_CHECKED: dict[type[Operation], tuple[type[OverflowOp], type[OverflowOp], OverflowCode]] = {
    AddCheckedOp: (SAddWithOverflowOp, UAddWithOverflowOp, OverflowCode.ADD),
    SubCheckedOp: (SSubWithOverflowOp, USubWithOverflowOp, OverflowCode.SUB),
    MulCheckedOp: (SMulWithOverflowOp, UMulWithOverflowOp, OverflowCode.MUL),
}

_PAIRS: dict[int, Attribute] = {
    width: llvm.LLVMStructType.from_type_list([INT_TYPES[width], i1]) for width in (8, 16, 32, 64)
}


def width_of(properties: Properties) -> int:
    """The width in bits that an op on numbers works at."""
    width = properties["width"]
    assert isinstance(width, IntegerAttr)
    return width.value.data


@TABLE.lowers(AddCheckedOp, SubCheckedOp, MulCheckedOp)
def lower_checked(tr: Translation, op: Operation) -> None:
    """Computes at the operands' own width, and panics if that overflows."""
    properties = op.properties
    width = width_of(properties)
    signed = "signed" in properties
    signed_class, unsigned_class, code = _CHECKED[type(op)]
    if "negation" in properties:
        code = OverflowCode.NEG
    lhs, rhs = tr.words(op)
    if width < 64:
        lhs, rhs = truncate(tr, lhs, width), truncate(tr, rhs, width)
    pair = tr.emit(signed_class if signed else unsigned_class, (lhs, rhs), {}, _PAIRS[width])
    value = tr.emit(llvm.ExtractValueOp, (pair,), POSITIONS[0], INT_TYPES[width])
    overflowed = tr.emit(llvm.ExtractValueOp, (pair,), POSITIONS[1], i1)
    panic_if(tr, overflowed, PANIC_OVERFLOW, (tr.constant(code),))
    tr.values[id(op.results[0])] = value if width == 64 else extend(tr, value, signed)


@TABLE.lowers(WrapOp)
def lower_wrap(tr: Translation, op: WrapOp) -> None:
    """Drops the bits beyond the width, and extends what is left."""
    width = width_of(op.properties)
    (operand,) = tr.words(op)
    value = truncate(tr, operand, width)
    tr.values[id(op.results[0])] = extend(tr, value, "signed" in op.properties)


def truncate(tr: Translation, value: SSAValue, width: int) -> SSAValue:
    """The low bits of a word."""
    return tr.emit(llvm.TruncOp, (value,), NO_OVERFLOW_FLAGS, INT_TYPES[width])


def extend(tr: Translation, value: SSAValue, signed: bool) -> SSAValue:
    """A narrow integer as a word."""
    return tr.emit(llvm.SExtOp if signed else llvm.ZExtOp, (value,), {}, i64)
