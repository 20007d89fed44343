"""Removes operations without an effect whose results nobody uses.

Blocks are read backwards, so that what only a dead op used is dead in the same walk::

    %a = qz.const 1
    %b = qz.add %a, %a overflow "wrap"  →   qz.return
    qz.return
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp, StringAttr
from xdsl.ir import Operation

from dialects.fast_rewrites import discard
from dialects.qz.arith import AddOp, MulOp, NegOp, SubOp
from dialects.qz.bits import BitAndOp, BitNotOp, BitOrOp, BitXorOp, CountBitsOp, ShlOp, ShrOp
from dialects.qz.closures import CapturedOp, ClosureOfOp, CodeOfOp, EnvironmentOp, FnRefOp
from dialects.qz.enums import EnumGetOp, EnumTagOp
from dialects.qz.scalar import CastOp, CmpOp, ConstOp, NotOp, ReinterpretOp
from dialects.qz.strings import StrCharAtOp, StrConstOp, StrNextOp, StrSizeOp
from dialects.qz.structs import StructGetOp
from dialects.qz.value_structs import ValueGetOp, ValueNewOp
from dialects.qz.variables import GlobalGetOp, LocalGetOp, SharedGetOp
from dialects.qz.vec import VecSizeOp
from lowering.contents import definitions
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
        CountBitsOp,
        ShlOp,
        ShrOp,
        StrConstOp,
        StrSizeOp,
        StrCharAtOp,
        StrNextOp,
        StructGetOp,
        ValueNewOp,
        ValueGetOp,
        EnumTagOp,
        EnumGetOp,
        LocalGetOp,
        SharedGetOp,
        GlobalGetOp,
        VecSizeOp,
        FnRefOp,
        EnvironmentOp,
        ClosureOfOp,
        CapturedOp,
        CodeOfOp,
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
    """Cleans one function; the regions of an operation are read before what stands in front of it."""
    pending = _ends(function)
    while pending:
        op: Operation | None = pending.pop()
        while op is not None:
            before = op._prev_op
            if op.regions:
                if before is not None:
                    pending.append(before)
                pending += _ends(op)
                break
            if op.results:
                for result in op.results:
                    if result.first_use is not None:
                        break
                else:
                    if _is_removable(op):
                        discard(op)
            op = before


def _ends(op: Operation) -> list[Operation]:
    """The last operation of each block in the regions of one."""
    found: list[Operation] = []
    for region in op.regions:
        block = region._first_block
        while block is not None:
            if block._last_op is not None:
                found.append(block._last_op)
            block = block._next_block
    return found


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Cleans every function of a module."""
    del options
    for function in definitions(module):
        clean_function(function)
