"""Removes operations without an effect whose results nobody uses.

Blocks are read backwards, so that what only a dead op used is dead in the same walk::

    %a = qz.const 1
    %b = qz.add %a, %a overflow "wrap"  →   qz.return
    qz.return
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp, StringAttr
from xdsl.ir import Block, Operation

from dialects.fast_ops import unlink
from dialects.qz.arith import AddOp, MulOp, NegOp, SubOp
from dialects.qz.bits import BitAndOp, BitNotOp, BitOrOp, BitXorOp, ShlOp, ShrOp
from dialects.qz.scalar import CastOp, CmpOp, ConstOp, NotOp, ReinterpretOp
from dialects.qz.strings import StrConstOp, StrSizeOp
from dialects.qz.structs import StructGetOp
from dialects.qz.variables import GlobalGetOp, LocalGetOp
from dialects.qz.vec import VecSizeOp
from lowering.options import LoweringOptions

_REMOVABLE = frozenset(
    (
        ConstOp,
        CmpOp,
        NotOp,
        CastOp,
        ReinterpretOp,
        BitAndOp,
        BitOrOp,
        BitXorOp,
        BitNotOp,
        ShlOp,
        ShrOp,
        StrConstOp,
        StrSizeOp,
        StructGetOp,
        LocalGetOp,
        GlobalGetOp,
        VecSizeOp,
    )
)
_MAY_TRAP = frozenset((AddOp, SubOp, MulOp, NegOp))


def _is_removable(op: Operation) -> bool:
    if type(op) in _REMOVABLE:
        return True
    if type(op) not in _MAY_TRAP:
        return False
    overflow = op.properties.get("overflow")
    return not (isinstance(overflow, StringAttr) and overflow.data == "trap")


def clean_function(function: func.FuncOp) -> None:
    """Cleans one function; an outer block is read again after the regions inside it."""
    order: list[Block] = []
    pending: list[Block] = list(function.body.blocks)
    while pending:
        block = pending.pop()
        order.append(block)
        for op in block.ops:
            for region in op.regions:
                pending.extend(region.blocks)
    for block in reversed(order):
        op = block._last_op
        while op is not None:
            before = op._prev_op
            if op.results and op.results[0].first_use is None and _is_removable(op):
                unlink(op)
                op.operands = ()
            op = before


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Cleans every function of a module."""
    del options
    for op in module.ops:
        if isinstance(op, func.FuncOp):
            clean_function(op)
