"""Structs that C finds among its arguments on the stack.

MLIR has an attribute of an argument of a call for that, which xDSL's call has no place for; so here the
argument is the bytes themselves, and stock MLIR does not read what makes them.
"""

from xdsl.dialects.llvm import LLVMArrayType, LLVMPointerType
from xdsl.irdl import IRDLOperation, irdl_op_definition, operand_def, result_def, traits_def
from xdsl.traits import Pure


@irdl_op_definition
class ByValueOp(IRDLOperation):
    """The bytes at an address as an argument of a C function, which has its copy of them on the stack."""

    name = "llvm.by_value"
    operand = operand_def(LLVMPointerType)
    result = result_def(LLVMArrayType)
    traits = traits_def(Pure())


@irdl_op_definition
class CopyAddressOp(IRDLOperation):
    """Where the bytes lie that C gave to a function as its argument."""

    name = "llvm.copy_address"
    operand = operand_def(LLVMArrayType)
    result = result_def(LLVMPointerType)
    traits = traits_def(Pure())


OPS = (ByValueOp, CopyAddressOp)
