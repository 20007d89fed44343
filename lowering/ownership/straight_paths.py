"""Runs of operations that control goes through from the first to the last, across blocks."""

# pyright: reportPrivateUsage=false

from collections.abc import Iterator

from xdsl.dialects import cf, func
from xdsl.ir import Block, Operation

from lowering.op_lists import blocks_of, ops_of


def straight_paths(function: func.FuncOp) -> Iterator[list[Operation]]:
    """Every operation of a function once, in as few runs as there are."""
    blocks = blocks_of(function)
    n_edges: dict[int, int] = {}  # by the identity of the block
    for block in blocks:
        last = block._last_op
        for successor in () if last is None else last._successors:
            n_edges[id(successor)] = n_edges.get(id(successor), 0) + 1

    def following(block: Block) -> Block | None:
        last = block._last_op
        if type(last) is cf.BranchOp and n_edges[id(last._successors[0])] == 1:
            return last._successors[0]
        return None

    inner = {id(after) for block in blocks if (after := following(block)) is not None}
    for block in blocks:
        path: list[Operation] = []
        part = None if id(block) in inner else block
        while part is not None:
            path += ops_of(part)
            part = following(part)
        if path:
            yield path
