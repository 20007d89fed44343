"""Conversions that xDSL's llvm dialect lacks."""

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


OPS = (UIToFPOp,)
