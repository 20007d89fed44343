"""Finds the variables that need not own what is in them, as memory keeps it all the time, and marks them.

Whoever walks along a list or down a tree has a variable that is at one block after the other. Each is kept by
the one before, and the first by the caller, as long as nothing is replaced anywhere and no code runs of which
nothing is known. Then the variable takes no counts, and gives none back::

    %at = qz.local "at" %list                 %at = qz.local "at" %list {qz.unowned}
    …                                         …
    %node = qz.local_get %at             →    %node = qz.local_get %at
    %next = qz.struct_get %node[1]            %next = qz.struct_get %node[1]
    qz.local_set %at, %next                   qz.local_set %at, %next

What happens when nothing in the variable is looked at any more does no harm: a node is put behind the last
one when the walk is over. What one of two blocks hands to a third, which only assigns it, is assigned where
it comes from, so that it is not counted on the way.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterable
from typing import NamedTuple

from xdsl.dialects import cf, func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, BlockArgument, Operation, OpResult, SSAValue

from dialects.fast_ops import attach_before, detached_op
from dialects.fast_rewrites import discard
from dialects.qz.enums import EnumGetOp
from dialects.qz.ownership import KeepOp
from dialects.qz.properties import DROPS, UNIT, UNOWNED
from dialects.qz.structs import StructGetOp
from dialects.qz.types import is_counted
from dialects.qz.variables import GlobalGetOp, LocalGetOp, LocalOp, LocalSetOp
from dialects.qz.vec import VecGetOp
from lowering.contents import Contents, definitions
from lowering.op_lists import blocks_of, ops_of
from lowering.options import LoweringOptions
from lowering.ownership.counted_steps import has_counted_types, is_immortal
from lowering.ownership.mark_borrows import may_give_up
from lowering.ownership.rules import Gives, rule_of
from lowering.ownership.to_owned import owned_by

_PARTS = (StructGetOp, EnumGetOp, VecGetOp)
"""Reads of what the first operand keeps."""

_MAY_GIVE_UP = (0, 0)
"""An event behind which what memory referred to may be gone."""


class _Origins(NamedTuple):
    """Where what a variable is assigned comes from."""

    read: set[SSAValue]
    """What is read, and handed over from block to block, on the way."""
    owners: set[SSAValue]
    """The values of the function with counts of their own that it is read from."""
    cells: set[SSAValue]
    """The variables that may be marked that it is read from."""


class _Variables:
    """The variables of a function that may be marked, each with what it is made with and assigned."""

    def __init__(self, function: func.FuncOp) -> None:
        self._owned = owned_by(function)
        self._blocks = blocks_of(function)
        self._branches: dict[int, list[Operation]] = {}
        """By block: the last operation of each that leads to it."""
        for block in self._blocks:
            assert block._last_op is not None
            for successor in block._last_op._successors:
                self._branches.setdefault(id(successor), []).append(block._last_op)
        self.assigned = self._find()
        self.origins: dict[SSAValue, _Origins | None] = {}
        self._leave_out_what_owns()

    def _find(self) -> dict[SSAValue, list[SSAValue]]:
        """Those that are assigned anew somewhere, and of which nobody has more than the content."""
        found: dict[SSAValue, list[SSAValue]] = {}
        for block in self._blocks:
            for op in ops_of(block):
                if type(op) is not LocalOp or not is_counted(op.cell.type.content):
                    continue
                uses = [use.operation for use in op.cell.uses]
                writes = [use for use in uses if type(use) is LocalSetOp]
                if writes and all(type(use) in (LocalGetOp, LocalSetOp) for use in uses):
                    found[op.cell] = [op.init, *[use._operands[1] for use in writes]]
        return found

    def is_passed_on(self, value: SSAValue, write: Operation) -> bool:
        """Whether blocks that lead nowhere else hand over a value for nothing but this assignment."""
        if not isinstance(value, BlockArgument) or value.block is self._blocks[0]:
            return False
        branches = self._branches.get(id(value.block), ())
        is_used_once = len(list(value.uses)) == 1 and value.block._first_op is write
        return is_used_once and all(type(branch) is cf.BranchOp for branch in branches)

    def _handed_over(self, argument: BlockArgument) -> list[SSAValue]:
        """What each branch to a block hands over for an argument."""
        branches = self._branches.get(id(argument.block), ())
        return [value for branch in branches for value in _handed_by(branch, argument)]

    # What is kept

    def _leave_out_what_owns(self) -> None:
        """Leaves out what is assigned something that nobody else keeps, and then what is assigned of that."""
        owning = self._owning()
        while owning:
            for cell in owning:
                del self.assigned[cell]
            owning = self._owning()

    def _owning(self) -> list[SSAValue]:
        self.origins = {cell: self._origins(values) for cell, values in self.assigned.items()}
        return [cell for cell in self.assigned if not self._is_kept(cell)]

    def _is_kept(self, cell: SSAValue) -> bool:
        """Whether what keeps all that a variable is assigned is there as long as the variable is used.

        The caller and the variables of the module always are; owners are if the variable is made with
        something of theirs, as it holds on to them then. What it is made with may be counted, too, where it
        is read, and stays as long.
        """
        origins = self.origins[cell]
        if origins is None or self._is_kept_to_the_end(cell):
            return False
        init, *further = self.assigned[cell]
        if origins.owners and self._owners_of(further):
            return False
        others = [other for other in origins.cells if self.assigned[other][0] is not init]
        return not any(self._has_owners(other) for other in others)

    def _owners_of(self, values: list[SSAValue]) -> bool:
        origins = self._origins(values)
        return origins is None or bool(origins.owners)

    def _has_owners(self, cell: SSAValue) -> bool:
        """Whether what a variable holds hangs on an owner, by way of other variables too."""
        seen: set[SSAValue] = set()
        pending = [cell]
        while pending:
            cell = pending.pop()
            if cell in seen:
                continue
            seen.add(cell)
            origins = self.origins.get(cell)
            if origins is None or origins.owners:
                return True
            pending += origins.cells
        return False

    def _is_kept_to_the_end(self, cell: SSAValue) -> bool:
        """Whether something may happen when the content is given up, so that it matters when."""
        reads = [use.operation for use in cell.uses if type(use.operation) is LocalGetOp]
        return any(type(use.operation) is KeepOp for read in reads for use in read.results[0].uses)

    def _origins(self, values: list[SSAValue]) -> _Origins | None:
        """Where some values come from; None if that is unknown, or may be replaced unnoticed."""
        found = _Origins(set(), set(), set())
        pending = list(values)
        while pending:
            value = pending.pop()
            if value in found.read or value in found.owners or is_immortal(value):
                continue
            if isinstance(value, BlockArgument):
                if value.block is self._blocks[0]:
                    if value.index in self._owned:
                        found.owners.add(value)
                    continue
                if not self._is_handed_on(value):
                    found.owners.add(value)
                    continue
                pending += self._handed_over(value)
            else:
                assert isinstance(value, OpResult)
                op = value.op
                if type(op) in _PARTS:
                    pending.append(op._operands[0])
                elif type(op) is LocalGetOp and op._operands[0] in self.assigned:
                    found.cells.add(op._operands[0])
                elif rule_of(op).gives is Gives.OWNED:
                    found.owners.add(value)
                    continue
                elif type(op) is not GlobalGetOp:
                    return None
            found.read.add(value)
        return found

    def _is_handed_on(self, argument: BlockArgument) -> bool:
        """Whether an argument is another name for what is handed over, or only assigned to a variable."""
        if len(self._branches.get(id(argument.block), ())) == 1:
            return True
        first = argument.block._first_op
        return type(first) is LocalSetOp and self.is_passed_on(argument, first)

    # Where something is given up

    def leave_out_what_is_given_up(self) -> None:
        """Leaves out variables for which something is looked at behind what may give it up: their content, or
        what was read to be put into them."""
        looked_at = {
            cell: (cell, *origins.read) for cell, origins in self.origins.items() if origins is not None
        }
        bits: dict[SSAValue, int] = {}
        for values in looked_at.values():
            for value in values:
                bits.setdefault(value, 1 << len(bits))
        given_up = self._given_up(bits)
        if given_up:
            for cell, values in looked_at.items():
                if _mask(bits, values) & given_up:
                    del self.assigned[cell]
            self._leave_out_what_owns()

    def _given_up(self, bits: dict[SSAValue, int]) -> int:
        """What is live where something may be given up."""
        events = {id(block): self._events(block, bits) for block in self._blocks}
        live_in = dict.fromkeys(events, 0)
        given_up = 0
        is_new = True
        while is_new:
            is_new = False
            for block in reversed(self._blocks):
                live = 0
                assert block._last_op is not None
                for successor in block._last_op._successors:
                    live |= live_in[id(successor)]
                for event in events[id(block)]:
                    if event is _MAY_GIVE_UP:
                        given_up |= live
                    ended, begun = event
                    live = live & ~ended | begun
                if live != live_in[id(block)]:
                    live_in[id(block)] = live
                    is_new = True
        return given_up

    def _events(self, block: Block, bits: dict[SSAValue, int]) -> list[tuple[int, int]]:
        """From the end of a block to its start: what is not live before an operation, and what is, or
        `_MAY_GIVE_UP`."""
        last = block._last_op
        assert last is not None
        begun = 0
        for successor in last._successors:
            for argument in successor._args:
                if argument in bits:
                    begun |= _mask(bits, _handed_by(last, argument))
        found = [(0, begun)] if begun else []
        for op in reversed(ops_of(block)):
            if type(op) is LocalSetOp and op._operands[0] in bits:
                found.append((bits[op._operands[0]], _mask(bits, op._operands[1:])))
            elif type(op) is LocalGetOp and op._operands[0] in bits:
                found.append((_mask(bits, op.results), bits[op._operands[0]]))
            elif op.results and op.results[0] in bits:  # the variable itself, or what is read
                found.append((bits[op.results[0]], _mask(bits, op._operands)))
            elif may_give_up(op):
                found.append(_MAY_GIVE_UP)
        if ended := _mask(bits, block._args):
            found.append((ended, 0))
        return found

    # Marks

    def mark(self) -> None:
        """Marks the variables that are left, and assigns what is passed on where it comes from."""
        for cell in self.assigned:
            assert isinstance(cell, OpResult)
            cell.op.attributes = {**cell.op.attributes, UNOWNED: UNIT}
            for write in [use.operation for use in cell.uses if type(use.operation) is LocalSetOp]:
                value = write._operands[1]
                if self.is_passed_on(value, write):
                    assert isinstance(value, BlockArgument)
                    self._assign_before(value, write)

    def _assign_before(self, argument: BlockArgument, write: Operation) -> None:
        cell = write._operands[0]
        index, block = argument.index, argument.block
        for branch in self._branches[id(block)]:
            operands = list(branch._operands)
            value = operands.pop(index)
            assign = detached_op(LocalSetOp, (cell, value), (), write.properties, write.location)
            attach_before(assign, branch)
            branch.operands = operands
        discard(write)
        block.erase_arg(argument)


def _handed_by(branch: Operation, argument: BlockArgument) -> list[SSAValue]:
    """What a branch hands over for an argument, by each way that it leads to its block."""
    found: list[SSAValue] = []
    first = len(branch._operands)
    for successor in reversed(branch._successors):
        first -= len(successor._args)
        if successor is argument.block:
            found.append(branch._operands[first + argument.index])
    return found


def _mask(bits: dict[SSAValue, int], values: Iterable[SSAValue]) -> int:
    mask = 0
    for value in values:
        mask |= bits.get(value, 0)
    return mask


def concerns(contents: Contents) -> bool:
    """Whether a variable with something counted in it is assigned."""
    return contents.has_any((LocalSetOp,)) and has_counted_types(contents.types)


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Marks the variables of every function of a module.

    None in a program in which it shows when values are given up: that may be in the middle of a walk, and
    what runs then may do anything. Nor in trusted code, which has its own ways with counts.
    """
    if options.trusted or DROPS in module.attributes:
        return
    for function in definitions(module):
        variables = _Variables(function)
        if variables.assigned:
            variables.leave_out_what_is_given_up()
            variables.mark()
