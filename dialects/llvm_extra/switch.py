"""The multi-way branch."""

from xdsl.dialects.builtin import DenseArrayBase, DenseIntElementsAttr, IntegerType
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    irdl_op_definition,
    operand_def,
    opt_prop_def,
    prop_def,
    successor_def,
    traits_def,
    var_operand_def,
    var_successor_def,
)
from xdsl.traits import IsTerminator


@irdl_op_definition
class SwitchOp(IRDLOperation):
    """Branches to the case whose value equals the operand, else to the default."""

    name = "llvm.switch"
    value = operand_def(IntegerType)
    default_operands = var_operand_def()
    case_operands = var_operand_def()
    case_values = opt_prop_def(DenseIntElementsAttr)
    case_operand_segments = prop_def(DenseArrayBase)
    default_block = successor_def()
    case_blocks = var_successor_def()
    traits = traits_def(IsTerminator())
    irdl_options = (AttrSizedOperandSegments(as_property=True),)


OPS = (SwitchOp,)
