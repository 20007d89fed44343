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

A variable that is shared, such as a parameter that changes its argument in its place, may be known under
other names and to any function that is called, so there is more after which nothing is known of it. Since the
first assignment in a loop does have something to do then, a parameter is made sure of where the function
begins.
"""

# pyright: reportPrivateUsage=false

from typing import NamedTuple

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Attribute, Block, BlockArgument, Operation, OpResult, SSAValue

from dialects.fast_ops import attach_before, detached_op
from dialects.fast_rewrites import discard, replace_uses
from dialects.qz.leaves import leaf_types
from dialects.qz.properties import COMPUTES
from dialects.qz.tables import TableVecOp
from dialects.qz.types import LocalType, SharedType, StrType, TupleType, VecType, is_counted
from dialects.qz.variables import LocalGetOp, LocalOp, LocalSetOp, SharedGetOp, SharedOp, SharedSetOp
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
from lowering.op_lists import blocks_of, flat_ops, ops_of
from lowering.options import LoweringOptions
from lowering.ownership.rules import rule_of
from lowering.shared_attributes import NO_PROPERTIES

_NEW = frozenset((VecFilledOp, VecLitOp, VecNewOp, VecOwnOp, TableVecOp))
"""Operations whose result nobody else has."""

_LOOKS = frozenset((VecGetOp, VecSetOp, VecSizeOp))
"""Operations that keep nothing of the vector they are given first."""

_READS = {LocalGetOp: LocalSetOp, SharedGetOp: SharedSetOp}
"""Operations that read a variable, each with the one that writes it."""

_WRITES = frozenset(_READS.values())


class _Owning(NamedTuple):
    """The three operations by which a variable's array becomes its own."""

    read: LocalGetOp | SharedGetOp
    own: VecOwnOp
    write: LocalSetOp | SharedSetOp

    @property
    def cell(self) -> SSAValue:
        """The variable."""
        return self.write._operands[0]

    @property
    def is_shared(self) -> bool:
        """Whether others may know the variable."""
        return type(self.write) is SharedSetOp


class _Cells:
    """The variables whose arrays are made sure of, each with its bit."""

    def __init__(self, ownings: list[_Owning]) -> None:
        self.bits: dict[int, int] = {}
        self.shared = 0
        for owning in ownings:
            bit = self.bits.setdefault(id(owning.cell), 1 << len(self.bits))
            if owning.is_shared:
                self.shared |= bit

    def bit(self, cell: SSAValue) -> int:
        """The bit of a variable, 0 for any other one."""
        return self.bits.get(id(cell), 0)


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
    blocks = blocks_of(function)
    found = [_owning(op) for op in flat_ops(function) if type(op) is VecOwnOp]
    ownings = [owning for owning in found if owning is not None]
    if any(owning.is_shared for owning in ownings) and _may_run_drops(blocks):
        ownings = [owning for owning in ownings if not owning.is_shared]
    if not ownings:
        return
    ownings += _made_sure_of_at_first(ownings, blocks[0])
    cells = _Cells(ownings)
    own_at_start = _own_at_start(blocks, cells)
    by_read = {id(owning.read): owning for owning in ownings}
    for block in blocks:
        known = own_at_start[id(block)]
        for op in ops_of(block):
            owning = by_read.get(id(op))
            if owning is not None and known & cells.bit(owning.cell):
                replace_uses(owning.own.results[0], owning.read.results[0])
                discard(owning.write)
                discard(owning.own)
            if op.parent is block:
                known = _after(op, known, cells)


def _owning(own: VecOwnOp) -> _Owning | None:
    """The three operations around one; None where what is made an owner lies elsewhere than in a variable."""
    vec, write = own._operands[0], own._next_op
    if not (type(vec) is OpResult and isinstance(vec.op, LocalGetOp | SharedGetOp)):
        return None
    if not isinstance(write, LocalSetOp | SharedSetOp) or "part" in write.properties:
        return None
    stored_back = write._operands == (vec.op._operands[0], own.results[0])
    return _Owning(vec.op, own, write) if stored_back and vec.op._next_op is own else None


def _made_sure_of_at_first(ownings: list[_Owning], entry: Block) -> list[_Owning]:
    """Makes sure of the arrays of parameters that are changed further on than in the first block."""
    made: dict[int, _Owning] = {}
    before = entry._first_op
    assert before is not None
    for owning in ownings:
        cell = owning.cell
        is_parameter = isinstance(cell, BlockArgument) and cell.block is entry
        if is_parameter and owning.is_shared and owning.own.parent is not entry and id(cell) not in made:
            type_ = owning.own.results[0].type
            read = detached_op(SharedGetOp, (cell,), (type_,), NO_PROPERTIES, before.location)
            own = detached_op(VecOwnOp, read.results, (type_,), NO_PROPERTIES, before.location)
            write = detached_op(SharedSetOp, (cell, *own.results), (), NO_PROPERTIES, before.location)
            for op in (read, own, write):
                attach_before(op, before)
            made[id(cell)] = _Owning(read, own, write)
    return list(made.values())


def _may_run_drops(blocks: list[Block]) -> bool:
    """Whether something may be given up that has a `drop`, which may know a variable that is shared."""
    values = (value for block in blocks for op in block.ops for value in (*op.results, *op._operands))
    return any(map(_may_have_drop, {value._type for value in values}))


def _may_have_drop(type_: Attribute) -> bool:
    if isinstance(type_, LocalType | SharedType):
        type_ = type_.content
    if isinstance(type_, VecType):
        return any(map(_may_have_drop, leaf_types(type_.element)))
    if isinstance(type_, TupleType):
        return any(map(_may_have_drop, type_.elements))
    return any(is_counted(leaf) and not isinstance(leaf, StrType) for leaf in leaf_types(type_))


def _own_at_start(blocks: list[Block], cells: _Cells) -> dict[int, int]:
    """The variables, as bits, whose arrays are their own where each block begins."""
    everything = (1 << len(cells.bits)) - 1
    known = {id(block): everything for block in blocks}
    known[id(blocks[0])] = 0
    pending = list(reversed(blocks))
    while pending:
        block = pending.pop()
        at_end = known[id(block)]
        for op in block.ops:
            at_end = _after(op, at_end, cells)
        last = block._last_op
        assert last is not None
        for successor in last._successors:
            if known[id(successor)] & ~at_end:
                known[id(successor)] &= at_end
                pending.append(successor)
    return known


def _after(op: Operation, known: int, cells: _Cells) -> int:
    """What holds behind an operation, given what holds before it."""
    op_class = type(op)
    if op_class in (LocalOp, SharedOp):
        bit = cells.bit(op.results[0])
        return known | bit if bit and _is_new(op._operands[0], op) else known & ~bit
    if op_class is LocalSetOp:
        bit = cells.bit(op._operands[0])
        return known | bit if _is_new(op._operands[1], op) else known & ~bit
    if op_class is LocalGetOp and not _is_brief(op):
        return known & ~cells.bit(op._operands[0])
    return _after_for_shared(op, known, cells)


def _after_for_shared(op: Operation, known: int, cells: _Cells) -> int:
    """The same for variables that others may know."""
    op_class = type(op)
    if op_class is SharedSetOp and isinstance(op._operands[1].type, VecType):
        is_new = "part" not in op.properties and _is_new(op._operands[1], op)
        return known | cells.bit(op._operands[0]) if is_new else known & ~cells.shared
    if not known & cells.shared:
        return known
    is_read = op_class is SharedGetOp and isinstance(op.results[0].type, VecType)
    is_over = (is_read and not _is_brief(op)) or _may_do_anything(op)
    return known & ~cells.shared if is_over else known


def _may_do_anything(op: Operation) -> bool:
    """Whether code may run of which nothing is known."""
    return rule_of(op).is_call and COMPUTES not in op.attributes


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
    """Whether some uses of what a variable holds are looks that are over before it is assigned again.

    One that is shared may be assigned by other names and in calls.
    """
    is_shared = isinstance(cell.type, SharedType)
    op = since._next_op
    while op is not None and uses:
        if type(op) in _LOOKS or (type(op) is VecOwnOp and _owning(op) is not None):
            uses.discard((id(op), 0))
        if type(op) in _WRITES and (op._operands[0] is cell or (is_shared and type(op) is SharedSetOp)):
            break
        if is_shared and _may_do_anything(op):
            break
        op = op._next_op
    return not uses
