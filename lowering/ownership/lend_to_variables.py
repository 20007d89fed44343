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
one when the walk is over. What one of two blocks hands to a third, as the one or the other child of a node,
is in such a variable on the way::

    cf.br ^next(%left)                        qz.local_set %either, %left
    …                                         cf.br ^next
    cf.br ^next(%right)                  →    …
    …                                         qz.local_set %either, %right
                                              cf.br ^next
    ^next(%child):                            ^next:
    …                                         %child = qz.local_get %either
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterable
from typing import NamedTuple

from xdsl.dialects import cf, func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, BlockArgument, Operation, OpResult, SSAValue

from dialects.fast_ops import put_before
from dialects.fast_rewrites import replace_uses
from dialects.qz.branches import IfOp
from dialects.qz.enums import EnumGetOp
from dialects.qz.loops import LoopOp
from dialects.qz.matches import MatchOp, SwitchOp
from dialects.qz.ownership import KeepOp
from dialects.qz.properties import DROPS, UNIT, UNOWNED, name_property, zero_const
from dialects.qz.scalar import ConstOp, ReinterpretOp
from dialects.qz.scopes import DeferOp
from dialects.qz.structs import StructGetOp
from dialects.qz.types import LocalType, is_counted
from dialects.qz.variables import GlobalGetOp, LocalGetOp, LocalOp, LocalSetOp
from dialects.qz.vec import VecGetOp
from lowering.contents import Contents, definitions
from lowering.op_lists import blocks_of, ops_of
from lowering.options import LoweringOptions
from lowering.ownership.counted_steps import has_counted_types, is_immortal
from lowering.ownership.mark_borrows import may_give_up
from lowering.ownership.rules import Gives, rule_of, taken
from lowering.ownership.to_owned import owned_by

_PARTS = (StructGetOp, EnumGetOp, VecGetOp)
"""Reads of what the first operand keeps."""

_ASSIGNS_OR_GIVES = (LocalSetOp, IfOp, LoopOp, MatchOp, SwitchOp, DeferOp)
"""Operations of the stage `qz` of which an assignment comes, or a block with arguments."""

_MAY_GIVE_UP = (0, 0)
"""An event behind which what memory referred to may be gone."""

_EITHER = name_property("either")
"""The variable in the place of an argument."""


class _Origins(NamedTuple):
    """Where what a variable is assigned comes from."""

    read: set[SSAValue]
    """What is read, and handed over from block to block, on the way."""
    owners: set[SSAValue]
    """The values of the function with counts of their own that it is read from."""
    cells: set[SSAValue]
    """The variables that may be marked that it is read from."""


class _Variables:
    """The variables of a function that may be marked, each with what it is made with and assigned, and the
    arguments of blocks in whose place there may be such, each with all that it is handed."""

    def __init__(self, function: func.FuncOp) -> None:
        self._owned = owned_by(function)
        self._blocks = blocks_of(function)
        self._branches: dict[int, list[Operation]] = {}
        """By block: the last operation of each that leads to it."""
        for block in self._blocks:
            assert block._last_op is not None
            for successor in block._last_op._successors:
                self._branches.setdefault(id(successor), []).append(block._last_op)
        self.assigned = self._find() | self._find_arguments()
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

    def _find_arguments(self) -> dict[SSAValue, list[SSAValue]]:
        """Those that several blocks hand over which lead nowhere else."""
        found: dict[SSAValue, list[SSAValue]] = {}
        for block in self._blocks[1:]:
            branches = self._branches.get(id(block), ())
            if block._args and len(branches) > 1 and all(type(op) is cf.BranchOp for op in branches):
                for argument in block._args:
                    if is_counted(argument._type) and not _needs_a_count(argument):
                        found[argument] = [branch._operands[argument.index] for branch in branches]
        return found

    def _is_renamed(self, argument: BlockArgument) -> bool:
        """Whether an argument is another name for what is handed over."""
        return len(self._branches.get(id(argument.block), ())) == 1

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
        self._find_bases()
        return [cell for cell in self.assigned if not self._is_kept(cell)]

    def _is_kept(self, cell: SSAValue) -> bool:
        """Whether what keeps all that a variable is assigned is there as long as the variable is used.

        The caller and the variables of the module always are; owners are if the variable is made with
        something of theirs, as it holds on to them then. What it is made with may be counted, too, where it
        is read, and stays as long.
        """
        if cell in self._lost or self._is_kept_to_the_end(cell):
            return False
        base = self._bases.get(cell)
        if isinstance(cell, BlockArgument):
            return base is None or all(map(self._has_base, self.assigned[cell]))
        origins = self.origins[cell]
        assert origins is not None
        init, *further = self.assigned[cell]
        return (base is None or base is init) and not (origins.owners and self._owners_of(further))

    def _owners_of(self, values: list[SSAValue]) -> bool:
        origins = self._origins(values)
        return origins is None or bool(origins.owners)

    def _has_base(self, value: SSAValue) -> bool:
        origins = self._origins([value])
        return origins is not None and any(cell in self._bases for cell in origins.cells)

    def _find_bases(self) -> None:
        """Finds the one value, of something that is owned, that the variables are made with in which, one by
        way of the other, what is in a variable may have been before.

        A variable of which that is not known, or for which there are several, is lost.
        """
        self._bases: dict[SSAValue, SSAValue] = {}
        self._lost: set[SSAValue] = set()
        followers: dict[SSAValue, list[SSAValue]] = {}
        for cell, origins in self.origins.items():
            if origins is None or (origins.owners and isinstance(cell, BlockArgument)):
                self._lost.add(cell)
                continue
            if origins.owners:
                self._bases[cell] = self.assigned[cell][0]
            for other in origins.cells:
                followers.setdefault(other, []).append(cell)
        pending = [*self._lost, *self._bases]
        while pending:
            cell = pending.pop()
            for follower in followers.get(cell, ()):
                if follower in self._lost:
                    continue
                known = self._bases.get(follower)
                if cell in self._lost or known not in (None, self._bases[cell]):
                    self._lost.add(follower)
                elif known is None:
                    self._bases[follower] = self._bases[cell]
                else:
                    continue
                pending.append(follower)

    def _is_kept_to_the_end(self, cell: SSAValue) -> bool:
        """Whether something may happen when the content is given up, so that it matters when."""
        read = [use.operation.results[0] for use in cell.uses if type(use.operation) is LocalGetOp]
        return any(type(use.operation) is KeepOp for value in (cell, *read) for use in value.uses)

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
                if value in self.assigned:
                    found.cells.add(value)
                elif self._is_renamed(value):
                    pending += _handed_by(self._branches[id(value.block)][0], value)
                else:
                    found.owners.add(value)
                    continue
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
        """Marks the variables that are left, and puts others in the place of arguments."""
        arguments = [cell for cell in self.assigned if isinstance(cell, BlockArgument)]
        for cell in self.assigned:
            if isinstance(cell, OpResult):
                cell.op.attributes = {**cell.op.attributes, UNOWNED: UNIT}
        for argument in arguments:
            self._replace(argument, self._bases.get(argument))

    def _replace(self, argument: BlockArgument, base: SSAValue | None) -> None:
        """Puts a variable in the place of an argument, one that holds on to what keeps all it is handed."""
        index, branches = argument.index, self._branches[id(argument.block)]
        place = _first_behind(base) if base is not None else self._blocks[0]._first_op
        assert place is not None
        type_ = argument._type
        if base is None:
            base = put_before(place, ConstOp, (), (type_,), zero_const(type_)).results[0]
        elif base._type != type_:
            # Nobody reads it from there; it only has to stay.
            base = put_before(place, ReinterpretOp, (base,), (type_,)).results[0]
        local = put_before(place, LocalOp, (base,), (LocalType(type_),), _EITHER)
        local.attributes = {UNOWNED: UNIT}
        for branch in branches:
            operands = list(branch._operands)
            put_before(branch, LocalSetOp, (local.results[0], operands.pop(index)))
            branch.operands = operands
        assert argument.block._first_op is not None
        read = put_before(argument.block._first_op, LocalGetOp, local.results, (type_,))
        replace_uses(argument, read.results[0])
        argument.block.erase_arg(argument)


def _needs_a_count(argument: BlockArgument) -> bool:
    """Whether an argument is only taken over, or given to code of which nothing is known.

    Where constants are handed over for one, to own it costs less.
    """
    uses = list(argument.uses)
    return bool(uses) and all(_is_counted_for(argument, use.operation) for use in uses)


def _is_counted_for(argument: BlockArgument, op: Operation) -> bool:
    if type(op) in (LocalSetOp, cf.BranchOp):
        return False
    rule = rule_of(op)
    return argument in taken(rule, op._operands) or (rule.is_call and may_give_up(op))


def _first_behind(value: SSAValue) -> Operation | None:
    """The first operation that comes after a value is there."""
    if isinstance(value, BlockArgument):
        return value.block._first_op
    assert isinstance(value, OpResult)
    return value.op._next_op


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
    """Whether there may be something counted in a variable that is assigned, or handed over.

    Blocks that others hand something to are made of what gives values, none of which is here yet.
    """
    return contents.has_any(_ASSIGNS_OR_GIVES) and has_counted_types(contents.types)


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
