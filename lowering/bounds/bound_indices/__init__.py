"""Leaves out checks of indices that cannot be outside, by what is known of numbers, and halves of others.

What is computed, compared and checked on all ways to an access tells between what its index lies. Where both
ends are known to be fine nothing is checked, where the upper one is, only the sign::

    %v = qz.vec_filled 64, %x                     %v = qz.vec_filled 64, %x
    %top = qz.local 0                             %top = qz.local 0
    …                                             …
    %t = qz.local_get %top                        %t = qz.local_get %top
    %i = qz.sub %t, 2                             %i = qz.sub %t, 2
    %x = qz.vec_get %v, %i                   →    %x = qz.vec_get %v, %i {qz.checked = "sign"}
    %j = qz.sub %t, 1                             %j = qz.sub %t, 1
    %y = qz.vec_get %v, %j                        %y = qz.vec_get unchecked %v, %j

Known are also the sizes of vectors that keep them, which numbers are below which, and between what the
elements lie of vectors that nobody else knows. A comparison that is known, such as one that was put before a
loop, is replaced by what it gives.
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation

from dialects.fast_rewrites import become
from dialects.qz import properties
from dialects.qz.scalar import CmpOp, ConstOp
from dialects.qz.tables import TableGetOp
from lowering.bounds.bound_indices.conditions import outcome
from lowering.bounds.bound_indices.flow import Flow
from lowering.bounds.bound_indices.rules import goes_over
from lowering.bounds.bound_indices.walk import Walk, index_of
from lowering.bounds.half_checks import CHECKED, SIGN
from lowering.bounds.loop_accesses import ACCESSES
from lowering.contents import Contents, definitions
from lowering.op_lists import flat_ops, ops_of
from lowering.options import LoweringOptions

INDEXES = frozenset((*ACCESSES, TableGetOp))


def bound_function(function: func.FuncOp) -> None:
    """Does it in one function."""
    checked = [op for op in flat_ops(function) if _is_checked(op)]
    if not checked:
        return
    flow = Flow(function)
    if not any(map(flow.vectors.may_know_size, checked)) or not flow.follow():
        return
    known: list[tuple[CmpOp, bool]] = []
    for block, state in flow.at_start.items():
        flow.walk.state = state.copy()
        for op in ops_of(block):
            if _is_checked(op):
                _mark(flow.walk, op)
            elif type(op) is CmpOp and (result := outcome(flow.walk, op)) is not None:
                known.append((op, result))
            if not goes_over(flow.walk, op):
                break
    for op, result in known:
        become(op, ConstOp, properties.TRUE if result else properties.FALSE)


def _is_checked(op: Operation) -> bool:
    return type(op) in INDEXES and "unchecked" not in op.properties


def _mark(walk: Walk, access: Operation) -> None:
    """Marks an access as what is known allows."""
    index, size = walk.number(index_of(access)), walk.size_for(access)
    if size is None or not walk.state.is_most(index, size.plus(-1)):
        return
    if walk.state.is_least(index, 0):
        access.properties = {**access.properties, **properties.UNCHECKED}
    else:
        access.attributes[CHECKED] = SIGN


def concerns(contents: Contents) -> bool:
    """Whether there is an access that may be checked."""
    return contents.has_any(INDEXES)


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Does it in every function of a module; trusted code has its own ways with vectors."""
    if options.trusted:
        return
    for function in definitions(module):
        bound_function(function)
