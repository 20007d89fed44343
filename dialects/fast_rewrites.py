"""Lean rewriting in place: what xDSL's own methods do to lists of uses, without a new use for each old one.

As in `fast_ops`, nothing is checked, and a unit test compares the results with those of xDSL's methods.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterable, Sequence

from xdsl.ir import Attribute, Block, Operation, SSAValue, SSAValues, Use

from dialects.fast_ops import attach_before, attach_last, detached_op, unlink


def discard(op: Operation) -> None:
    """Takes an operation out of its block for good: it uses nothing any more, and is not looked at again."""
    unlink(op)
    _end_uses(op._operands, op._operand_uses)
    op._operand_uses = ()


def _end_uses(used: Sequence[SSAValue] | Sequence[Block], uses: Sequence[Use]) -> None:
    for value, use in zip(used, uses, strict=True):
        before, after = use._prev_use, use._next_use
        if before is None:
            value.first_use = after
        else:
            before._next_use = after
        if after is not None:
            after._prev_use = before


def discard_blocks(blocks: Iterable[Block]) -> None:
    """Ends the life of blocks that stand nowhere, and of all in them, which use nothing any more."""
    pending = list(blocks)
    while pending:
        op = pending.pop()._first_op
        while op is not None:
            following = op._next_op
            _end_uses(op._operands, op._operand_uses)
            _end_uses(op._successors, op._successor_uses)
            for region in op.regions:
                pending += region.blocks
            vars(op).clear()
            op = following


def replace_uses(old: SSAValue, new: SSAValue) -> None:
    """Has another value used wherever one is; a name goes along."""
    use = old.first_use
    while use is not None:
        following = use._next_use
        op, first = use._operation, new.first_use
        operands = list(op._operands)
        operands[use._index] = new
        op._operands = SSAValues(operands)
        use._prev_use = None
        use._next_use = first
        if first is not None:
            first._prev_use = use
        new.first_use = use
        use = following
    old.first_use = None
    if new._name is None:
        new._name = old._name


def become(op: Operation, op_class: type[Operation], properties: dict[str, Attribute]) -> None:
    """Puts an operation without operands in the place of one, whose results it takes over with all uses."""
    new = detached_op(op_class, (), (), properties, op.location)
    new.results = op.results
    for result in new.results:
        result.op = new
    attach_before(new, op)
    discard(op)
    op.results = SSAValues()


def become_last(
    op: Operation, op_class: type[Operation], properties: dict[str, Attribute], successors: tuple[Block, ...]
) -> None:
    """Puts a terminator in the place of one without results, whose operands it takes over."""
    new = detached_op(op_class, (), (), properties, op.location, successors)
    uses = op._operand_uses
    if uses:
        new._operands = op._operands
        new._operand_uses = uses
        for use in uses:
            use._operation = new
        op._operands = SSAValues()
        op._operand_uses = ()
    block = op.parent
    assert block is not None
    unlink(op)
    attach_last(block, new)


def take_apart(root: Operation) -> None:
    """Ends the life of an operation and all in it: no part knows another any more.

    So each goes as soon as nobody has it, and no collection has to find out that they are garbage: of IR, all
    parts of which know each other, that takes longer than this.
    """
    pending = [root]
    while pending:
        op = pending.pop()
        for region in op.regions:
            block = region._first_block
            while block is not None:
                inner = block._first_op
                while inner is not None:
                    following = inner._next_op
                    if inner.regions:
                        pending.append(inner)
                    else:
                        _forget(inner)
                    inner = following
                block_behind = block._next_block
                vars(block).clear()
                block = block_behind
            vars(region).clear()
        _forget(op)


def _forget(op: Operation) -> None:
    for use in op._operand_uses:
        use._prev_use = None
    for use in op._successor_uses:
        use._prev_use = None
    vars(op).clear()
