"""Block memory operations."""

from xdsl.dialects.builtin import I1, I8, I64, IntegerAttr
from xdsl.dialects.llvm import LLVMPointerType
from xdsl.irdl import IRDLOperation, irdl_op_definition, operand_def, prop_def, traits_def
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect


@irdl_op_definition
class MemcpyOp(IRDLOperation):
    """Copies bytes between places that do not overlap."""

    name = "llvm.intr.memcpy"
    destination = operand_def(LLVMPointerType)
    source = operand_def(LLVMPointerType)
    length = operand_def(I64)
    is_volatile = prop_def(IntegerAttr[I1], prop_name="isVolatile")
    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())


@irdl_op_definition
class MemmoveOp(IRDLOperation):
    """Copies bytes between places that may overlap."""

    name = "llvm.intr.memmove"
    destination = operand_def(LLVMPointerType)
    source = operand_def(LLVMPointerType)
    length = operand_def(I64)
    is_volatile = prop_def(IntegerAttr[I1], prop_name="isVolatile")
    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())


@irdl_op_definition
class MemsetOp(IRDLOperation):
    """Sets bytes to one value."""

    name = "llvm.intr.memset"
    destination = operand_def(LLVMPointerType)
    value = operand_def(I8)
    length = operand_def(I64)
    is_volatile = prop_def(IntegerAttr[I1], prop_name="isVolatile")
    traits = traits_def(MemoryWriteEffect())


OPS = (MemcpyOp, MemmoveOp, MemsetOp)
