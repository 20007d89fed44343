"""Branches, which hand each block argument its value in the form the argument has."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import cf, func, llvm

from dialects.fast_ops import append_op
from dialects.llvm_extra.switch import SwitchOp
from lowering.dispatch import Table
from lowering.to_llvm.translation import Translation

TABLE: Table[Translation] = Table()


@TABLE.lowers(cf.BranchOp)
def lower_branch(tr: Translation, op: cf.BranchOp) -> None:
    """A branch."""
    target = tr.blocks[id(op._successors[0])]
    values = [
        tr.as_type(old, argument._type) for old, argument in zip(op._operands, target._args, strict=True)
    ]
    append_op(tr.block, llvm.BrOp, values, (), {}, tr.location, (target,))


@TABLE.lowers(cf.ConditionalBranchOp, cf.SwitchOp)
def lower_choice(tr: Translation, op: cf.ConditionalBranchOp | cf.SwitchOp) -> None:
    """First what decides, a condition or a number, then the arguments of each block in turn."""
    targets = [tr.blocks[id(block)] for block in op._successors]
    operands = op._operands
    values = [tr.word(operands[0])]
    types = [argument._type for target in targets for argument in target._args]
    values += [tr.as_type(old, type_) for old, type_ in zip(operands[1:], types, strict=True)]
    op_class = llvm.CondBrOp if type(op) is cf.ConditionalBranchOp else SwitchOp
    append_op(tr.block, op_class, values, (), op.properties, tr.location, targets)


@TABLE.lowers(func.ReturnOp)
def lower_return(tr: Translation, op: func.ReturnOp) -> None:
    """Leaves the function."""
    append_op(tr.block, llvm.ReturnOp, tr.words(op), (), {}, tr.location)
