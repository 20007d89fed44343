"""Where blocks lie that are not on the heap: the mark, and which calls leave it at a look."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import DenseArrayBase, StringAttr, SymbolRefAttr
from xdsl.ir import Use

from dialects.qz.properties import LENT
from lowering.op_lists import flat_ops
from lowering.ownership.to_owned import owned_by

LOCAL = "qz.local"
"""The mark: an attribute of what makes a block, and of what drops it, that says where it is."""

ON_HEAP, ON_STACK = StringAttr("heap"), StringAttr("stack")


def is_lent(use: Use, name: str = LENT) -> bool:
    """Whether a value is given to a call that does not hold on to it, or to what else that name says."""
    op = use.operation
    if type(op) is not func.CallOp or use.index in owned_by(op):
        return False
    lent = op.attributes.get(name)
    return isinstance(lent, DenseArrayBase) and use.index in lent.iter_values()


def calls_itself(function: func.FuncOp) -> bool:
    """Whether a function may have very many frames."""
    name = function.sym_name.data
    for op in flat_ops(function):
        if "callee" in op.properties:
            callee = op.properties["callee"]
            if isinstance(callee, SymbolRefAttr) and callee.root_reference.data == name:
                return True
    return False
