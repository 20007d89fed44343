"""Keeps the headers of vectors that nobody else gets to know on the stack, and small vectors as a whole.

A vector that its function only reads, writes, and pushes to, is marked, and so is what makes and drops it::

    %v = qz.vec_filled %n, %x               %v = qz.vec_filled %n, %x {qz.local = "heap"}
    qz.vec_set %v, %i, %y                   qz.vec_set %v, %i, %y
    qz.drop %v                          →   qz.drop %v {qz.local = "heap"}
    %w = qz.vec_lit %x, %y                  %w = qz.vec_lit %x, %y {qz.local = "stack"}
    %e = qz.vec_get %w, %i                  %e = qz.vec_get %w, %i
    qz.drop %w                              qz.drop %w {qz.local = "stack"}

Where no address of a header goes anywhere, LLVM takes it apart: size and place of the elements are values
like any others then, and cost no load and no test that can be known. The elements are on the stack if their
number is known and small, and never grows.

One that is handed to calls that say that they do not hold on to it has a header on the stack that looks like
any other, marked `lent`; the elements are on the heap, for it may grow there.

A vector that is made in a loop has the same room in every turn. That is right, since whoever still had the
one of an earlier turn would have got to know it.
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import FloatAttr, IntegerAttr, ModuleOp, StringAttr
from xdsl.ir import Attribute, Operation

from dialects.qz.leaves import has_leaves, leaf_types, n_leaves
from dialects.qz.ownership import DropOp
from dialects.qz.scalar import ConstOp
from dialects.qz.types import VecType, is_counted
from dialects.qz.vec import (
    VecClearOp,
    VecFilledOp,
    VecGetOp,
    VecLitOp,
    VecNewOp,
    VecPopUncheckedOp,
    VecPushOp,
    VecSetOp,
    VecSizeOp,
)
from lowering.abi.row_layout import row_layout
from lowering.abi.value_forms import form_of
from lowering.contents import Contents, definitions
from lowering.escapes.places import LOCAL, ON_HEAP, ON_STACK, calls_itself, is_lent
from lowering.escapes.to_bare import is_bare
from lowering.op_lists import flat_ops
from lowering.options import LoweringOptions
from lowering.shared_attributes import number_of

LENT = StringAttr("lent")
"""Where the elements are on the heap, and functions that are called know the header."""

MAX_STACK_BYTES = 512
"""Of the elements of one vector on the stack."""

MAX_RECURSIVE_STACK_BYTES = 64
"""The same in a function that calls itself, which may have very many frames."""

_MAKES = frozenset((VecNewOp, VecLitOp, VecFilledOp))
LOOKS = frozenset((VecGetOp, VecSetOp, VecSizeOp, VecPopUncheckedOp))
_TOLD = frozenset((VecPushOp, DropOp))
"""Operations that are marked as well, since they have to know where the elements are."""


def is_zero(value: Attribute | None) -> bool:
    """Whether a constant is nothing but zero bits."""
    if isinstance(value, FloatAttr):
        return value.value.data.hex() == (0.0).hex()
    return isinstance(value, IntegerAttr) and value.value.data == 0


def _bytes_of(element: Attribute) -> int:
    if has_leaves(element):
        return row_layout(element).size
    return form_of(element).element.width


def known_bytes(make: Operation) -> int | None:
    """How many bytes of elements a vector begins with; None if that is not known, or not zeros."""
    type_ = make.results[0].type
    assert isinstance(type_, VecType)
    if type(make) is VecLitOp:
        return len(make._operands) // n_leaves(type_.element) * _bytes_of(type_.element)
    if type(make) is not VecFilledOp or has_leaves(type_.element):
        return None
    n, value = (operand.owner for operand in make._operands)
    if not (isinstance(n, ConstOp) and isinstance(value, ConstOp) and is_zero(value.properties["value"])):
        return None
    count = number_of(n.properties["value"])
    return None if count is None or count < 0 else count * _bytes_of(type_.element)


def _has_counted_elements(make: Operation) -> bool:
    type_ = make.results[0].type
    assert isinstance(type_, VecType)
    return any(is_counted(leaf) for leaf in leaf_types(type_.element))


def _told(make: Operation) -> list[Operation] | None:
    """The operations to mark with the one that makes a vector; None if somebody else gets to know it."""
    found = [make]
    for use in make.results[0].uses:
        op = use.operation
        if is_lent(use) or is_bare(use):
            continue
        if use.index != 0:
            return None
        if type(op) in _TOLD:
            found.append(op)
        elif type(op) not in LOOKS and not (type(op) is VecClearOp and not _has_counted_elements(make)):
            return None
    return found


def place_function(function: func.FuncOp) -> None:
    """Marks the vectors of one function."""
    makes = [op for op in flat_ops(function) if type(op) in _MAKES]
    if not makes:
        return
    limit = MAX_RECURSIVE_STACK_BYTES if calls_itself(function) else MAX_STACK_BYTES
    for make in makes:
        told = _told(make)
        if told is None:
            continue
        n_bytes = known_bytes(make)
        grows = any(type(op) is VecPushOp for op in told)
        place = ON_HEAP if grows or n_bytes is None or n_bytes > limit else ON_STACK
        if any(is_lent(use) and not is_bare(use) for use in make.results[0].uses):
            place = LENT
        for op in told:
            op.attributes[LOCAL] = place


def concerns(contents: Contents) -> bool:
    """Whether there is a vector that is made here."""
    return contents.has_any(_MAKES)


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Marks vectors in every function of a module; trusted code has its own ways with headers."""
    if options.trusted:
        return
    for function in definitions(module):
        place_function(function)
