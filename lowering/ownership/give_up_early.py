"""Gives up a block before what its parts are handed to, so that they are nobody else's there.

A part of a block that is taken out has one count of the block, and one of whoever takes it. If the block
is given up first, and was the last to be, only the second one is left. So what is called with the part can
change it in its place, and so on all the way down; and what is made before may be made of the block::

    %l = qz.enum_get %tree[1, 0]                 %l = qz.enum_get %tree[1, 0]
    %r = qz.enum_get %tree[1, 1]                 %r = qz.enum_get %tree[1, 1]
    qz.dup %l                                    qz.dup %l
    %new = func.call @"insert$own"(%l)           qz.dup %r
    qz.dup %r                               →    qz.drop %tree
    qz.drop %tree                                %new = func.call @"insert$own"(%l)
    %tree2 = qz.enum_new 1 %new, %r              %tree2 = qz.enum_new 1 %new, %r

The drop goes to before what reads, what makes a block and what is called, and with it the counts taken in
between, unless the block is needed there: it, or what only it keeps, is used and not taken over. Only what a
function owns is given up earlier than it was, and a function owns nothing of which that would show.
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import BlockArgument, Operation, OpResult, SSAValue

from dialects.fast_ops import attach_before, unlink
from dialects.qz.calls import CallExternOp
from dialects.qz.enums import EnumNewOp
from dialects.qz.ownership import DropOp, DupOp
from dialects.qz.scalar import ReinterpretOp
from dialects.qz.structs import StructNewOp
from dialects.qz.types import is_counted
from lowering.contents import PLAIN, Contents, definitions
from lowering.op_lists import flat_ops
from lowering.options import LoweringOptions
from lowering.ownership.counted_steps import is_immortal
from lowering.ownership.rules import LINKED, READ, SAME, rule_of, taken
from lowering.ownership.to_owned import owned_by

_MAKES = (EnumNewOp, StructNewOp)
_KEPT_BY_FIRST = (READ, SAME)


def _keeper(value: SSAValue) -> SSAValue:
    """What keeps a value that is not counted for itself: what it was read from, through all that it was read
    from in turn."""
    while type(value) is OpResult and value.op._operands and rule_of(value.op).gives in _KEPT_BY_FIRST:
        value = value.op._operands[0]
    return value


def _needs(op: Operation, block: SSAValue) -> bool:
    """Whether an operation uses a block, which is a parameter, or uses what nothing else may keep and does
    not take that over."""
    lent = list(op._operands)
    for value in taken(rule_of(op), op._operands):
        lent.remove(value)
    return block in op._operands or any(is_counted(v._type) and _may_be_kept_by(block, v) for v in lent)


def _may_be_kept_by(block: SSAValue, value: SSAValue) -> bool:
    """What is handed from one basic block to the next, or is in a variable that owns nothing, may be anything
    under another name."""
    keeper = _keeper(value)
    if isinstance(keeper, BlockArgument):
        return keeper is block or keeper.block is not block.owner
    return type(keeper) is OpResult and rule_of(keeper.op).gives is LINKED


def _is_known_otherwise(op: Operation) -> bool:
    """Whether what an operation gives refers to a block without a count, and is good as long as that is.

    A variable that owns nothing and begins with a constant refers to what the caller keeps.
    """
    if type(op) is ReinterpretOp:
        return is_counted(op._operands[0]._type) and not is_counted(op.results[0]._type)
    return rule_of(op).gives is LINKED and not all(map(is_immortal, op._operands))


def _is_passed(op: Operation, moving: list[Operation]) -> bool:
    """Whether counts may be taken and given up before an operation instead of behind it.

    Not where C is called: addresses in blocks, which it may get, are not counted.
    """
    if any(moved._operands[0].owner is op for moved in moving):
        return False
    if type(op) in PLAIN:
        return True
    rule = rule_of(op)
    is_known = type(op) in _MAKES or rule.gives is READ or (rule.is_call and type(op) is not CallExternOp)
    return is_known and not _needs(op, moving[-1]._operands[0])


def _give_up(drop: DropOp) -> None:
    """Has a block given up as early as it can be."""
    moving: list[Operation] = [drop]
    op = drop._prev_op
    while op is not None:
        before = op._prev_op
        if type(op) is DupOp and not op.attributes:
            moving.insert(0, op)
        elif not _is_passed(op, moving):
            return
        elif type(op) not in PLAIN:
            for moved in moving:
                unlink(moved)
                attach_before(moved, op)
        op = before


def give_up_in_function(function: func.FuncOp) -> None:
    """Does it in one function."""
    owned = [function.body.blocks[0].args[position] for position in owned_by(function)]
    if not owned or any(map(_is_known_otherwise, flat_ops(function))):
        return
    for value in owned:
        drops = [use.operation for use in value.uses]
        for drop in drops:
            if type(drop) is DropOp and not drop.attributes:
                _give_up(drop)


def concerns(contents: Contents) -> bool:
    """Whether there is something that takes over what it is given."""
    return contents.has_any((*_MAKES, func.CallOp))


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Does it in every function of a module that owns a parameter."""
    del options
    for function in definitions(module):
        give_up_in_function(function)
