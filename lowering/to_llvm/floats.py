"""Arithmetic on floats and conversions."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import arith, llvm
from xdsl.dialects.builtin import FloatAttr, IntegerAttr, i1
from xdsl.ir import Operation

from dialects.llvm_extra.conversions import FPToSISatOp, FPToUISatOp, UIToFPOp
from dialects.qzrt.checked import SaturateOp
from lowering.dispatch import Table
from lowering.shared_attributes import INT_TYPES
from lowering.to_llvm.integers import extend, width_of
from lowering.to_llvm.properties import FLOAT_PREDICATES, NO_FASTMATH
from lowering.to_llvm.translation import Translation

TABLE: Table[Translation] = Table()

_ARITHMETIC: dict[type[Operation], type[Operation]] = {
    arith.AddfOp: llvm.FAddOp,
    arith.SubfOp: llvm.FSubOp,
    arith.MulfOp: llvm.FMulOp,
    arith.DivfOp: llvm.FDivOp,
    arith.NegfOp: llvm.FNegOp,
}

_CONVERSIONS: dict[type[Operation], type[Operation]] = {
    arith.SIToFPOp: llvm.SIToFPOp,
    arith.UIToFPOp: UIToFPOp,
    arith.ExtFOp: llvm.FPExtOp,
    arith.TruncFOp: llvm.FPTruncOp,
    arith.BitcastOp: llvm.BitcastOp,
}


@TABLE.lowers(arith.ConstantOp)
def lower_constant(tr: Translation, op: arith.ConstantOp) -> None:
    """Words are shared by value; a Bool or a float stands where it is used."""
    result = op.results[0]
    attribute = op.properties["value"]
    if isinstance(attribute, IntegerAttr) and result._type != i1:
        tr.values[id(result)] = tr.constant(attribute.value.data)
    else:
        assert isinstance(attribute, IntegerAttr | FloatAttr)
        tr.values[id(result)] = tr.emit(llvm.ConstantOp, (), op.properties, result._type)


@TABLE.lowers(*_ARITHMETIC)
def lower_arithmetic(tr: Translation, op: Operation) -> None:
    """IEEE 754, without licence to reorder."""
    result = op.results[0]
    tr.values[id(result)] = tr.emit(_ARITHMETIC[type(op)], tr.words(op), NO_FASTMATH, result._type)


@TABLE.lowers(*_CONVERSIONS)
def lower_conversion(tr: Translation, op: Operation) -> None:
    """The same conversion under LLVM's name."""
    result = op.results[0]
    tr.values[id(result)] = tr.emit(_CONVERSIONS[type(op)], tr.words(op), {}, result._type)


@TABLE.lowers(arith.CmpfOp)
def lower_comparison(tr: Translation, op: arith.CmpfOp) -> None:
    """arith and llvm number the predicates alike."""
    predicate = FLOAT_PREDICATES[op.predicate.value.data]
    tr.values[id(op.results[0])] = tr.emit(llvm.FCmpOp, tr.words(op), predicate, i1)


@TABLE.lowers(SaturateOp)
def lower_saturation(tr: Translation, op: SaturateOp) -> None:
    """LLVM's saturating conversion at the width, extended to a word."""
    width = width_of(op.properties)
    signed = "signed" in op.properties
    value = tr.emit(FPToSISatOp if signed else FPToUISatOp, tr.words(op), {}, INT_TYPES[width])
    tr.values[id(op.results[0])] = value if width == 64 else extend(tr, value, signed)
