"""Which owners must stay while a value is used, and where they are live: what both passes on counts ask.

An owner is a value that came with a count of its own, or a cell whose content did. Every owner has a bit. To
use a value is to use all owners that it is held by: a field that was read without taking a count is held by
the struct it was read from. Parameters are held by the caller, but for those that a function owns, and
constants by nobody; they need no bit. An argument of a block that control comes to from one place only is
what was handed over there.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Callable

from xdsl.ir import Operation, OpResult, SSAValue

from dialects.qz.properties import UNOWNED
from dialects.qz.types import EnvType, LocalType
from dialects.qz.variables import LocalGetOp, SharedOp
from lowering.ownership.counted_steps import BlockSteps, CountedSteps, Step, is_immortal
from lowering.ownership.rules import LINKED, READ, SAME


def is_cell(owner: SSAValue) -> bool:
    """Whether an owner is on the stack, and its content counted instead of itself."""
    if type(owner._type) is LocalType:
        return True
    return type(owner) is OpResult and type(owner.op) is SharedOp and "stack" in owner.op.properties


def is_unowned(cell: SSAValue) -> bool:
    """Whether a variable owns nothing of what is in it."""
    return type(cell) is OpResult and UNOWNED in cell.op.attributes


class HeldValues:
    """The owners of one function, the values they hold, and what every block does with them."""

    def __init__(
        self, steps: CountedSteps, is_borrowed: Callable[[Operation], bool], *, track_reads: bool
    ) -> None:
        """`is_borrowed` says of a read whether its result is used without a count.

        With `track_reads`, the result of a read has a bit as well, beside those of what holds it.
        """
        self.owners: list[SSAValue] = []
        self.held: dict[int, int] = {}
        """The owners that hold a value, by the value's identity."""
        self.movable: dict[int, int] = {}
        """The owner whose count a value can be handed on with, when both are used for the last time."""
        self.counted_base: dict[int, SSAValue] = {}
        """The counted value that a plain word was made of."""
        self.blocks = steps.blocks
        n = len(steps.blocks)
        self.used_by: list[list[int]] = []
        """By block: the owners of the values that each step takes over or borrows."""
        self.defined_by: list[list[int]] = []
        """By block: the owner that each step makes."""
        self.arguments = [0] * n
        """By block: the owners that its arguments are."""
        self.defined = [0] * n
        """By block: the owners that its steps make."""
        self.used = [0] * n
        """By block: the owners that are needed at its start, its arguments included."""
        self.live_in = [0] * n
        self.live_out = [0] * n
        self._steps = steps
        self._is_borrowed = is_borrowed
        self._track_reads = track_reads
        for block in steps.blocks:
            self._read_arguments(block)
            self._read_steps(block)

    def mask(self, values: tuple[SSAValue, ...]) -> int:
        """The owners that hold any of these values."""
        held = self.held
        mask = 0
        for value in values:
            mask |= held[id(value)]
        return mask

    def owners_in(self, mask: int) -> list[SSAValue]:
        """The owners of a set of bits, the last defined first; of what is defined at once, as the leaves of a
        value are, the first one first."""
        found: list[SSAValue] = []
        start = 0
        while mask:
            position = mask.bit_length() - 1
            value = self.owners[position]
            if found and value.owner is not found[start].owner:
                start = len(found)
            found.insert(start, value)
            mask ^= 1 << position
        return found

    # Reading the function

    def _add_owner(self, value: SSAValue) -> int:
        bit = 1 << len(self.owners)
        self.owners.append(value)
        self.held[id(value)] = bit
        if not is_cell(value):
            self.movable[id(value)] = bit
        return bit

    def _read_arguments(self, block: BlockSteps) -> None:
        if block.handed_over:
            for argument, value in zip(block.block._args, block.handed_over, strict=True):
                self._alias(argument, value)
            return
        owned = self._steps.owned
        for number, argument in enumerate(block.block._args):
            if self._steps.is_tracked(argument):
                if block.position == 0 and number not in owned:
                    self.held[id(argument)] = 0
                else:
                    self.arguments[block.position] |= self._add_owner(argument)

    def _read_steps(self, block: BlockSteps) -> None:
        held = self.held
        used_by: list[int] = []
        defined_by: list[int] = []
        needed = defined = 0
        for step in block.steps:
            used = 0
            for value in step.taken:
                used |= held[id(value)]
            for value in step.borrowed:
                used |= held[id(value)]
            needed |= used & ~defined
            made = 0
            for result in step.results:
                made |= self._read_result(step, result, used)
            defined |= made
            used_by.append(used)
            defined_by.append(made)
        self.used_by.append(used_by)
        self.defined_by.append(defined_by)
        self.used[block.position] = needed
        self.defined[block.position] = defined

    def _read_result(self, step: Step, result: SSAValue, used: int) -> int:
        """Says what holds a result; gives the bit of the owner that it is, or nothing."""
        held, op, rule = self.held, step.op, step.rule
        gives = rule.gives
        if gives is SAME:
            (base,) = op._operands
            self._alias(result, base)
        elif gives is LINKED:
            held[id(result)] = used
        elif gives is not READ:
            return self._add_owner(result)
        else:
            source = next(iter(op._operands), None)
            holders = 0 if source is None else held.get(id(source), 0)
            if rule.place is None:
                held[id(result)] = holders
            elif not self._is_borrowed(op):
                return self._add_owner(result)
            elif self._track_reads:
                bit = self._add_owner(result)
                held[id(result)] = holders | bit
                return bit
            else:
                held[id(result)] = holders
                if type(op) is LocalGetOp and not is_unowned(op._operands[0]):
                    self.movable[id(result)] = holders
        return 0

    def _alias(self, result: SSAValue, base: SSAValue) -> None:
        """Makes a value another name for one seen before."""
        is_tracked = self._steps.is_tracked(result)
        held = self.held.get(id(base))
        if held is None:
            if is_tracked and not is_immortal(base):
                self.held[id(result)] = 0
            return
        self.held[id(result)] = held
        if is_tracked:
            movable = self.movable.get(id(base))
            if movable is not None:
                self.movable[id(result)] = movable
        elif not isinstance(result._type, EnvType):
            self.counted_base[id(result)] = self.counted_base.get(id(base), base)

    # Liveness

    def find_live(self) -> None:
        """Finds the owners that are live where each block begins and ends."""
        blocks = self.blocks
        pending: list[int] = []
        for block in reversed(blocks):
            if self._look_behind(block):
                pending += [position for position in block.predecessors if position >= block.position]
        while pending:
            block = blocks[pending.pop()]
            if self._look_behind(block):
                pending += block.predecessors

    def _look_behind(self, block: BlockSteps) -> bool:
        """Says what is live at the end of a block, and at its start; whether the latter is news."""
        position, live_in = block.position, self.live_in
        live = 0
        for successor, handed in block.edges:
            live |= live_in[successor]
            if handed:
                live |= self.mask(handed)
        self.live_out[position] = live
        live = (self.used[position] | (live & ~self.defined[position])) & ~self.arguments[position]
        is_new = live != live_in[position]
        live_in[position] = live
        return is_new
