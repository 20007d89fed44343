"""Takes variables away that are never assigned again: such a one is the value it began with.

    %a = qz.local "v" %v
    %x = qz.local_get %a            →   %n = qz.vec_size %v
    %n = qz.vec_size %x

What is known of a value, that nobody else has it or that it stays the same in a loop, is then known of the
variable too. One of a value struct may be read in parts, and is left to LLVM.
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from dialects.fast_rewrites import discard, replace_uses
from dialects.qz.struct_type import StructType
from dialects.qz.variables import LocalGetOp, LocalOp
from lowering.options import LoweringOptions


def settle(variable: LocalOp) -> None:
    """Replaces one variable by its value, if it is never assigned."""
    value = variable._operands[0]
    reads = [use.operation for use in variable.results[0].uses]
    if isinstance(value.type, StructType) or any(type(read) is not LocalGetOp for read in reads):
        return
    for read in reads:
        replace_uses(read.results[0], value)
        discard(read)
    discard(variable)


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Does it in every function of a module, unless a debugger is to find the variables."""
    if options.debug:
        return
    for function in module.ops:
        if isinstance(function, func.FuncOp):
            for op in [op for op in function.walk() if type(op) is LocalOp]:
                settle(op)
