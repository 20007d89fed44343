"""Why an access is checked each time, and not once before the loop: for whoever asks the compiler."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import SymbolRefAttr
from xdsl.ir import Operation

from dialects.qz.calls import CallExternOp
from dialects.qz.closures import CallFnOp
from dialects.qz.dynamic import DynCallOp
from dialects.qz.loops import ForOp
from lowering.bounds.loop_accesses import MAX_OPS, body_of, counts_by_one, keeps_sizes, ops_of_turns
from lowering.bounds.nest_accesses import LOOPS, MAX_NEST_OPS, nest_of


def why_checked(access: Operation) -> str:
    """What keeps the check of an access where it is."""
    loop = access.parent_op()
    while loop is not None and not isinstance(loop, (*LOOPS, func.FuncOp)):
        loop = loop.parent_op()
    if not isinstance(loop, LOOPS):
        return "no loop is around it"
    if not isinstance(loop, ForOp):
        return "the loop around it does not count"
    if not counts_by_one(loop):
        return "the loop around it does not go up one by one"
    body = body_of(loop)
    if body is None and nest_of(loop) is not None:
        return "the index is no sum or product of what is counted, or may be too large for one"
    if body is None:
        return f"the loop around it {_obstacle(loop)}"
    container, index, *_ = access._operands
    if body.slope(container) != 0:
        return "it may be another vector in the next turn"
    if body.slope(index) not in (-1, 0, 1):
        return "the index does not go along with the loop"
    return "nothing was gained by doing that before the loop"


def _obstacle(loop: ForOp) -> str:
    """What a loop does that nothing is known of."""
    limit = MAX_OPS
    for op in ops_of_turns(loop.body):
        if isinstance(op, LOOPS):
            limit = MAX_NEST_OPS
            continue
        if keeps_sizes(op):
            continue
        callee = op.properties.get("callee")
        if isinstance(op, func.CallOp | CallExternOp) and isinstance(callee, SymbolRefAttr):
            return f"calls `{callee.root_reference.data.replace('$', '.')}`"
        if isinstance(op, CallFnOp | DynCallOp):
            return "calls what is not known"
        return "may change how many elements there are"
    return f"is longer than {limit} operations"
