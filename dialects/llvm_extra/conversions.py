"""Conversions between integers and floats that xDSL's llvm dialect lacks."""

from xdsl.irdl import IRDLOperation, irdl_op_definition, operand_def, result_def, traits_def
from xdsl.traits import Pure


class ConversionOp(IRDLOperation):
    """One scalar to one scalar of another type."""

    operand = operand_def()
    result = result_def()
    traits = traits_def(Pure())


@irdl_op_definition
class UIToFPOp(ConversionOp):
    """Unsigned integer to float."""

    name = "llvm.uitofp"


@irdl_op_definition
class FPToSISatOp(ConversionOp):
    """Float to signed integer; saturates, and gives 0 for a NaN."""

    name = "llvm.intr.fptosi.sat"


@irdl_op_definition
class FPToUISatOp(ConversionOp):
    """Float to unsigned integer; saturates, and gives 0 for a NaN."""

    name = "llvm.intr.fptoui.sat"


OPS = (UIToFPOp, FPToSISatOp, FPToUISatOp)
"""Every conversion of this file."""
