"""The state of expanding one function: the leaves of each value that has some, and building."""

# pyright: reportPrivateUsage=false

from collections.abc import Iterable, Sequence

from xdsl.dialects.builtin import UNKNOWN_LOC, LocationAttr
from xdsl.dialects.func import FuncOp
from xdsl.ir import Attribute, Block, Operation, SSAValue

from dialects.fast_ops import attach_before, detached_op
from dialects.fast_rewrites import replace_uses
from dialects.qz.leaves import flattened, has_leaves, leaf_types
from lowering.shared_attributes import NO_PROPERTIES, Properties


class Expansion:
    """Expands one function. New operations are put before the one that is being replaced."""

    def __init__(self, symbol: str) -> None:
        self.symbol = symbol
        self.functions: list[FuncOp] = []
        """Functions made on the way, which belong to the module."""
        self.replaced: list[Operation] = []
        self.reads: list[Operation] = []
        """Operations that only read a leaf, and are not needed if nobody uses it."""
        self._leaves: dict[int, Sequence[SSAValue]] = {}
        self._here: Operation
        self._location: LocationAttr = UNKNOWN_LOC

    def begin(self, op: Operation) -> None:
        """What is made from here on stands for an operation."""
        self._here = op
        self._location = op.location

    # Leaves

    def leaves(self, value: SSAValue) -> Sequence[SSAValue]:
        """The leaves of a value, or the cells of those of a local."""
        return self._leaves.get(id(value)) or (value,)

    def flattened(self, values: Iterable[SSAValue]) -> list[SSAValue]:
        """The leaves of several values."""
        return [leaf for value in values for leaf in self.leaves(value)]

    def define(self, value: SSAValue, leaves: Sequence[SSAValue]) -> None:
        """Says what stands for a value of the old operation, which has leaves or is one."""
        if has_leaves(value.type):
            self._leaves[id(value)] = leaves
        else:
            (leaf,) = leaves
            replace_uses(value, leaf)

    def define_cells(self, local: SSAValue, cells: Sequence[SSAValue]) -> None:
        """Says which cells hold the leaves of a local."""
        self._leaves[id(local)] = cells

    def expand_arguments(self, block: Block) -> None:
        """Gives a block an argument for each leaf of those that have some, which stay there until the end."""
        for argument in block.args:
            type_ = argument.type
            if has_leaves(type_):
                at = argument.index + 1
                leaves = [block.insert_arg(leaf, at + k) for k, leaf in enumerate(leaf_types(type_))]
                self._leaves[id(argument)] = leaves

    # Building

    def emit(
        self,
        op_class: type[Operation],
        operands: Sequence[SSAValue],
        types: Sequence[Attribute] = (),
        properties: Properties = NO_PROPERTIES,
    ) -> Operation:
        """Makes an op where the old one stands."""
        op = detached_op(op_class, operands, types, properties, self._location)
        attach_before(op, self._here)
        return op

    def read(
        self,
        op_class: type[Operation],
        operands: Sequence[SSAValue],
        type_: Attribute,
        properties: Properties = NO_PROPERTIES,
    ) -> SSAValue:
        """Makes an op that does nothing but give a leaf."""
        op = self.emit(op_class, operands, (type_,), properties)
        self.reads.append(op)
        return op.results[0]

    def discard(self, op: Operation) -> None:
        """Says that the old op has been replaced."""
        self.replaced.append(op)

    def rebuild(self, op: Operation, properties: Properties | None = None) -> None:
        """Makes the same op on leaves: operands and results in the place of each value that has some."""
        types = flattened([result._type for result in op.results])
        operands = self.flattened(op._operands)
        new = detached_op(
            type(op),
            operands,
            types,
            op.properties if properties is None else properties,
            op.location,
            op._successors,
        )
        new.attributes = op.attributes
        attach_before(new, op)
        first = 0
        for result in op.results:
            n = len(flattened((result._type,)))
            self.define(result, new.results[first : first + n])
            first += n
        self.discard(op)
