"""Branches, which hand each block argument its value in the form the argument has."""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence

from xdsl.dialects import cf, func, llvm
from xdsl.ir import Block, Operation

from dialects.llvm_extra.switch import SwitchOp
from lowering.dispatch import Operands
from lowering.shared_attributes import NO_PROPERTIES, Properties
from lowering.to_llvm.translation import Translation

TERMINATORS = frozenset((cf.BranchOp, cf.ConditionalBranchOp, cf.SwitchOp, func.ReturnOp))
"""The ops that have successors, or none, instead of a result."""

_CLASSES: dict[type[Operation], type[Operation]] = {
    cf.ConditionalBranchOp: llvm.CondBrOp,
    cf.SwitchOp: SwitchOp,
}


def terminate(
    tr: Translation,
    op_class: type[Operation],
    operands: Operands,
    properties: Properties,
    successors: Sequence[Block],
) -> None:
    """Ends a block: first comes what decides, a condition or a number, then what each block is handed."""
    if op_class is func.ReturnOp:
        tr.end(llvm.ReturnOp, tr.words(operands))
        return
    if not operands:
        (target,) = successors
        tr.jump(target)
        return
    types = [argument._type for block in successors for argument in block._args]
    n_deciding = len(operands) - len(types)
    values = [tr.word(value) for value in operands[:n_deciding]]
    for value, type_ in zip(operands[n_deciding:], types, strict=True):
        values.append(tr.as_type(value, type_))
    if op_class is cf.BranchOp:
        tr.end(llvm.BrOp, values, NO_PROPERTIES, successors)
    else:
        tr.end(_CLASSES[op_class], values, properties, successors)
