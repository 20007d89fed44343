"""Replaces operations whose result is known before the program runs.

The rules are the dialect's own (`dialects.qz.folding`); this is the one walk that applies them. An op is
asked only if all its operands are constants, which a glance decides: the identities of arithmetic are
LLVM's business. A result that becomes a constant lets its users fold in turn, as they come later in the
text::

    %a = qz.const 6                     %a = qz.const 6
    %b = qz.add %a, %a           →      %b = qz.const 12
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Attribute, Operation, OpResult, Region, SSAValue

from dialects.byte_string import ByteStringAttr
from dialects.fast_rewrites import become, discard, replace_uses
from dialects.qz.constants import CONSTANT_OPS
from dialects.qz.folding import FOLDERS, fold
from dialects.qz.scalar import ConstOp
from dialects.qz.strings import StrConstOp
from lowering.contents import definitions
from lowering.options import LoweringOptions


def fold_function(function: func.FuncOp) -> None:
    """Folds one function, blocks of nested regions included."""
    pending: list[Region] = [*function.regions]
    while pending:
        block = pending.pop()._first_block
        while block is not None:
            op = block._first_op
            while op is not None:
                following = op._next_op
                if op.regions:
                    pending.extend(op.regions)
                elif type(op) in FOLDERS and _is_constant(op):
                    folded = fold(op)
                    if folded is not None:
                        _replace(op, folded)
                op = following
            block = block._next_block


def _is_constant(op: Operation) -> bool:
    """Whether every operand is a constant."""
    for operand in op._operands:
        if type(operand) is not OpResult or type(operand.op) not in CONSTANT_OPS:
            return False
    return True


def _replace(op: Operation, folded: SSAValue | Attribute) -> None:
    if isinstance(folded, Attribute):
        become(op, StrConstOp if type(folded) is ByteStringAttr else ConstOp, {"value": folded})
        return
    (result,) = op.results
    replace_uses(result, folded)
    discard(op)


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Folds every function of a module."""
    del options
    for function in definitions(module):
        fold_function(function)
