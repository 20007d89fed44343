"""Keeps values in slots of a generator's environment, from where they are made to where they are used.

What can be made again at no cost is: constants, and what follows from a value that is kept. A variable lies
in its slot and nowhere else. Any other value is put into its slot where it is made, and taken from there
wherever it is used in another block.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence

from xdsl.ir import Attribute, Block, Operation, OpResult, SSAValue

from dialects.fast_ops import attach_before, detached_op
from dialects.fast_rewrites import discard, replace_uses
from dialects.qz.generators import SlotGetOp, SlotSetOp
from dialects.qz.panics import DebugBindOp
from dialects.qz.properties import int_attr
from dialects.qz.types import LocalType, is_counted, nullable
from dialects.qz.variables import LocalGetOp, LocalOp, LocalSetOp
from lowering.split_generators.crossing import is_repeatable


class Slots:
    """The slots of one generator: their indices follow those of what its environment captured."""

    def __init__(self, environment: SSAValue, n_captured: int) -> None:
        self.environment = environment
        self.types: list[Attribute] = []
        self._n_captured = n_captured
        self.by_value: dict[int, int] = {}
        """The slots of what is kept, by the identities of the values and of the variables."""

    def add(self, type_: Attribute) -> int:
        """The index of a new slot."""
        self.types.append(type_)
        return self._n_captured + len(self.types) - 1

    def keep(self, values: Sequence[SSAValue]) -> None:
        """Has some values, given in the order in which they are made, where they are used."""
        for value in reversed(values):  # the copies of one may need another that is made before it
            if type(value) is OpResult and is_repeatable(value):
                self._repeat(value.op)
        read: dict[int, SSAValue] = {}
        for value in values:
            if isinstance(value._type, LocalType):
                read |= self._place_variable(value)
        for value in values:
            if not (isinstance(value._type, LocalType) or is_repeatable(value)):
                self._spill(read.get(id(value), value))

    def _repeat(self, op: Operation) -> None:
        """Puts a copy of an operation before each use in another block; the copies' operands are kept too."""
        (result,) = op.results
        for use in _uses_elsewhere(result, op.parent):
            user, index = use
            copy = detached_op(type(op), op._operands, (result._type,), op.properties, op.location)
            attach_before(copy, user)
            user.operands[index] = copy.results[0]
        if result.first_use is None:
            discard(op)

    def _spill(self, value: SSAValue) -> None:
        slot = self.by_value[id(value)] = self.add(value._type)
        block = value.op.parent if type(value) is OpResult else value.owner
        assert isinstance(block, Block)
        for user, index in _uses_elsewhere(value, block):
            user.operands[index] = self._get(slot, value._type, user)
        following = value.op._next_op if type(value) is OpResult else block._first_op
        assert following is not None
        attach_before(self._set(slot, value, following), following)

    def _place_variable(self, cell: SSAValue) -> dict[int, SSAValue]:
        """Has what reads and writes a variable read and write its slot. Gives what is read of it now, by the
        identity of what was: that may have to be kept as well, while the variable changes."""
        read: dict[int, SSAValue] = {}
        assert type(cell) is OpResult
        assert isinstance(cell._type, LocalType)
        slot = self.by_value[id(cell)] = self.add(cell._type.content)
        for use in list(cell.uses):
            user = use.operation
            if type(user) is LocalGetOp:
                (before,) = user.results
                now = read[id(before)] = self._get(slot, before._type, user)
                replace_uses(before, now)
            elif type(user) is LocalSetOp:
                attach_before(self._set(slot, user._operands[1], user), user)
            else:
                assert type(user) is DebugBindOp, user.name
            discard(user)
        made = cell.op
        assert type(made) is LocalOp
        attach_before(self._set(slot, made._operands[0], made), made)
        discard(made)
        return read

    def _get(self, slot: int, type_: Attribute, before: Operation) -> SSAValue:
        op = detached_op(SlotGetOp, (self.environment,), (type_,), {"index": int_attr(slot)}, before.location)
        attach_before(op, before)
        return op.results[0]

    def _set(self, slot: int, value: SSAValue, near: Operation) -> Operation:
        old = (nullable,) if is_counted(value._type) else ()
        operands = (self.environment, value)
        return detached_op(SlotSetOp, operands, old, {"index": int_attr(slot)}, near.location)


def _uses_elsewhere(value: SSAValue, home: Block | None) -> list[tuple[Operation, int]]:
    """The operands that are a value outside the block that makes it."""
    return [(use.operation, use.index) for use in value.uses if use.operation.parent is not home]
