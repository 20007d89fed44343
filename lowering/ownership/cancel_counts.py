"""Leaves out counts where values only change places.

When two places of memory exchange what they hold, each value is given a count for where it goes, and each
place gives up what it held. That is the same two values, so nothing is counted at all::

    %x = qz.vec_get %v, %i                      %x = qz.vec_get %v, %i
    qz.dup %x                                   %y = qz.vec_get %v, %j
    %y = qz.vec_get %v, %j                      qz.vec_set %v, %i, %y
    qz.dup %y                                   qz.vec_set %v, %j, %x
    %old = qz.vec_get %v, %i
    qz.vec_set %v, %i, %y                 →
    qz.drop %old
    %old2 = qz.vec_get %v, %j
    qz.vec_set %v, %j, %x
    qz.drop %old2

What a place holds is known from when it was read or assigned up to where it may be assigned something else. A
count that is taken and given back does nothing, if nothing else is given up in between, and nobody asks how
many there are.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Hashable

from xdsl.dialects import cf, func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation, SSAValue

from dialects.fast_rewrites import discard
from dialects.qz.enums import EnumTagOp
from dialects.qz.ownership import DropOp, DupOp
from dialects.qz.properties import UNCHECKED
from dialects.qz.scalar import ConstOp
from dialects.qz.strings import StrByteAtOp, StrSizeOp
from dialects.qz.structs import StructGetOp, StructSetOp
from dialects.qz.types import is_counted
from dialects.qz.variables import GlobalGetOp, GlobalSetOp, LocalGetOp, LocalSetOp
from dialects.qz.vec import VecGetOp, VecSetOp, VecSizeOp
from lowering.contents import PLAIN, Contents, definitions
from lowering.options import LoweringOptions
from lowering.ownership.counted_steps import has_counted_types
from lowering.ownership.straight_paths import straight_paths
from lowering.shared_attributes import number_of, part_of

_READS = frozenset((VecGetOp, StructGetOp, GlobalGetOp))
_WRITES = frozenset((VecSetOp, StructSetOp, GlobalSetOp))
_LEAVES_COUNTS = PLAIN | {
    *(VecSizeOp, StrSizeOp, StrByteAtOp, EnumTagOp, LocalGetOp, LocalSetOp, cf.BranchOp),
}
"""What neither gives anything up nor asks how many counts there are, and assigns nothing in memory."""


class _Run:
    """What is known along a run of operations."""

    def __init__(self) -> None:
        self._held: dict[tuple[Hashable, ...], SSAValue] = {}
        """What places in memory hold."""
        self._names: dict[SSAValue, SSAValue] = {}
        """What was read by the value that the place was known to hold."""
        self._taken: dict[SSAValue, Operation] = {}
        """Counts that nothing was done with yet, by what they are of."""

    def pass_by(self, op: Operation) -> None:
        """Learns from an operation, and leaves it out with another one if the two come to nothing."""
        if type(op) in _READS:
            if is_counted(op.results[0]._type):
                held = self._held.setdefault(_place(op, op._operands), op.results[0])
                self._names[op.results[0]] = self._named(held)
        elif type(op) in _WRITES:
            if is_counted(op._operands[-1]._type):
                self._assign(op)
        elif type(op) is DupOp and not op.attributes:
            self._taken[self._named(op.value)] = op
        elif type(op) is DropOp and not op.attributes and self._named(op.value) in self._taken:
            old = op.value
            discard(self._taken.pop(self._named(old)))
            discard(op)
            _leave_out_read(old)
        elif type(op) not in _LEAVES_COUNTS:
            self._held.clear()
            self._taken.clear()

    def _named(self, value: SSAValue) -> SSAValue:
        return self._names.get(value, value)

    def _assign(self, write: Operation) -> None:
        *where, value = write._operands
        value = self._named(value)
        place = _place(write, tuple(where))
        for other, held in list(self._held.items()):
            # Two of a kind may be one; then that holds what is assigned, which it is known to do anyway.
            if other[0] == place[0] and held is not value:
                del self._held[other]
        self._held[place] = value


def _place(op: Operation, where: tuple[SSAValue, ...]) -> tuple[Hashable, ...]:
    """The place that an operation reads or writes: the first part is equal for two that may be one, whatever
    types they are known by."""
    if isinstance(op, GlobalGetOp | GlobalSetOp):
        return (op.properties["name"],)
    is_element = isinstance(op, VecGetOp | VecSetOp)
    number = part_of(op) if is_element else number_of(op.properties["index"])
    return ((is_element, number), *[_identity(value) for value in where])


def _identity(value: SSAValue) -> Hashable:
    made_by = value.owner
    number = number_of(made_by.properties["value"]) if isinstance(made_by, ConstOp) else None
    return value if number is None else number


def _leave_out_read(old: SSAValue) -> None:
    """Leaves out a read, right before the place is assigned, of what need not be given up; the write checks
    the index then, if that did."""
    read = old.owner
    if old.first_use is not None or not isinstance(read, Operation) or type(read) not in _READS:
        return
    write = read._next_op
    if write is None or type(write) not in _WRITES or write._operands[:-1] != read._operands:
        return
    if type(write) is VecSetOp and "unchecked" not in read.properties:
        write.properties = {name: value for name, value in write.properties.items() if name not in UNCHECKED}
    discard(read)


def cancel_in_function(function: func.FuncOp) -> None:
    """Does it in one function."""
    for ops in straight_paths(function):
        if any(type(op) is DropOp for op in ops) and any(type(op) in _WRITES for op in ops):
            run = _Run()
            for op in ops:
                if op.parent is not None:
                    run.pass_by(op)


def concerns(contents: Contents) -> bool:
    """Whether places in memory are assigned, and something is counted."""
    return contents.has_any(_WRITES) and has_counted_types(contents.types)


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Does it in every function of a module; trusted code counts by hand."""
    if options.trusted:
        return
    for function in definitions(module):
        cancel_in_function(function)
