"""Integer arithmetic that tells whether it overflowed: `{value, overflowed}` as one struct."""

from typing import ClassVar

from xdsl.dialects.builtin import IntegerType
from xdsl.dialects.llvm import LLVMStructType
from xdsl.irdl import (
    IRDLOperation,
    VarConstraint,
    base,
    irdl_op_definition,
    operand_def,
    result_def,
    traits_def,
)
from xdsl.traits import Pure


class OverflowOp(IRDLOperation):
    """An arithmetic operation on two integers that gives the wrapped result and an overflow bit."""

    T: ClassVar = VarConstraint("T", base(IntegerType))

    lhs = operand_def(T)
    rhs = operand_def(T)
    result = result_def(LLVMStructType)
    traits = traits_def(Pure())


@irdl_op_definition
class SAddWithOverflowOp(OverflowOp):
    """Signed sum."""

    name = "llvm.intr.sadd.with.overflow"


@irdl_op_definition
class UAddWithOverflowOp(OverflowOp):
    """Unsigned sum."""

    name = "llvm.intr.uadd.with.overflow"


@irdl_op_definition
class SSubWithOverflowOp(OverflowOp):
    """Signed difference."""

    name = "llvm.intr.ssub.with.overflow"


@irdl_op_definition
class USubWithOverflowOp(OverflowOp):
    """Unsigned difference."""

    name = "llvm.intr.usub.with.overflow"


@irdl_op_definition
class SMulWithOverflowOp(OverflowOp):
    """Signed product."""

    name = "llvm.intr.smul.with.overflow"


@irdl_op_definition
class UMulWithOverflowOp(OverflowOp):
    """Unsigned product."""

    name = "llvm.intr.umul.with.overflow"


OPS = (
    SAddWithOverflowOp,
    UAddWithOverflowOp,
    SSubWithOverflowOp,
    USubWithOverflowOp,
    SMulWithOverflowOp,
    UMulWithOverflowOp,
)
