"""Arithmetic on floats, conversions and constants."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import arith, llvm
from xdsl.dialects.builtin import FloatAttr, IntegerAttr, f64, i1
from xdsl.ir import Attribute, Operation, SSAValue

from dialects.llvm_extra.conversions import UIToFPOp
from dialects.qzrt.checked import SaturateOp
from lowering.dispatch import Operands, Rule, RuleTable
from lowering.shared_attributes import INT_TYPES, NO_PROPERTIES, Properties
from lowering.to_llvm.integers import extend, width_of
from lowering.to_llvm.properties import FLOAT_PREDICATES, NO_FASTMATH, saturating_conversion
from lowering.to_llvm.translation import Translation

RULES: RuleTable[Translation] = RuleTable()


def _same(op_class: type[Operation], new_properties: Properties) -> Rule[Translation]:
    """The same operation under LLVM's name; arithmetic is IEEE 754, without licence to reorder."""

    def rule(
        tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
    ) -> SSAValue:
        assert result is not None
        return tr.emit(op_class, tr.words(operands), new_properties, result)

    return rule


RULES.update(
    {
        arith.AddfOp: _same(llvm.FAddOp, NO_FASTMATH),
        arith.SubfOp: _same(llvm.FSubOp, NO_FASTMATH),
        arith.MulfOp: _same(llvm.FMulOp, NO_FASTMATH),
        arith.DivfOp: _same(llvm.FDivOp, NO_FASTMATH),
        arith.NegfOp: _same(llvm.FNegOp, NO_FASTMATH),
        arith.SIToFPOp: _same(llvm.SIToFPOp, NO_PROPERTIES),
        arith.UIToFPOp: _same(UIToFPOp, NO_PROPERTIES),
        arith.ExtFOp: _same(llvm.FPExtOp, NO_PROPERTIES),
        arith.TruncFOp: _same(llvm.FPTruncOp, NO_PROPERTIES),
        arith.BitcastOp: _same(llvm.BitcastOp, NO_PROPERTIES),
    }
)


@RULES.lowers(arith.ConstantOp)
def constant(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> SSAValue:
    """Words are shared by value; a Bool or a float stands where it is used."""
    assert result is not None
    attribute = properties["value"]
    if type(attribute) is IntegerAttr and result != i1:
        return tr.constant(attribute.value.data)
    assert isinstance(attribute, IntegerAttr | FloatAttr)
    return tr.emit(llvm.ConstantOp, (), properties, result)


@RULES.lowers(arith.CmpfOp)
def compare(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> SSAValue:
    """arith and llvm number the predicates alike."""
    predicate = properties["predicate"]
    assert type(predicate) is IntegerAttr
    return tr.emit(llvm.FCmpOp, operands, FLOAT_PREDICATES[predicate.value.data], i1)


@RULES.lowers(SaturateOp)
def saturate(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> SSAValue:
    """LLVM's saturating conversion at the width, extended to a word."""
    width = width_of(properties)
    signed = "signed" in properties
    intrinsic = saturating_conversion(width, signed, operands[0]._type == f64)
    value = tr.emit(llvm.CallIntrinsicOp, operands, intrinsic, INT_TYPES[width])
    return value if width == 64 else extend(tr, value, signed)
