"""Finds the reads whose results can be used without a count, and marks them.

What was read from memory stays as long as the memory refers to it, so a count is needed only if something may
be written there, or code may run of which nothing is known and which may reach it, before the result is used
for the last time. What is read from must stay as well; `insert_counts` sees to that::

    %a = qz.struct_get %s[0]                   %a = qz.struct_get %s[0] {qz.borrowed}
    %n = qz.str_size %a                   →    %n = qz.str_size %a
    %b = qz.struct_get %s[0]                   %b = qz.struct_get %s[0]
    qz.struct_set %s[0], %c                    qz.struct_set %s[0], %c
    %m = qz.str_size %b                        %m = qz.str_size %b

Nothing is ever written to a field that is steady, whatever code runs. In a program where it shows when values
are given up, code of which nothing is known may run wherever the last holder of one lets go.

Something is known of a function that calls itself: if it writes nothing to memory and calls nobody else of
whom nothing is known, its calls of itself leave alone what was read. So a walk through a tree counts nothing.

Without a mark a read takes a count of its own, which is always right.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Collection, Hashable

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp, SymbolRefAttr
from xdsl.ir import Attribute, Operation, OpResult, SSAValue

from dialects.qz.ownership import KeepOp
from dialects.qz.properties import DROPS, UNIT, leaves_memory
from dialects.qz.structs import StructGetOp, StructNewOp, StructSetOp
from dialects.qz.types import LocalType, SharedType, VecType, is_counted, may_have_drop
from dialects.qz.variables import LocalGetOp, LocalSetOp
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
from lowering.contents import Contents, definitions
from lowering.options import LoweringOptions
from lowering.ownership.counted_steps import BlockSteps, CountedSteps, Step, has_counted_types
from lowering.ownership.held_values import HeldValues, is_unowned
from lowering.ownership.rules import READ, Takes, rule_of

BORROWED = "qz.borrowed"
"""The mark: an attribute of the read."""

_KEEPING_MODULES = frozenset(("rt.string", "rt.string_builder", "rt.show", "rt.parse", "rt.io"))
"""Modules of the runtime whose functions replace nothing in any vector, struct or variable of the program."""


def keeps_references(op: Operation) -> bool:
    """Whether a call leaves alone whatever the program's memory refers to."""
    return leaves_memory(op) or _symbol_called(op).partition("$")[0] in _KEEPING_MODULES


def may_give_up(op: Operation) -> bool:
    """Whether an operation may give up what memory refers to, apart from variables of the function."""
    rule = rule_of(op)
    if rule.is_call:
        return not keeps_references(op)
    if type(op) is LocalSetOp or rule.place is None or rule.gives is READ:
        return type(op) is KeepOp  # what is kept for the end of its scope has a `drop`, which may do anything
    return rule.takes is not Takes.LAST or is_counted(op._operands[-1]._type)


def _symbol_called(op: Operation) -> str:
    """The function that an operation calls; empty if it is no call of one that is known."""
    callee = op.properties.get("callee")
    return callee.root_reference.data if isinstance(callee, SymbolRefAttr) else ""


def _changes_nothing(name: str, counted: CountedSteps) -> bool:
    """Whether a function calls itself, and leaves memory alone if its calls of itself do."""
    steps = [step for block in counted.blocks for step in block.steps]
    if not any(step.rule.is_call and _symbol_called(step.op) == name for step in steps):
        return False
    for step in steps:
        rule = step.rule
        is_unknown = rule.is_call and not keeps_references(step.op) and _symbol_called(step.op) != name
        is_write = rule.place is not None and rule.gives is not READ and type(step.op) is not LocalSetOp
        # What is kept for the end of its scope has a `drop`, which may do anything.
        if is_unknown or is_write or type(step.op) is KeepOp:
            return False
    return True


_BUILDERS = frozenset((VecNewOp, VecLitOp, VecFilledOp, StructNewOp))

_ACCESSES = frozenset(
    (VecGetOp, VecSetOp, VecSizeOp, VecPushOp, VecPopUncheckedOp, VecClearOp, StructGetOp, StructSetOp)
)
"""Operations that do with their first operand nothing but read it and write into it."""


def _is_private(container: SSAValue | None) -> bool:
    """Whether code elsewhere cannot reach a vector or struct, as it is made here and given to nobody."""
    if not isinstance(container, OpResult) or type(container.op) not in _BUILDERS:
        return False
    return all(use.index == 0 and type(use.operation) in _ACCESSES for use in container.uses)


class _Reads:
    """The reads of a function by what they read, and those that need a count."""

    def __init__(self, values: HeldValues, *, shows_drops: bool) -> None:
        """`shows_drops` says that code may run where values are given up."""
        self._values = values
        self._shows_drops = shows_drops
        self.ops: dict[int, Operation] = {}
        """Every read of a counted value, by its bit."""
        self._reads = 0
        self.counted = 0
        self.is_any_dropped = False
        """Whether code may run because a value is given up."""
        self._through_variables = 0
        """What is read of variables that own nothing: it may lie anywhere in memory."""
        self._at_place: dict[Hashable, int] = {}
        self._in_memory = 0
        for block, defined_by in zip(values.blocks, values.defined_by, strict=True):
            for step, bit in zip(block.steps, defined_by, strict=True):
                if bit and _is_read(step):
                    self._add(step, bit)
        self._with_drop = self._owners_with_drop() if shows_drops else 0
        """What has something to do, perhaps, when it is given up; reads do not give it up as long as they
        need no count."""

    def _add(self, step: Step, bit: int) -> None:
        op = step.op
        self.ops[bit] = op
        self._reads |= bit
        if "steady" in op.properties:
            return
        for place_of in (step.rule.place, step.rule.within):
            if place_of is not None:
                place = place_of(op)
                self._at_place[place] = self._at_place.get(place, 0) | bit
        if isinstance(op, LocalGetOp):
            if is_unowned(op._operands[0]):
                self._through_variables |= bit
                self._in_memory |= bit
        elif not _is_private(op._operands[0] if op._operands else None):
            self._in_memory |= bit

    def _owners_with_drop(self) -> int:
        mask = 0
        for number, owner in enumerate(self._values.owners):
            type_ = owner._type
            if may_have_drop(type_.content if isinstance(type_, LocalType | SharedType) else type_):
                mask |= 1 << number
        return mask

    def look(self, harmless: Collection[str]) -> None:
        """Finds the reads that need a count. `harmless` are functions whose calls leave memory alone."""
        self.counted = 0
        self.is_any_dropped = False
        is_new = True
        while is_new:
            before = self.counted
            for block in self._values.blocks:
                self._look_at(block, harmless)
            # What has a count is given up, and so may make other reads need one.
            is_new = self.counted != before and bool(self._with_drop)

    def _look_at(self, block: BlockSteps, harmless: Collection[str]) -> None:
        """Finds what the operations of a block may free while it is still used."""
        values, position = self._values, block.position
        live = values.live_out[position]
        if self._with_drop:
            for successor, _ in block.edges:
                self._give_up(live & ~values.live_in[successor], values.live_in[successor])
        used_by, defined_by = values.used_by[position], values.defined_by[position]
        steps = zip(reversed(block.steps), reversed(used_by), reversed(defined_by), strict=True)
        for step, used, made in steps:
            if self._with_drop:
                self._give_up_with(step, used, made, live)
            live &= ~made
            if step.rule.is_call:
                if not keeps_references(step.op) and _symbol_called(step.op) not in harmless:
                    # The callee may free what it was given, if nobody else keeps it.
                    self.counted |= (live | used) & self._in_memory
            elif type(step.op) is KeepOp:
                self.counted |= live & self._in_memory  # its `drop` runs behind that
            elif step.rule.place is not None and step.rule.gives is not READ:
                self.counted |= live & self._at_place.get(step.rule.place(step.op), 0)
                if self._through_variables and may_give_up(step.op):
                    self.counted |= live & self._through_variables
                if self._shows_drops and may_have_drop(_given_up_by(step.op)):
                    self.counted |= live & self._in_memory
            live |= used
        if self._with_drop:
            self._give_up(values.arguments[position] & ~live, live)

    def _give_up_with(self, step: Step, used: int, made: int, live: int) -> None:
        """Finds what is lost when what is used, or made, for the last time is given up."""
        handed_on = 0
        for value in step.taken:
            handed_on |= self._values.movable.get(id(value), 0)
        # Where something is taken over, what is not may be given up before.
        self._give_up((used & ~handed_on | made) & ~live, live & ~made | (used if step.taken else 0))

    def _give_up(self, owners: int, used: int) -> None:
        """Finds what is lost of what is still used when some owners are given up."""
        if owners & self._with_drop & (~self._reads | self.counted):
            self.is_any_dropped = True
            self.counted |= used & self._in_memory


def _given_up_by(write: Operation) -> Attribute:
    """The type of what a write to memory gives up."""
    if type(write) is not VecClearOp:
        return write._operands[-1]._type
    emptied = write._operands[0]._type
    assert isinstance(emptied, VecType)
    return emptied.element


def _is_read(step: Step) -> bool:
    """Whether a counted value is read that may be replaced."""
    return step.rule.gives is READ and step.rule.place is not None and bool(step.results)


def _may_be_borrowed(read: Operation) -> bool:
    del read
    return True


def mark_reads(function: func.FuncOp, steps: CountedSteps, *, shows_drops: bool) -> None:
    """Marks the reads of one function, of a program in which it shows or not when values are given up."""
    if not any(_is_read(step) for block in steps.blocks for step in block.steps):
        return
    values = HeldValues(steps, _may_be_borrowed, track_reads=True)
    values.find_live()
    name = function.sym_name.data
    reads = _Reads(values, shows_drops=shows_drops)
    harmless = (name,) if _changes_nothing(name, steps) else ()
    reads.look(harmless)
    if harmless and reads.is_any_dropped:
        reads.look(())
    for bit, op in reads.ops.items():
        if not bit & reads.counted:
            op.attributes = {**op.attributes, BORROWED: UNIT}


def concerns(contents: Contents) -> bool:
    """Whether there is anything to count."""
    return has_counted_types(contents.types)


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Marks the reads of every function of a module."""
    del options
    for function in definitions(module):
        mark_reads(function, CountedSteps(function), shows_drops=DROPS in module.attributes)
