"""Operations that end a block: return, yield, unreachable, break, continue."""

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr
from xdsl.irdl import irdl_op_definition, opt_prop_def, traits_def, var_operand_def
from xdsl.traits import IsTerminator, NoMemoryEffect, Pure

from dialects.lazy_syntax import LazySyntaxOp


@irdl_op_definition
class ReturnOp(LazySyntaxOp):
    """Leaves the function, with its result if it has one. It may stand in nested regions."""

    name = "qz.return"
    values = var_operand_def()
    traits = traits_def(IsTerminator())
    SYNTAX: ClassVar = "attr-dict ($values^ `:` type($values))?"


@irdl_op_definition
class YieldOp(LazySyntaxOp):
    """Ends a region and hands its values to the enclosing op: results of an if, the truth of a condition."""

    name = "qz.yield"
    values = var_operand_def()
    traits = traits_def(IsTerminator(), Pure())
    SYNTAX: ClassVar = "attr-dict ($values^ `:` type($values))?"


@irdl_op_definition
class UnreachableOp(LazySyntaxOp):
    """Ends a block that control never leaves, such as the rest after a panic."""

    name = "qz.unreachable"
    traits = traits_def(IsTerminator())
    SYNTAX: ClassVar = "attr-dict"


@irdl_op_definition
class BreakOp(LazySyntaxOp):
    """Leaves the innermost loop, or the one with the label, with that loop's results."""

    name = "qz.break"
    values = var_operand_def()
    label = opt_prop_def(StringAttr)
    traits = traits_def(IsTerminator())
    SYNTAX: ClassVar = "(`label` $label^)? attr-dict ($values^ `:` type($values))?"


@irdl_op_definition
class ContinueOp(LazySyntaxOp):
    """Starts the next turn of the innermost loop, or of the one with the label."""

    name = "qz.continue"
    label = opt_prop_def(StringAttr)
    traits = traits_def(IsTerminator(), NoMemoryEffect())
    SYNTAX: ClassVar = "(`label` $label^)? attr-dict"


OPS = (ReturnOp, YieldOp, UnreachableOp, BreakOp, ContinueOp)
