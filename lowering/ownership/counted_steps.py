"""What the operations of a function have to do with counted values, found once for both passes on counts.

Most operations have nothing to do with them. Those that have are steps, each with the values that it takes
over and those that it borrows. A value is held if it is counted itself, or refers to something that is: a
word made of an address, a row of strings. Whose count keeps it is found out in `held_values.py`.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xdsl.dialects import func
from xdsl.ir import Attribute, Block, Operation, OpResult, SSAValue

from dialects.qz.leaves import leaf_types
from dialects.qz.types import LocalType, is_counted
from lowering.op_lists import blocks_of
from lowering.ownership.rules import IMMORTAL, LINKED, OWNERSHIP_RULES, SAME, Rule, rule_of, taken
from lowering.ownership.to_owned import owned_by


@dataclass(slots=True)
class Step:
    """An operation that has to do with counted values: those it takes over or borrows, and held results."""

    op: Operation
    rule: Rule
    taken: tuple[SSAValue, ...]
    borrowed: tuple[SSAValue, ...]
    results: tuple[SSAValue, ...]


class BlockSteps:
    """What one block does with counted values.

    Blocks are referred to by their position in the function. `edges` has each successor with the held values
    it takes over. A block that control comes to from one place only takes over nothing: its arguments are
    what was `handed_over` there.
    """

    __slots__ = ("block", "edges", "handed_over", "position", "predecessors", "steps")

    def __init__(self, block: Block, position: int) -> None:
        self.block = block
        self.position = position
        self.handed_over: tuple[SSAValue, ...] = ()
        self.steps: list[Step] = []
        self.edges: list[tuple[int, tuple[SSAValue, ...]]] = []
        self.predecessors: list[int] = []
        """One for each edge to the block."""

    @property
    def is_doomed(self) -> bool:
        """Whether the program ends here: nothing has to be given back."""
        return not self.edges and not isinstance(self.block._last_op, func.ReturnOp)


def type_has_count(type_: Attribute) -> bool:
    """Whether values of a type, or what is in cells of it, are counted."""
    return is_counted(type_.content if type(type_) is LocalType else type_)


def has_counted_types(types: Iterable[Attribute]) -> bool:
    """Whether a value of some of these types is counted, or a leaf of it is."""
    for type_ in types:
        for leaf in leaf_types(type_):
            if type_has_count(leaf):
                return True
    return False


def is_immortal(value: SSAValue) -> bool:
    """Whether a value is a constant, which has no count."""
    return type(value) is OpResult and rule_of(value.op).gives is IMMORTAL


class CountedSteps:
    """The steps of one function, block by block."""

    __slots__ = ("_has_count", "_held", "blocks", "is_any", "owned")

    def __init__(self, function: func.FuncOp) -> None:
        self._has_count: dict[int, bool] = {}
        self._held: set[int] = set()
        self.owned = owned_by(function)
        """The positions of the parameters that the function owns."""
        self.blocks = _connected(function)
        """Every block, in the order of the text."""
        for block in self.blocks:
            self._read_arguments(block)
            self._read_block(block)
        self.is_any = bool(self._held) or any(
            step.rule.replaces is not None for block in self.blocks for step in block.steps
        )
        """Whether there is anything counted in the function, or something that a constant replaces."""

    def is_tracked(self, value: SSAValue) -> bool:
        """Whether a value is counted, or what is in a cell is."""
        type_ = value._type
        known = self._has_count.get(id(type_))
        if known is None:
            known = self._has_count[id(type_)] = type_has_count(type_)
        return known

    def _read_arguments(self, block: BlockSteps) -> None:
        held = self._held
        if block.handed_over:
            for argument, value in zip(block.block._args, block.handed_over, strict=True):
                if id(value) in held or (self.is_tracked(argument) and not is_immortal(value)):
                    held.add(id(argument))
            return
        for argument in block.block._args:
            if self.is_tracked(argument):
                held.add(id(argument))

    def _read_block(self, block: BlockSteps) -> None:
        held, has_count, rules, steps = self._held, self._has_count, OWNERSHIP_RULES, block.steps
        op = block.block._first_op
        end = block.block._last_op if block.edges else None
        while op is not end:
            assert op is not None
            operands = op._operands
            row = rules[type(op)]
            rule = row if isinstance(row, Rule) else row(op)
            uses_held = False
            for operand in operands:
                if id(operand) in held:
                    uses_held = True
                    break
            results = op.results
            if results and not uses_held:
                # A number made of numbers has nothing to do with counts, as most operations.
                for result in results:
                    if has_count.get(id(result._type), True) and rule.gives is not IMMORTAL:
                        break
                else:
                    results = ()
            if uses_held or results or rule.is_call or rule.replaces is not None:
                self._read_step(steps, op, rule, results)
            op = op._next_op
        self._read_edges(block)

    def _read_step(self, steps: list[Step], op: Operation, rule: Rule, results: tuple[SSAValue, ...]) -> None:
        held, operands = self._held, op._operands
        used = tuple([operand for operand in operands if id(operand) in held])
        found = tuple([result for result in results if self._is_held(rule, result, operands, used)])
        held.update([id(result) for result in found])
        if used or found or rule.is_call or (rule.replaces is not None and self.is_tracked(operands[-1])):
            ours = used and tuple([value for value in taken(rule, operands) if id(value) in held])
            steps.append(Step(op, rule, ours, tuple(_without(used, ours)) if ours else used, found))

    def _is_held(
        self, rule: Rule, result: SSAValue, operands: tuple[SSAValue, ...], used: tuple[SSAValue, ...]
    ) -> bool:
        gives = rule.gives
        if used and (gives is SAME or gives is LINKED):
            return True
        if gives is SAME:
            (base,) = operands
            return self.is_tracked(result) and not is_immortal(base)
        return gives is not IMMORTAL and self.is_tracked(result)

    def _read_edges(self, block: BlockSteps) -> None:
        """Splits the last operands of a branch: each block is handed as many as it has arguments."""
        held = self._held
        last = block.block._last_op
        assert last is not None
        operands = list(last._operands)
        first = len(operands)
        for index in range(len(block.edges) - 1, -1, -1):
            position, _ = block.edges[index]
            successor = self.blocks[position]
            n_arguments = len(successor.block._args)
            if not n_arguments:
                continue
            values = operands[first - n_arguments : first]
            first -= n_arguments
            if len(successor.predecessors) == 1:
                successor.handed_over = tuple(values)
            else:
                block.edges[index] = (position, tuple([value for value in values if id(value) in held]))


def _connected(function: func.FuncOp) -> list[BlockSteps]:
    """The blocks of a function, with edges on which nothing is handed over yet."""
    found = {id(block): BlockSteps(block, position) for position, block in enumerate(blocks_of(function))}
    for steps in found.values():
        last = steps.block._last_op
        assert last is not None
        for target in last._successors:
            successor = found[id(target)]
            successor.predecessors.append(steps.position)
            steps.edges.append((successor.position, ()))
    return list(found.values())


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
