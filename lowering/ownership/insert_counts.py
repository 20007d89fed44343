"""Makes ownership explicit: takes a count where a value gets another owner, gives it back after the last use.

The rules of `lowering/ownership/rules.py` say what each operation takes over. A value that is used once more
after it was taken over gets a count for that first; where it is not, its own count goes along. What an
operation replaces in memory is read before and dropped after::

    qz.vec_push %v, %s                          qz.dup %s
    %n = qz.str_size %s                         qz.vec_push %v, %s
                                          →     %n = qz.str_size %s
                                                qz.drop %s
    qz.local_set %cell, %t                      %old = qz.local_get %cell
                                                qz.local_set %cell, %t
                                                qz.drop %old

This is done on flat control flow, where it is a question of liveness: every way out of a block is an edge,
and an owner that is live before an edge and not behind it is dropped there. Nothing has to be known of other
functions. Nothing is dropped on the way to the end of the program. An owner whose parts are handed over, and
which is not used otherwise, is dropped before that and not behind it: whoever gets the parts may be the only
one to have them then.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterable, Iterator, Sequence

from xdsl.dialects import cf, func
from xdsl.dialects.builtin import LocationAttr, ModuleOp, SymbolRefAttr
from xdsl.ir import Attribute, Block, Operation, SSAValue

from dialects.fast_ops import append_block, append_op, attach_before, attach_last, detached_op, new_block
from dialects.qz.leaves import has_leaves, leaf_types
from dialects.qz.ownership import DropOp, DupOp
from dialects.qz.properties import DROPS, UNCHECKED, int_attr
from dialects.qz.types import LocalType, SharedType, is_counted
from dialects.qz.variables import LocalGetOp, SharedGetOp
from dialects.qz.vec import VecGetOp
from lowering.contents import Contents, definitions
from lowering.options import LoweringOptions
from lowering.ownership.counted_steps import BlockSteps, CountedSteps, Step, has_counted_types
from lowering.ownership.held_values import HeldValues, is_cell, is_unowned
from lowering.ownership.mark_borrows import BORROWED, mark_reads
from lowering.ownership.rules import READ
from lowering.shared_attributes import NO_PROPERTIES, Properties

_RUNTIME_PREFIX = "rt."


class _Place:
    """A place in a block, behind an operation; in front of all others without one."""

    __slots__ = ("_behind", "_block", "_location")

    def __init__(self, block: Block, behind: Operation | None, location: LocationAttr) -> None:
        self._block = block
        self._behind = behind
        self._location = location

    @classmethod
    def before(cls, op: Operation) -> "_Place":
        """The place before an operation."""
        assert op.parent is not None
        return cls(op.parent, op._prev_op, op.location)

    @classmethod
    def after(cls, op: Operation) -> "_Place":
        """The place behind an operation."""
        assert op.parent is not None
        return cls(op.parent, op, op.location)

    def put(
        self,
        op_class: type[Operation],
        operands: tuple[SSAValue, ...],
        results: tuple[Attribute, ...] = (),
        with_: Properties = NO_PROPERTIES,
    ) -> Operation:
        """Puts an operation there, behind those put there earlier."""
        op = detached_op(op_class, operands, results, with_, self._location)
        following = self._block._first_op if self._behind is None else self._behind._next_op
        if following is None:
            attach_last(self._block, op)
        else:
            attach_before(op, following)
        self._behind = op
        return op

    def dup(self, values: Iterable[SSAValue]) -> None:
        """Takes a count on each of some values."""
        for value in values:
            self.put(DupOp, (value,))

    def drop(self, owners: Iterable[SSAValue]) -> None:
        """Gives back the counts of owners; a cell gives back that of its content."""
        for owner in owners:
            if not is_cell(owner):
                self.put(DropOp, (owner,))
                continue
            type_ = owner._type
            assert isinstance(type_, LocalType | SharedType)
            read = LocalGetOp if isinstance(type_, LocalType) else SharedGetOp
            is_in_parts = has_leaves(type_.content)
            for index, leaf in enumerate(leaf_types(type_.content)):
                if is_counted(leaf):
                    part: Properties = {"part": int_attr(index)} if is_in_parts else {}
                    self.put(DropOp, self.put(read, (owner,), (leaf,), part).results)


class _Inserter:
    """Inserts the counts of one function."""

    def __init__(self, function: func.FuncOp, values: HeldValues, *, is_trusted: bool) -> None:
        self._function = function
        self._values = values
        self._is_trusted = is_trusted

    def run(self) -> None:
        """Inserts everything: on the edges first, so that it stands in front of what their targets need."""
        values = self._values
        firsts = [block.block._first_op for block in values.blocks]
        for block in values.blocks:
            self._leave(block)
        for position, block in enumerate(values.blocks):
            live = values.live_out[position]
            unused = values.arguments[position] & ~(values.used[position] | live & ~values.defined[position])
            if unused and not block.is_doomed:
                first = firsts[position]
                assert first is not None
                _Place.before(first).drop(values.owners_in(unused))
            used_by, defined_by = values.used_by[position], values.defined_by[position]
            steps = zip(reversed(block.steps), reversed(used_by), reversed(defined_by), strict=True)
            for step, used, made in steps:
                self._pass(block, step, used, made, live)
                live = live & ~made | used

    # Operations

    def _pass(self, block: BlockSteps, step: Step, used: int, made: int, live: int) -> None:
        """Inserts what an operation needs, given the owners it uses and makes and those live after it."""
        values, op, rule = self._values, step.op, step.rule
        live_after = live & ~made
        copied: Sequence[SSAValue] = ()
        moved = 0
        if step.taken:
            needed = live_after
            if type(rule.takes) is tuple:
                needed |= self._looked_at(step)  # whoever gets the whole may give it up and look at a part
            copied, moved = self._hand_over(step.taken, needed)
        dying = used & ~live_after & ~moved
        is_simple = rule.replaces is None and not values.counted_base
        if is_simple and not (copied or dying or (made & live if rule.gives is READ else made & ~live)):
            return  # as most do
        before = _Place.before(op)
        before.dup(copied)
        if values.counted_base:
            before.dup(self._pinned_by(step))
        if copied and not block.is_doomed:
            # Those whose parts are all that is used here need not wait: the parts have counts of their own.
            spent = dying & ~self._looked_at(step)
            before.drop(values.owners_in(spent))
            dying &= ~spent
        if type(op) is func.ReturnOp:
            before.drop(values.owners_in(dying))
        elif not (block.is_doomed and op._next_op is block.block._last_op):
            self._put_behind(step, before, live & made, made & ~live, dying)

    def _put_behind(self, step: Step, before: _Place, kept: int, unused: int, dying: int) -> None:
        """Inserts what an operation needs behind it: `kept` and `unused` are its result's bit, or nothing."""
        op, after = step.op, _Place.after(step.op)
        if step.rule.gives is READ:
            unused = 0
            if type(op) is LocalGetOp and kept and dying and not is_unowned(op._operands[0]):
                dying = 0  # the last look at a cell takes what is in it
            elif kept:
                after.dup(op.results)
        if step.rule.replaces is not None and is_counted(op._operands[-1]._type):
            after.put(DropOp, (_read_before(step.rule.replaces, op, before),))
        # What an operation was given ends with it; its result somebody has from then on, if only in name.
        if dying:
            after.drop(self._values.owners_in(dying))
        if unused:
            after.drop(self._values.owners_in(unused))

    def _hand_over(self, taken: tuple[SSAValue, ...], live_after: int) -> tuple[list[SSAValue], int]:
        """The values that need a count more to be taken over, and the owners whose own count goes along."""
        values = self._values
        copied: list[SSAValue] = []
        moved = 0
        for value in taken:
            if id(value) in values.counted_base:
                continue
            bit = values.movable.get(id(value), 0)
            if bit and not bit & (live_after | moved):
                moved |= bit
            else:
                copied.append(value)
        return copied, moved

    def _looked_at(self, step: Step) -> int:
        """The owners of what an operation uses without taking over a count on it."""
        words = self._values.counted_base
        return self._values.mask((*step.borrowed, *[value for value in step.taken if id(value) in words]))

    def _pinned_by(self, step: Step) -> Iterator[SSAValue]:
        """The values whose addresses go where nobody knows for how long they are needed, as plain words.

        They get a count that is never given back. The runtime, and C, are trusted with addresses.
        """
        words = self._values.counted_base
        if not words or self._is_trusted:
            return
        yield from [words[id(value)] for value in step.taken if id(value) in words]
        if type(step.op) is func.CallOp:
            callee = step.op.properties["callee"]
            assert isinstance(callee, SymbolRefAttr)
            if not callee.root_reference.data.startswith(_RUNTIME_PREFIX):
                yield from [words[id(value)] for value in step.borrowed if id(value) in words]

    # Edges

    def _leave(self, block: BlockSteps) -> None:
        """Inserts what each way out of a block needs."""
        values = self._values
        live_out = values.live_out[block.position]
        done: list[int] = []
        for position, handed in block.edges:
            live_in = values.live_in[position]
            dying = live_out & ~live_in
            if not (dying or handed) or position in done:
                continue
            done.append(position)
            successor = values.blocks[position]
            copied, moved = self._hand_over(handed, live_in)
            if not self._is_trusted:
                words = values.counted_base
                copied += [words[id(value)] for value in handed if id(value) in words]
            dying &= ~moved
            if dying and successor.is_doomed:
                dying = 0
            if copied or dying:
                place = self._place_on_edge(block, successor)
                place.dup(copied)
                place.drop(values.owners_in(dying))

    def _place_on_edge(self, source: BlockSteps, target: BlockSteps) -> _Place:
        """A place that control comes by only on its way from one block to another."""
        terminator, successor = source.block._last_op, target.block
        assert terminator is not None
        if len(source.edges) == 1:
            return _Place.before(terminator)
        if len(target.predecessors) == 1:
            return _Place(successor, None, terminator.location)
        between = new_block([argument._type for argument in successor._args])
        append_op(between, cf.BranchOp, between._args, (), NO_PROPERTIES, terminator.location, (successor,))
        append_block(self._function.body, between)
        terminator.successors = [between if block is successor else block for block in terminator._successors]
        return _Place(between, None, terminator.location)


def _read_before(read: type[Operation], write: Operation, before: _Place) -> SSAValue:
    """Reads what a write is about to replace. The read checks the index, so the write need not."""
    *where, value = write._operands
    op = before.put(read, tuple(where), (value._type,), write.properties)
    if read is VecGetOp:
        write.properties = {**write.properties, **UNCHECKED}
    return op.results[0]


def _is_marked(op: Operation) -> bool:
    return BORROWED in op.attributes


def insert_into(function: func.FuncOp, steps: CountedSteps, *, is_trusted: bool) -> None:
    """Inserts the counts of one function."""
    if not steps.is_any:
        return
    values = HeldValues(steps, _is_marked, track_reads=False)
    values.find_live()
    _Inserter(function, values, is_trusted=is_trusted).run()


def concerns(contents: Contents) -> bool:
    """Whether there is anything to count."""
    return has_counted_types(contents.types)


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Inserts the counts of every function of a module."""
    for function in definitions(module):
        insert_into(function, CountedSteps(function), is_trusted=options.trusted)


def mark_and_insert(module: ModuleOp, options: LoweringOptions) -> None:
    """Does what `mark_borrows` and this pass do one after the other, with one look at each function."""
    for function in definitions(module):
        steps = CountedSteps(function)
        mark_reads(function, steps, shows_drops=DROPS in module.attributes)
        insert_into(function, steps, is_trusted=options.trusted)
