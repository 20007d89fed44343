"""Leaves out `qz.vec_own` where the array of a variable is nobody else's already.

Each assignment of an element first makes sure of that, so in a loop only the first one has anything to do;
and where the variable began with a new array, none has::

    %a = qz.local %new                      %a = qz.local %new
    %v = qz.local_get %a                    %v = qz.local_get %a
    %own = qz.vec_own %v              →     qz.vec_set %v, %i, %x
    qz.local_set %a, %own
    qz.vec_set %own, %i, %x

A variable's array is its own from where a new one is stored, until it is read for anything else than a look
at an element that is over before the variable is assigned again. What holds on every way to a block holds at
its start.
"""

# pyright: reportPrivateUsage=false

from typing import NamedTuple

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, Operation, OpResult, SSAValue

from dialects.fast_rewrites import discard, replace_uses
from dialects.qz.tables import TableVecOp
from dialects.qz.variables import LocalGetOp, LocalOp, LocalSetOp
from dialects.qz.vec import (
    VecFilledOp,
    VecGetOp,
    VecLitOp,
    VecNewOp,
    VecOwnOp,
    VecSetOp,
    VecSizeOp,
)
from lowering.contents import Contents, definitions
from lowering.options import LoweringOptions

_NEW = frozenset((VecFilledOp, VecLitOp, VecNewOp, VecOwnOp, TableVecOp))
"""Operations whose result nobody else has."""

_LOOKS = frozenset((VecGetOp, VecSetOp, VecSizeOp))
"""Operations that keep nothing of the vector they are given first."""


class _Owning(NamedTuple):
    """The three operations by which a variable's array becomes its own."""

    read: LocalGetOp
    own: VecOwnOp
    write: LocalSetOp

    @property
    def cell(self) -> SSAValue:
        """The variable."""
        return self.write._operands[0]


def concerns(contents: Contents) -> bool:
    """Whether there is an array that is made sure of."""
    return contents.has_any((VecOwnOp,))


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Does it in every function of a module."""
    del options
    for function in definitions(module):
        elide_function(function)


def elide_function(function: func.FuncOp) -> None:
    """Does it in one function."""
    blocks = list(function.body.blocks)
    found = [_owning(op) for block in blocks for op in block.ops if type(op) is VecOwnOp]
    ownings = [owning for owning in found if owning is not None]
    if not ownings:
        return
    bits: dict[int, int] = {}
    for owning in ownings:
        bits.setdefault(id(owning.cell), 1 << len(bits))
    own_at_start = _own_at_start(blocks, bits)
    by_read = {id(owning.read): owning for owning in ownings}
    for block in blocks:
        known = own_at_start[id(block)]
        for op in list(block.ops):
            owning = by_read.get(id(op))
            if owning is not None and known & bits[id(owning.cell)]:
                replace_uses(owning.own.results[0], owning.read.results[0])
                discard(owning.write)
                discard(owning.own)
            if op.parent is block:
                known = _after(op, known, bits)


def _owning(own: VecOwnOp) -> _Owning | None:
    """The three operations around one; None where what is made an owner lies elsewhere than in a variable."""
    vec, write = own._operands[0], own._next_op
    if not (type(vec) is OpResult and type(vec.op) is LocalGetOp and type(write) is LocalSetOp):
        return None
    stored_back = write._operands == (vec.op._operands[0], own.results[0])
    return _Owning(vec.op, own, write) if stored_back and vec.op._next_op is own else None


def _own_at_start(blocks: list[Block], bits: dict[int, int]) -> dict[int, int]:
    """The variables, as bits, whose arrays are their own where each block begins."""
    everything = (1 << len(bits)) - 1
    known = {id(block): everything for block in blocks}
    known[id(blocks[0])] = 0
    pending = list(reversed(blocks))
    while pending:
        block = pending.pop()
        at_end = known[id(block)]
        for op in block.ops:
            at_end = _after(op, at_end, bits)
        last = block._last_op
        assert last is not None
        for successor in last._successors:
            if known[id(successor)] & ~at_end:
                known[id(successor)] &= at_end
                pending.append(successor)
    return known


def _after(op: Operation, known: int, bits: dict[int, int]) -> int:
    """What holds behind an operation, given what holds before it."""
    op_class = type(op)
    if op_class is LocalOp:
        bit = bits.get(id(op.results[0]), 0)
        return known | bit if _is_new(op._operands[0], op) else known & ~bit
    if op_class is LocalSetOp:
        bit = bits.get(id(op._operands[0]), 0)
        return known | bit if _is_new(op._operands[1], op) else known & ~bit
    if op_class is LocalGetOp and not _is_brief(op):
        return known & ~bits.get(id(op._operands[0]), 0)
    return known


def _is_new(value: SSAValue, stored_by: Operation) -> bool:
    """Whether a vector is in no other place than the one it is stored in, and is not looked at later on."""
    if type(value) is not OpResult or type(value.op) not in _NEW:
        return False
    uses = {(id(use.operation), use.index) for use in value.uses if use.operation is not stored_by}
    return not uses or (type(value.op) is VecOwnOp and _are_brief(uses, stored_by, stored_by._operands[0]))


def _is_brief(read: Operation) -> bool:
    """Whether what was read is only looked at, and before its variable is assigned again."""
    uses = {(id(use.operation), use.index) for use in read.results[0].uses}
    return _are_brief(uses, read, read._operands[0])


def _are_brief(uses: set[tuple[int, int]], since: Operation, cell: SSAValue) -> bool:
    """Whether some uses of what a variable holds are looks that are over before it is assigned again."""
    op = since._next_op
    while op is not None and uses:
        if type(op) in _LOOKS or (type(op) is VecOwnOp and _owning(op) is not None):
            uses.discard((id(op), 0))
        if type(op) is LocalSetOp and op._operands[0] is cell:
            break
        op = op._next_op
    return not uses
