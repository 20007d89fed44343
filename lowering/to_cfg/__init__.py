"""Flattens structured control flow into blocks.

Blocks are spliced in place: leaf operations stay the objects they are. Reading stops at each structured op;
what follows it moves to a new block, its regions join the function, and their yields become branches::

    qz.if %c { A; qz.yield }            cf.cond_br %c, ^a, ^after
    B                            →    ^a:     A; cf.br ^after
                                      ^after: B

Blocks that nothing reaches are dropped. The result is a function of the stage `cfg`.
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from dialects.fast_ops import append_block
from dialects.fast_rewrites import discard_blocks
from lowering.contents import definitions
from lowering.dispatch import Table
from lowering.options import LoweringOptions
from lowering.to_cfg import branches, counting, loops, matches, scopes, terminators
from lowering.to_cfg.flow import Flow

TABLE: Table[Flow] = Table(
    {
        **terminators.TABLE,
        **branches.TABLE,
        **matches.TABLE,
        **loops.TABLE,
        **counting.TABLE,
        **scopes.TABLE,
    }
)


def flatten_function(function: func.FuncOp) -> None:
    """Flattens one function that has a body."""
    (region,) = function.regions
    entry = region.detach_block(0)
    flow = Flow(entry)
    pending = flow.pending
    table = TABLE
    while pending:
        block, scope = pending.pop()
        if block is not entry and block.first_use is None:
            discard_blocks((block,))
            continue
        append_block(region, block)
        flow.block = block
        flow.scope = scope
        op = block._first_op
        while op is not None:
            op.parent = block
            lower = table.get(type(op))
            if lower is not None:
                lower(flow, op)
                break
            op = op._next_op
    for cleanup in flow.cleanups:
        discard_blocks(cleanup.blocks)


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Flattens every function of a module."""
    del options
    for function in definitions(module):
        flatten_function(function)
