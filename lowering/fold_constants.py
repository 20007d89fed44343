"""Replaces operations whose result is known before the program runs.

The rules are the dialect's own (`dialects.qz.folding`); this is the one walk that applies them. An op is
asked only if one of its operands is a constant, and a result that becomes a constant lets its users be
asked in turn, since they come later in the text::

    %a = qz.const 6                     %a = qz.const 6
    %b = qz.add %a, %a           →      %b = qz.const 12
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Attribute, Block, Operation, OpResult, SSAValue

from dialects.byte_string import ByteStringAttr
from dialects.fast_ops import attach_before, detached_op, unlink
from dialects.qz.folding import FOLDERS, fold
from dialects.qz.scalar import CastOp, ConstOp, NotOp, ReinterpretOp
from dialects.qz.strings import StrConstOp
from lowering.options import LoweringOptions


def fold_function(function: func.FuncOp) -> None:
    """Folds one function, blocks of nested regions included."""
    pending: list[Block] = list(function.body.blocks)
    while pending:
        block = pending.pop()
        op = block._first_op
        while op is not None:
            following = op._next_op
            for region in op.regions:
                pending.extend(region.blocks)
            if type(op) in FOLDERS and _may_fold(op):
                folded = fold(op)
                if folded is not None:
                    _replace(op, folded)
            op = following


_WITHOUT_CONSTANTS = frozenset((CastOp, NotOp, ReinterpretOp))
"""Operations with a rule that looks at what their operand undoes, not at a constant."""

_CONSTANTS = frozenset((ConstOp, StrConstOp))


def _may_fold(op: Operation) -> bool:
    """A cheap look at the operands, before the rule is asked."""
    if type(op) in _WITHOUT_CONSTANTS:
        return True
    return any(isinstance(operand, OpResult) and type(operand.op) in _CONSTANTS for operand in op._operands)


def _replace(op: Operation, folded: SSAValue | Attribute) -> None:
    (result,) = op.results
    if isinstance(folded, Attribute):
        op_class = StrConstOp if isinstance(folded, ByteStringAttr) else ConstOp
        constant = detached_op(op_class, (), (result.type,), {"value": folded}, op.location)
        attach_before(constant, op)
        folded = constant.results[0]
    result.replace_all_uses_with(folded)
    unlink(op)
    op.operands = ()


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Folds every function of a module."""
    del options
    for op in module.ops:
        if isinstance(op, func.FuncOp):
            fold_function(op)
