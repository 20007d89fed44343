"""The operations and blocks of a function in lists, in the order of the text.

xDSL's own iterators give one at a time and take five times as long; and whoever has a list may change the
function while going through it.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Collection

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, Operation


def top_ops(module: ModuleOp) -> list[Operation]:
    """The operations that a module consists of."""
    (region,) = module.regions
    block = region._first_block
    assert block is not None
    return ops_of(block)


def blocks_of(function: func.FuncOp) -> list[Block]:
    """The blocks of a function."""
    found: list[Block] = []
    (region,) = function.regions
    block = region._first_block
    while block is not None:
        found.append(block)
        block = block._next_block
    return found


def ops_of(block: Block) -> list[Operation]:
    """The operations of a block."""
    found: list[Operation] = []
    op = block._first_op
    while op is not None:
        found.append(op)
        op = op._next_op
    return found


def flat_ops(function: func.FuncOp) -> list[Operation]:
    """The operations of a function, but not those in them."""
    found: list[Operation] = []
    (region,) = function.regions
    block = region._first_block
    while block is not None:
        op = block._first_op
        while op is not None:
            found.append(op)
            op = op._next_op
        block = block._next_block
    return found


def ops_with_regions(around: Operation) -> list[Operation]:
    """The operations directly in another one that have regions themselves."""
    found: list[Operation] = []
    for region in around.regions:
        block = region._first_block
        while block is not None:
            op = block._first_op
            while op is not None:
                if op.regions:
                    found.append(op)
                op = op._next_op
            block = block._next_block
    return found


def ops_of_classes(around: Operation, op_classes: Collection[type[Operation]]) -> list[Operation]:
    """The operations of some classes, all of which have regions, anywhere in another one."""
    found: list[Operation] = []
    pending = ops_with_regions(around)[::-1]
    while pending:
        op = pending.pop()
        if type(op) in op_classes:
            found.append(op)
        pending += ops_with_regions(op)[::-1]
    return found
