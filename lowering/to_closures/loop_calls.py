"""Fetches the code of a function that is called in a loop before the loop.

A closure is never written again, but nothing tells LLVM so: as it does not know what is called, it would
have the code loaded once more in every turn. Behind the definition of the value, the load also stands where
LLVM, once it has inlined the function around it, sees what has been stored::

    qz.for_each %v {                    %code = qz.code_of %f
      qz.call_fn %f(%x)            →    qz.for_each %v {
                                          qz.call_code %code, %f(%x)
"""

# pyright: reportPrivateUsage=false

from xdsl.ir import Block, Operation, OpResult, SSAValue

from dialects.fast_ops import attach_before, detached_op
from dialects.fast_rewrites import discard, replace_uses
from dialects.qz.closures import CallCodeOp, CallFnOp, CodeOfOp
from dialects.qz.terminators import LOOP_NAMES
from dialects.qz.types import code
from lowering.shared_attributes import NO_PROPERTIES


def _is_in_loop(op: Operation, home: Block) -> bool:
    """Whether a loop is around an op and inside a block that is around both."""
    while op.parent is not home:
        outer = op.parent_op()
        if outer is None:
            return False
        if outer.name in LOOP_NAMES:
            return True
        op = outer
    return False


def _home(function: SSAValue) -> Block:
    """The block that a value is defined in."""
    home = function.op.parent if isinstance(function, OpResult) else function.owner
    assert isinstance(home, Block)
    return home


def _fetched(function: SSAValue) -> SSAValue:
    """The code of a function value, fetched right behind its definition, once."""
    for use in function.uses:
        if type(use.operation) is CodeOfOp:
            return use.operation.results[0]
    following = function.op._next_op if isinstance(function, OpResult) else _home(function)._first_op
    assert following is not None
    fetch = detached_op(CodeOfOp, (function,), (code,), NO_PROPERTIES, following.location)
    attach_before(fetch, following)
    return fetch.result


def fetch_before_loop(call: CallFnOp) -> None:
    """Has a call use code that was fetched before the loop around it, if there is one."""
    if call.parent is None:  # it has become a direct call
        return
    function = call.function
    if not _is_in_loop(call, _home(function)):
        return
    operands = (_fetched(function), *call.operands)
    with_code = detached_op(CallCodeOp, operands, call.outputs.types, NO_PROPERTIES, call.location)
    attach_before(with_code, call)
    for old, new in zip(call.results, with_code.results, strict=True):
        replace_uses(old, new)
    discard(call)
