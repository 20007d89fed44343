"""Which owners must stay while a value is used, and where they are live: what both passes on counts ask.

An owner is a value that came with a count of its own, or a cell whose content did. Every owner has a bit. To
use a value is to use all owners that it is held by: a field that was read without taking a count is held by
the struct it was read from. Parameters are held by the caller and constants by nobody; they need no bit. An
argument of a block that control comes to from one place only is what was handed over there.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from xdsl.dialects import func
from xdsl.ir import Attribute, Block, Operation, SSAValue

from dialects.qz.struct_type import leaf_types
from dialects.qz.types import EnvType, LocalType, is_counted
from dialects.qz.variables import LocalGetOp, SharedOp
from lowering.ownership_rules import IMMORTAL, LINKED, READ, SAME, Rule, rule_of, taken


@dataclass(slots=True)
class Step:
    """An operation that has to do with counted values: those it takes over and those it borrows.

    `used` are the owners of all of them, `defined` is the owner that it makes.
    """

    op: Operation
    rule: Rule
    taken: tuple[SSAValue, ...]
    borrowed: tuple[SSAValue, ...]
    used: int
    defined: int


@dataclass(slots=True)
class BlockFacts:
    """What one block does with counted values.

    `edges` has each successor with what it takes over, `arguments` and `defined` the owners that the block's
    arguments and operations make, `used` those that are needed at its start, its arguments included.
    """

    block: Block
    steps: list[Step] = field(default_factory=list[Step])
    edges: list[tuple[Block, tuple[SSAValue, ...]]] = field(
        default_factory=list[tuple[Block, tuple[SSAValue, ...]]]
    )
    arguments: int = 0
    defined: int = 0
    used: int = 0
    live_in: int = 0
    live_out: int = 0

    @property
    def is_doomed(self) -> bool:
        """Whether the program ends here: nothing has to be given back."""
        return not self.edges and not isinstance(self.block._last_op, func.ReturnOp)


def type_has_count(type_: Attribute) -> bool:
    """Whether values of a type, or what is in cells of it, are counted."""
    return is_counted(type_.content if type(type_) is LocalType else type_)


def has_counted_types(types: Iterable[Attribute]) -> bool:
    """Whether a value of some of these types is counted, or a leaf of it is."""
    return any(type_has_count(leaf) for type_ in types for leaf in leaf_types(type_))


def is_cell(owner: SSAValue) -> bool:
    """Whether an owner is on the stack, and its content counted instead of itself."""
    if type(owner._type) is LocalType:
        return True
    op = owner.owner
    return isinstance(op, SharedOp) and op.on_stack is not None


class HeldValues:
    """The owners of one function, the values they hold, and what every block does with them."""

    def __init__(
        self, function: func.FuncOp, is_borrowed: Callable[[Operation], bool], *, track_reads: bool
    ) -> None:
        """`is_borrowed` says of a read whether its result is used without a count.

        With `track_reads`, the result of a read has a bit as well, beside those of what holds it.
        """
        self.owners: list[SSAValue] = []
        self.held: dict[int, int] = {}
        """The owners that hold a counted value, by the value's identity."""
        self.movable: dict[int, int] = {}
        """The owner whose count a value can be handed on with, when both are used for the last time."""
        self._bits: dict[int, int] = {}
        self.counted_base: dict[int, SSAValue] = {}
        """The counted value that a plain word was made of."""
        self.blocks: list[BlockFacts] = []
        self._facts: dict[int, BlockFacts] = {}
        self._is_borrowed = is_borrowed
        self._track_reads = track_reads
        self._has_count: dict[int, bool] = {}
        self._handed_to: dict[int, tuple[SSAValue, ...]] = {}
        self.n_edges_to: dict[int, int] = {}
        for block in function.body.blocks:
            facts = BlockFacts(block)
            self.blocks.append(facts)
            self._facts[id(block)] = facts
            last = block._last_op
            assert last is not None
            for successor in last._successors:
                self.n_edges_to[id(successor)] = self.n_edges_to.get(id(successor), 0) + 1
        for argument in self.blocks[0].block._args:
            if self._is_tracked(argument):
                self.held[id(argument)] = 0
        for facts in self.blocks:
            if facts is not self.blocks[0]:
                self._read_arguments(facts)
            self._read_block(facts)

    def __bool__(self) -> bool:
        """Whether there is anything counted in the function."""
        return bool(self.held)

    def facts_of(self, block: Block) -> BlockFacts:
        """What a block does."""
        return self._facts[id(block)]

    def mask(self, values: tuple[SSAValue, ...]) -> int:
        """The owners that hold any of these values."""
        held = self.held
        mask = 0
        for value in values:
            mask |= held[id(value)]
        return mask

    def owners_in(self, mask: int) -> Iterator[SSAValue]:
        """The owners of a set of bits, in order of definition."""
        while mask:
            lowest = mask & -mask
            yield self.owners[lowest.bit_length() - 1]
            mask ^= lowest

    # Reading the function

    def _is_tracked(self, value: SSAValue) -> bool:
        type_ = value._type
        known = self._has_count.get(id(type_))
        if known is None:
            known = self._has_count[id(type_)] = type_has_count(type_)
        return known

    def _add_owner(self, value: SSAValue) -> int:
        bit = 1 << len(self.owners)
        self.owners.append(value)
        self.held[id(value)] = bit
        self._bits[id(value)] = bit
        if not is_cell(value):
            self.movable[id(value)] = bit
        return bit

    def _read_arguments(self, facts: BlockFacts) -> None:
        arguments = facts.block._args
        if not arguments:
            return
        if self.n_edges_to.get(id(facts.block)) == 1:
            for argument, value in zip(arguments, self._handed_to[id(facts.block)], strict=True):
                self._alias(argument, value)
            return
        for argument in arguments:
            if self._is_tracked(argument):
                facts.arguments |= self._add_owner(argument)

    def _read_block(self, facts: BlockFacts) -> None:
        held, has_count = self.held, self._has_count
        op = facts.block._first_op
        while op is not None:
            operands = op._operands
            if op._successors:
                self._read_edges(facts, op)
            else:
                rule = rule_of(op)
                used = tuple([operand for operand in operands if id(operand) in held])
                is_step = bool(used) or rule.is_call
                defined = 0
                for result in op.results:
                    # A number made of numbers has nothing to do with counts, as most operations.
                    if used or has_count.get(id(result._type), True):
                        self._read_result(facts, op, rule, result)
                        if id(result) in held:
                            is_step = True
                            defined |= self._bits.get(id(result), 0)
                if is_step or (rule.replaces is not None and self._is_tracked(operands[-1])):
                    ours = used and tuple([value for value in taken(rule, operands) if id(value) in held])
                    borrowed = used if not ours else tuple(_without(used, ours))
                    facts.steps.append(Step(op, rule, ours, borrowed, self.mask(used), defined))
            op = op._next_op

    def _read_edges(self, facts: BlockFacts, op: Operation) -> None:
        """Splits the last operands of a branch: each block is handed as many as it has arguments."""
        held, operands = self.held, op._operands
        first = len(operands) - sum([len(successor._args) for successor in op._successors])
        for successor in op._successors:
            following = first + len(successor._args)
            values = tuple(operands[first:following])
            if self.n_edges_to[id(successor)] == 1:
                self._handed_to[id(successor)] = values
                values = ()
            facts.edges.append((successor, tuple([value for value in values if id(value) in held])))
            first = following

    def _read_result(self, facts: BlockFacts, op: Operation, rule: Rule, result: SSAValue) -> None:
        held, operands, gives = self.held, op._operands, rule.gives
        if gives is SAME:
            self._alias(result, operands[0])
        elif gives is LINKED:
            held[id(result)] = self.mask(tuple([value for value in operands if id(value) in held]))
        elif gives is IMMORTAL or not self._is_tracked(result):
            pass
        elif gives is READ and rule.place is None:
            held[id(result)] = held.get(id(operands[0]), 0)
        elif gives is READ and self._is_borrowed(op):
            held[id(result)] = held.get(id(operands[0]), 0) if operands else 0
            if self._track_reads:
                facts.defined |= self._add_owner_beside(result)
            elif type(op) is LocalGetOp:
                self.movable[id(result)] = held[id(operands[0])]
        else:
            facts.defined |= self._add_owner(result)

    def _add_owner_beside(self, result: SSAValue) -> int:
        holders = self.held[id(result)]
        bit = self._add_owner(result)
        self.held[id(result)] = holders | bit
        return bit

    def _alias(self, result: SSAValue, base: SSAValue) -> None:
        """Makes a value another name for one seen before."""
        held = self.held.get(id(base))
        if held is None:
            if self._is_tracked(result) and not _is_immortal(base):
                self.held[id(result)] = 0
            return
        self.held[id(result)] = held
        if self._is_tracked(result):
            movable = self.movable.get(id(base))
            if movable is not None:
                self.movable[id(result)] = movable
        elif not isinstance(result._type, EnvType):
            self.counted_base[id(result)] = self.counted_base.get(id(base), base)

    # Liveness

    def find_live(self) -> None:
        """Finds the owners that are live where each block begins and ends."""
        predecessors: dict[int, list[BlockFacts]] = {}
        for facts in self.blocks:
            for successor, _ in facts.edges:
                predecessors.setdefault(id(successor), []).append(facts)
        for facts in self.blocks:
            needed = 0
            for step in reversed(facts.steps):
                needed = needed & ~step.defined | step.used
            facts.used = needed
        pending = list(self.blocks)
        waiting = {id(facts) for facts in pending}
        while pending:
            facts = pending.pop()
            waiting.discard(id(facts))
            live = 0
            for successor, handed in facts.edges:
                live |= self.facts_of(successor).live_in | self.mask(handed)
            facts.live_out = live
            live_in = (facts.used | (live & ~facts.defined)) & ~facts.arguments
            if live_in != facts.live_in:
                facts.live_in = live_in
                for predecessor in predecessors.get(id(facts.block), ()):
                    if id(predecessor) not in waiting:
                        waiting.add(id(predecessor))
                        pending.append(predecessor)

    def defined_by(self, op: Operation) -> int:
        """The bits of the owners that an operation makes."""
        bits = 0
        for result in op.results:
            bits |= self._bits.get(id(result), 0)
        return bits


def _is_immortal(value: SSAValue) -> bool:
    """Whether a value without a count is a constant."""
    owner = value.owner
    return isinstance(owner, Operation) and rule_of(owner).gives is IMMORTAL


def _without(used: tuple[SSAValue, ...], ours: tuple[SSAValue, ...]) -> Iterator[SSAValue]:
    """The values of the first tuple that are left when those of the second are taken out, one for one."""
    rest = list(ours)
    for value in used:
        for position, other in enumerate(rest):
            if other is value:
                del rest[position]
                break
        else:
            yield value


def has_counted_values(function: func.FuncOp) -> bool:
    """Whether there is anything to count in a function."""
    known: dict[int, bool] = {}
    block = function.body._first_block
    while block is not None:
        for argument in block._args:
            if type_has_count(argument._type):
                return True
        op = block._first_op
        while op is not None:
            for result in op.results:
                type_ = result._type
                found = known.get(id(type_))
                if found is None:
                    found = known[id(type_)] = type_has_count(type_)
                if found:
                    return True
            op = op._next_op
        block = block._next_block
    return False
