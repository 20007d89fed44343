"""Operations on runs of bytes."""

from typing import ClassVar

from xdsl.dialects.builtin import i64
from xdsl.irdl import irdl_op_definition, operand_def, traits_def
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect

from dialects.lazy_syntax import LazySyntaxOp


class TransferOp(LazySyntaxOp):
    """Copies n bytes from a source to a destination."""

    destination = operand_def(i64)
    source = operand_def(i64)
    n = operand_def(i64)
    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())
    SYNTAX: ClassVar = "$destination `,` $source `,` $n attr-dict"


@irdl_op_definition
class CopyOp(TransferOp):
    """Copies between places that do not overlap."""

    name = "qzrt.copy"


@irdl_op_definition
class MoveOp(TransferOp):
    """Copies between places that may overlap."""

    name = "qzrt.move"


@irdl_op_definition
class FillOp(LazySyntaxOp):
    """Sets n bytes to the low byte of a value."""

    name = "qzrt.fill"
    destination = operand_def(i64)
    byte = operand_def(i64)
    n = operand_def(i64)
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$destination `,` $byte `,` $n attr-dict"


OPS = (CopyOp, MoveOp, FillOp)
