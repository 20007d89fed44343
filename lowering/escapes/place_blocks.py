"""Keeps structs, tuples and variants on the stack that no function holds on to that gets to know them.

A block that is looked at or written, and handed to calls that say that they do not hold on to it, is marked,
and so is what drops it::

    %p = qz.struct_new %x, %s                         %p = qz.struct_new %x, %s {qz.local = "stack"}
    %n = func.call @f(%p) {qz.lent = [0]}       →     %n = func.call @f(%p) {qz.lent = [0]}
    qz.drop %p                                        qz.drop %p {qz.local = "stack"}

It looks like any block to whoever has it, but its count never changes. What is in it is given up where the
block would have been. A block that is made in a loop has the same room in every turn, which nobody else has
any more by then.

So does a block that is a field of such a block, where calls say that they hold on to no block in it either.
It is given up with the one that it is in::

    %q = qz.struct_new %x : …                         %q = qz.struct_new %x : … {qz.local = "stack"}
    %p = qz.struct_new %q : …                         %p = qz.struct_new %q : … {qz.local = "stack"}
    %n = func.call @f(%p) {qz.lent_whole = [0]}  →    %n = func.call @f(%p) {qz.lent_whole = [0]}
    qz.drop %p                                        qz.drop %p {qz.local = "stack"}

So does the text of a number that is only compared, or made part of another text::

    %t = qz.show %n                                   %t = qz.show %n {qz.local = "stack"}
    %l = qz.str_concat %s, %t                   →     %l = qz.str_concat %s, %t
    qz.drop %t                                        qz.drop %t {qz.local = "stack"}
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation

from dialects.qz.enums import EnumNewOp
from dialects.qz.ownership import DropOp
from dialects.qz.properties import LENT_WHOLE
from dialects.qz.strings import ShowOp, StrByteAtOp, StrCmpOp, StrConcatOp, StrSizeOp
from dialects.qz.structs import StructGetOp, StructNewOp, StructSetOp
from dialects.qz.types import is_counted, is_int, ui64
from dialects.qz.val_type import laid_out
from lowering.contents import Contents, definitions
from lowering.escapes.dissolve_blocks import is_a_look, number_of
from lowering.escapes.places import LOCAL, ON_STACK, calls_itself, is_lent
from lowering.op_lists import flat_ops
from lowering.options import LoweringOptions

MAX_FIELDS = 16
"""Of one block on the stack."""

MAX_RECURSIVE_FIELDS = 4
"""The same in a function that calls itself, which may have very many frames."""


_MAKES = frozenset((EnumNewOp, StructNewOp, ShowOp))

_TEXT_LOOKS = frozenset((StrConcatOp, StrCmpOp, StrSizeOp, StrByteAtOp))
"""What is done with a text and leaves nothing of it: a text that is put together is a copy."""


def _is_text(op: Operation) -> bool:
    """Whether an operation makes the text of a number that has no more than twenty digits."""
    return type(op) is ShowOp and is_int(op.operand.type) and op.operand.type != ui64


def _is_block(op: Operation, limit: int) -> bool:
    """Whether an operation makes a block, of no more than so many fields, of whose end nobody is told."""
    if type(op) is EnumNewOp:
        is_block = bool(op._operands) and op.result.type.layout != "nullable"
    else:
        is_block = type(op) is StructNewOp and laid_out(op.result.type) is None
    return is_block and "drop" not in op.properties and len(op._operands) <= limit


def _drops(make: Operation) -> list[Operation] | None:
    """What drops a block; None if somebody may hold on to it."""
    found: list[Operation] = []
    for use in make.results[0].uses:
        op = use.operation
        if type(op) is DropOp:
            found.append(op)
        elif type(make) is ShowOp:
            if type(op) not in _TEXT_LOOKS:
                return None
        elif not (is_lent(use) or is_a_look(make, op, use.index) or _keeps_parts(op)):
            return None
    return found


def _keeps_parts(holder: Operation) -> bool:
    """Whether an operation makes a block on the stack, and blocks that it is made of stay there until it is
    given up."""
    if type(holder) is not StructNewOp or LOCAL not in holder.attributes:
        return False
    for use in holder.result.uses:
        op = use.operation
        if type(op) is StructGetOp or type(op) is StructSetOp:
            if is_counted(holder._operands[number_of(op, "index")].type):
                return False
        elif not (type(op) is DropOp or is_lent(use, LENT_WHOLE) or _keeps_parts(op)):
            return False
    return True


def place_function(function: func.FuncOp) -> None:
    """Marks the blocks of one function."""
    ops = [op for op in flat_ops(function) if type(op) in _MAKES]
    makes = [op for op in ops if _is_block(op, MAX_FIELDS)]
    if makes and calls_itself(function):
        makes = [make for make in makes if len(make._operands) <= MAX_RECURSIVE_FIELDS]
    makes += [op for op in ops if _is_text(op)]
    for make in reversed(makes):  # what is in a block is made before it
        drops = _drops(make)
        if drops is not None:
            for op in (make, *drops):
                op.attributes[LOCAL] = ON_STACK


def concerns(contents: Contents) -> bool:
    """Whether there is a block that is made here."""
    return contents.has_any(_MAKES)


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Marks blocks in every function of a module; trusted code has its own ways with them."""
    if options.trusted:
        return
    for function in definitions(module):
        place_function(function)
