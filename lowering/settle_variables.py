"""Takes variables away that are never assigned again: such a one is the value it began with.

    %a = qz.local "v" %v
    %x = qz.local_get %a            →   %n = qz.vec_size %v
    %n = qz.vec_size %x

What is known of a value, that nobody else has it or that it stays the same in a loop, is then known of the
variable too. One of a value struct may be read in parts, and is left to LLVM.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterable

from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Region

from dialects.fast_rewrites import discard, replace_uses
from dialects.qz.struct_type import StructType
from dialects.qz.variables import LocalGetOp, LocalOp
from lowering.contents import Contents, definitions
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


def _find_variables(regions: Iterable[Region], found: list[LocalOp]) -> None:
    for region in regions:
        block = region._first_block
        while block is not None:
            op = block._first_op
            while op is not None:
                if type(op) is LocalOp:
                    found.append(op)
                elif op.regions:
                    _find_variables(op.regions, found)
                op = op._next_op
            block = block._next_block


def concerns(contents: Contents) -> bool:
    """Whether there is a variable."""
    return contents.has_any((LocalOp,))


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Does it in every function of a module, unless a debugger is to find the variables."""
    if options.debug:
        return
    variables: list[LocalOp] = []
    for function in definitions(module):
        _find_variables(function.regions, variables)
    for variable in variables:
        settle(variable)
