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

The drop goes to before what takes over all counted values that it gets, and with it the counts that are taken
in between; so nobody has what is gone. Only what a function owns is given up earlier than it was, and a
function owns nothing of which that would show.
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation

from dialects.fast_ops import attach_before, unlink
from dialects.qz.enums import EnumNewOp
from dialects.qz.ownership import DropOp, DupOp
from dialects.qz.scalar import ReinterpretOp
from dialects.qz.structs import StructNewOp
from dialects.qz.types import is_counted
from lowering.contents import PLAIN, Contents, definitions
from lowering.op_lists import flat_ops
from lowering.options import LoweringOptions
from lowering.ownership.counted_steps import is_immortal
from lowering.ownership.rules import LINKED, rule_of, taken
from lowering.ownership.to_owned import owned_by

_MAKES = (EnumNewOp, StructNewOp)


def _takes_all(op: Operation) -> bool:
    """Whether an operation takes over all counted values that it gets."""
    if not (type(op) is func.CallOp and owned_by(op)) and type(op) not in _MAKES:
        return False
    n_taken = sum(1 for operand in taken(rule_of(op), op._operands) if is_counted(operand._type))
    return n_taken == sum(1 for operand in op._operands if is_counted(operand._type))


def _is_known_otherwise(op: Operation) -> bool:
    """Whether what an operation gives refers to a block without a count, and is good as long as that is.

    A variable that owns nothing and begins with a constant refers to what the caller keeps.
    """
    if type(op) is ReinterpretOp:
        return is_counted(op._operands[0]._type) and not is_counted(op.results[0]._type)
    return rule_of(op).gives is LINKED and not all(map(is_immortal, op._operands))


def _is_passed(op: Operation, moving: list[Operation]) -> bool:
    """Whether counts may be taken and given up before an operation instead of behind it."""
    if any(moved._operands[0].owner is op for moved in moving):
        return False
    given_up = moving[-1]._operands[0]
    return type(op) in PLAIN or (_takes_all(op) and given_up not in op._operands)


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
