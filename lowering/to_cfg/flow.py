"""The state of the walk: blocks still to be read, and what leaving each of them means."""

# pyright: reportPrivateUsage=false

from dataclasses import dataclass
from typing import TypeAlias

from xdsl.dialects import cf, func
from xdsl.dialects.builtin import IntegerAttr, LocationAttr
from xdsl.ir import Block, Operation, Region, SSAValue

from dialects.fast_ops import append_op, new_block, splice_after
from dialects.fast_rewrites import become_last, discard, replace_uses
from dialects.qz.scalar import ConstOp
from lowering.shared_attributes import NO_PROPERTIES, segment_properties


@dataclass(frozen=True, slots=True)
class Goto:
    """A yield goes to `target` and hands it its values."""

    target: Block


@dataclass(frozen=True, slots=True)
class Decide:
    """A yield of one i1 chooses between two blocks, each with its own arguments."""

    if_true: Block
    if_false: Block
    true_values: tuple[SSAValue, ...] = ()
    false_values: tuple[SSAValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Leave:
    """A yield leaves what is around it up to `until`, for `target`, or for the caller if that is None.

    The values are those of the yield where none are given here.
    """

    target: Block | None
    until: "Around"
    values: tuple[SSAValue, ...] | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """An enclosing loop, as break and continue see it."""

    label: str | None
    after: Block
    next_turn: Block
    outer: "Around"


@dataclass(frozen=True, slots=True)
class Cleanup:
    """An enclosing scope that is not left without its cleanup.

    There is a copy of the cleanup for each place that is left for, shared by all that leave for there; its
    arguments are the values taken along. `at_end` is where the end of the scope leads.
    """

    region: Region
    outer: "Around"
    at_end: "Leave"
    copies: dict[Block | None, Block]


Around: TypeAlias = Loop | Cleanup | None
"""The innermost loop or scope around a block, which knows the one around itself."""

OnYield: TypeAlias = Goto | Decide | Leave


@dataclass(frozen=True, slots=True)
class Scope:
    """What a yield, a break, a continue, a return and a take mean in a block."""

    on_yield: OnYield | None
    loop: Around
    arms: tuple[Block, ...] = ()


class Flow:
    """Flattens one function.

    Blocks are taken from a stack and put at the end of the function as they are read, so that the text
    keeps the order of the source and a definition precedes its uses. Nesting costs no Python recursion.
    """

    __slots__ = ("block", "cleanups", "pending", "scope")

    def __init__(self, entry: Block) -> None:
        self.pending: list[tuple[Block, Scope]] = [(entry, Scope(None, None))]
        self.cleanups: list[Region] = []
        self.block = entry
        self.scope = self.pending[0][1]

    def split_after(self, op: Operation) -> Block:
        """Moves what follows a structured op to a new block, whose arguments replace the op's results."""
        results = op.results
        after = new_block([result._type for result in results])
        splice_after(op, after)
        for result, argument in zip(results, after._args, strict=True):
            replace_uses(result, argument)
        self.pending.append((after, self.scope))
        return after

    def enter(self, region: Region, on_yield: OnYield | None, loop: Around) -> Block:
        """Schedules the single block of a region, to be read before everything scheduled earlier."""
        return self.enter_part(region, on_yield, loop, self.scope.arms)

    def enter_part(
        self, region: Region, on_yield: OnYield | None, loop: Around, arms: tuple[Block, ...]
    ) -> Block:
        """Schedules the block of a region of a match, in which a take leads to one of its arms."""
        block = region._first_block
        assert block is not None
        assert block._next_block is None
        self.pending.append((block, Scope(on_yield, loop, arms)))
        return block

    def schedule(self, block: Block) -> None:
        """Schedules a block made here, whose terminator is already one of the cf dialect."""
        self.pending.append((block, Scope(None, None)))

    def jump(self, target: Block, values: tuple[SSAValue, ...], location: LocationAttr) -> None:
        """Ends the current block with a branch."""
        jump(self.block, target, values, location)

    def leave(
        self,
        op: Operation,
        target: Block | None,
        until: Around,
        values: tuple[SSAValue, ...] | None = None,
    ) -> None:
        """Has the current block end with whatever cleanup is due on the way out, and the way out.

        The values that go along are those of its last operation, which is replaced, unless others are given.
        """
        around = self.scope.loop
        while around is not until and around is not None:
            if isinstance(around, Cleanup):
                kept = tuple(op._operands) if values is None else values
                target = self._cleanup(around, target, until, kept)
                break
            around = around.outer
        if values is not None:
            discard(op)
            if target is None:
                append_op(self.block, func.ReturnOp, values, (), NO_PROPERTIES, op.location)
            else:
                self.jump(target, values, op.location)
        elif target is None:
            become_last(op, func.ReturnOp, NO_PROPERTIES, ())
        else:
            become_last(op, cf.BranchOp, NO_PROPERTIES, (target,))

    def _cleanup(
        self, cleanup: Cleanup, target: Block | None, until: Around, values: tuple[SSAValue, ...]
    ) -> Block:
        """The copy of a cleanup behind which control goes on to the target."""
        copy = cleanup.copies.get(target)
        if copy is None:
            copy = cleanup.copies[target] = cleanup.region.clone().detach_block(0)
            kept = tuple([copy.insert_arg(value.type, index) for index, value in enumerate(values)])
            self.pending.append((copy, Scope(Leave(target, until, kept), cleanup.outer)))
        return copy


def is_true(const: ConstOp) -> bool:
    """The value of a constant that is a Bool."""
    value = const.properties["value"]
    assert isinstance(value, IntegerAttr)
    return value.value.data != 0


def jump(block: Block, target: Block, values: tuple[SSAValue, ...], location: LocationAttr) -> None:
    """Ends a block with a branch."""
    append_op(block, cf.BranchOp, values, (), NO_PROPERTIES, location, (target,))


def decide(block: Block, condition: SSAValue, choice: Decide, location: LocationAttr) -> None:
    """Ends a block with a conditional branch, or with a plain one where the outcome is known."""
    true_values, false_values = choice.true_values, choice.false_values
    if type(condition.owner) is ConstOp:
        if is_true(condition.owner):
            jump(block, choice.if_true, true_values, location)
        else:
            jump(block, choice.if_false, false_values, location)
        return
    append_op(
        block,
        cf.ConditionalBranchOp,
        (condition, *true_values, *false_values),
        (),
        segment_properties(1, len(true_values), len(false_values)),
        location,
        (choice.if_true, choice.if_false),
    )
