"""Arithmetic on words, with and without a check of the result."""

from xdsl.dialects import arith, llvm
from xdsl.dialects.builtin import IntegerAttr, StringAttr, i1, i64
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
from dialects.qzrt.checked import (
    AddCheckedOp,
    AddWrappedOp,
    CountBitsOp,
    MulCheckedOp,
    MulWrappedOp,
    SubCheckedOp,
    SubWrappedOp,
    WrapOp,
)
from lowering.abi.runtime_abi import PANIC_OVERFLOW, OverflowCode
from lowering.dispatch import Operands, Rule, RuleTable
from lowering.shared_attributes import INT_TYPES, NO_PROPERTIES, Properties
from lowering.to_llvm.properties import (
    FALSE,
    NO_FASTMATH,
    NO_SIGNED_WRAP,
    NO_UNSIGNED_WRAP,
    PREDICATES,
    WRAPPING,
    bit_count,
)
from lowering.to_llvm.translation import Translation

RULES: RuleTable[Translation] = RuleTable()


def _plain(op_class: type[Operation]) -> Rule[Translation]:
    """The same operation under LLVM's name."""

    def rule(
        tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
    ) -> SSAValue:
        assert result is not None
        return tr.emit(op_class, tr.words(operands), NO_PROPERTIES, result)

    return rule


def _overflowing(op_class: type[Operation]) -> Rule[Translation]:
    """The same operation, with what is known about its overflow."""

    def rule(
        tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
    ) -> SSAValue:
        flags = properties["overflowFlags"]
        assert type(flags) is arith.IntegerOverflowAttr
        known = WRAPPING
        if flags.data:
            is_signed = arith.IntegerOverflowFlag.NSW in flags.data
            known = NO_SIGNED_WRAP if is_signed else NO_UNSIGNED_WRAP
        return tr.emit(op_class, tr.words(operands), known)

    return rule


RULES.update(
    {
        arith.DivSIOp: _plain(llvm.SDivOp),
        arith.DivUIOp: _plain(llvm.UDivOp),
        arith.RemSIOp: _plain(llvm.SRemOp),
        arith.RemUIOp: _plain(llvm.URemOp),
        arith.AndIOp: _plain(llvm.AndOp),
        arith.OrIOp: _plain(llvm.OrOp),
        arith.XOrIOp: _plain(llvm.XOrOp),
        arith.ShRSIOp: _plain(llvm.AShrOp),
        arith.ShRUIOp: _plain(llvm.LShrOp),
        arith.ExtUIOp: _plain(llvm.ZExtOp),
        arith.TruncIOp: _plain(llvm.TruncOp),
        arith.AddiOp: _overflowing(llvm.AddOp),
        arith.SubiOp: _overflowing(llvm.SubOp),
        arith.MuliOp: _overflowing(llvm.MulOp),
        arith.ShLIOp: _overflowing(llvm.ShlOp),
    }
)


@RULES.lowers(arith.CmpiOp)
def compare(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> SSAValue:
    """arith and llvm number the predicates alike."""
    predicate = properties["predicate"]
    assert type(predicate) is IntegerAttr
    return tr.emit(llvm.ICmpOp, tr.words(operands), PREDICATES[predicate.value.data], i1)


@RULES.lowers(arith.SelectOp)
def select(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> SSAValue:
    """A choice between two words, or two floats."""
    assert result is not None
    return tr.emit(llvm.SelectOp, tr.words(operands), NO_FASTMATH, result)


def width_of(properties: Properties) -> int:
    """The width in bits that an op on numbers works at."""
    width = properties["width"]
    assert type(width) is IntegerAttr
    return width.value.data


def _checked(
    signed_class: type[OverflowOp], unsigned_class: type[OverflowOp], code: OverflowCode
) -> Rule[Translation]:
    """Computes at the operands' own width, and panics if that overflows."""

    def rule(
        tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
    ) -> SSAValue:
        width = width_of(properties)
        signed = "signed" in properties
        lhs, rhs = tr.words(operands)
        if width < 64:
            lhs, rhs = truncate(tr, lhs, width), truncate(tr, rhs, width)
        value, overflowed = tr.overflowing(signed_class if signed else unsigned_class, lhs, rhs, width)
        told = OverflowCode.NEG if "negation" in properties else code
        tr.panic_block(overflowed, True, PANIC_OVERFLOW, (tr.constant(told),))
        return value if width == 64 else extend(tr, value, signed)

    return rule


RULES.update(
    {
        AddCheckedOp: _checked(SAddWithOverflowOp, UAddWithOverflowOp, OverflowCode.ADD),
        SubCheckedOp: _checked(SSubWithOverflowOp, USubWithOverflowOp, OverflowCode.SUB),
        MulCheckedOp: _checked(SMulWithOverflowOp, UMulWithOverflowOp, OverflowCode.MUL),
    }
)


def _wrapped(op_class: type[Operation]) -> Rule[Translation]:
    """Computes at the operands' own width."""

    def rule(
        tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
    ) -> SSAValue:
        width = width_of(properties)
        lhs, rhs = (truncate(tr, word, width) for word in tr.words(operands))
        value = tr.emit(op_class, (lhs, rhs), WRAPPING, INT_TYPES[width])
        return extend(tr, value, "signed" in properties)

    return rule


RULES.update(
    {
        AddWrappedOp: _wrapped(llvm.AddOp),
        SubWrappedOp: _wrapped(llvm.SubOp),
        MulWrappedOp: _wrapped(llvm.MulOp),
    }
)


@RULES.lowers(WrapOp)
def wrap(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> SSAValue:
    """Drops the bits beyond the width, and extends what is left."""
    (operand,) = tr.words(operands)
    return extend(tr, truncate(tr, operand, width_of(properties)), "signed" in properties)


def truncate(tr: Translation, value: SSAValue, width: int) -> SSAValue:
    """The low bits of a word."""
    return tr.emit(llvm.TruncOp, (value,), NO_PROPERTIES, INT_TYPES[width])


def extend(tr: Translation, value: SSAValue, signed: bool) -> SSAValue:
    """A narrow integer as a word."""
    return tr.emit(llvm.SExtOp if signed else llvm.ZExtOp, (value,), NO_PROPERTIES, i64)


@RULES.lowers(CountBitsOp)
def count_bits(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> SSAValue:
    """LLVM's intrinsic for it."""
    what = properties["what"]
    assert type(what) is StringAttr
    looks_for_one = what.data != "ones"
    flags = [tr.emit(llvm.ConstantOp, (), FALSE, i1)] if looks_for_one else []
    return tr.emit(llvm.CallIntrinsicOp, [*tr.words(operands), *flags], bit_count(what.data), i64)
