"""Which accesses of a counting loop go straight through their vector, and how to compute where they start.

An index that is a wrapping sum of the induction variable, taken once, and of values that stay the same is
known from its first value on: turn after turn it grows, or shrinks, by one. The first value is what the
index's own operations give with the loop's lower end in place of the induction variable, so nothing is
solved, only copied. So is the vector: `a[i]` is the same one in every turn if neither `i` changes nor any
element that is a vector is assigned.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xdsl.dialects import func
from xdsl.dialects.builtin import IntegerAttr, LocationAttr, StringAttr
from xdsl.ir import Block, BlockArgument, Operation, OpResult, Region, SSAValue

from dialects.fast_ops import append_value
from dialects.qz.arith import OPS as ARITH_OPS
from dialects.qz.arith import AddOp, MulOp, NegOp, SubOp
from dialects.qz.bits import OPS as BITS_OPS
from dialects.qz.branches import AllOp, AnyOp, IfOp
from dialects.qz.leaves import n_leaves
from dialects.qz.loops import ForOp
from dialects.qz.panics import DebugBindOp, PanicOp
from dialects.qz.properties import UNCHECKED, leaves_memory
from dialects.qz.scalar import OPS as SCALAR_OPS
from dialects.qz.scalar import CastOp, CmpOp, ConstOp, NotOp
from dialects.qz.strings import StrByteAtOp, StrConstOp, StrSizeOp
from dialects.qz.structs import StructGetOp, StructSetOp
from dialects.qz.terminators import OPS as TERMINATORS
from dialects.qz.terminators import UnreachableOp, YieldOp
from dialects.qz.types import StrType, VecType, si64
from dialects.qz.value_structs import ValueGetOp, ValueNewOp
from dialects.qz.variables import (
    GlobalGetOp,
    GlobalSetOp,
    LocalGetOp,
    LocalOp,
    LocalSetOp,
    SharedGetOp,
    SharedOp,
    SharedSetOp,
)
from dialects.qz.vec import VecGetOp, VecSetOp, VecSizeOp
from lowering.bounds.condition_code import ConditionCode
from lowering.shared_attributes import number_of

MAX_OPS = 64
"""Operations in the body of a loop that is looked at, those in nested regions included."""

_KEEPS_SIZES = frozenset(
    (
        *ARITH_OPS,
        *BITS_OPS,
        *SCALAR_OPS,
        *TERMINATORS,
        *(AllOp, AnyOp, IfOp, DebugBindOp, PanicOp),
        *(LocalOp, LocalGetOp, LocalSetOp, GlobalGetOp, GlobalSetOp, StructGetOp, StructSetOp),
        *(SharedOp, SharedGetOp, SharedSetOp, ValueNewOp, ValueGetOp),
        *(StrConstOp, StrSizeOp, StrByteAtOp, VecGetOp, VecSetOp, VecSizeOp),
    )
)
"""What a body may consist of: nothing that could change the size of any vector, call, or loop."""


def ops_of_turns(region: Region) -> Iterator[Operation]:
    """The operations of a loop's region and of those inside, but for what nothing comes back from: whatever
    a region that ends in a panic does, no turn follows it."""
    for block in region.blocks:
        for op in block.ops:
            yield op
            for inner in op.regions:
                if type(inner.blocks[-1].last_op) is not UnreachableOp:
                    yield from ops_of_turns(inner)


def keeps_sizes(op: Operation) -> bool:
    """Whether an operation may be in a body: one of those, or a call that leaves memory as it is."""
    if type(op) is func.CallOp:
        return leaves_memory(op)
    return type(op) in _KEEPS_SIZES


_STEADY = frozenset(
    (
        *(ConstOp, CmpOp, NotOp, CastOp, StrConstOp, StrSizeOp, VecSizeOp, ValueNewOp, ValueGetOp),
        *BITS_OPS,
    )
)
"""Operations without effects that give the same for the same operands while no size changes."""

_WRAPPING = frozenset((AddOp, SubOp, MulOp, NegOp))
ACCESSES = frozenset((VecGetOp, VecSetOp, StrByteAtOp))
_WRAP = StringAttr("wrap")


def is_checked(op: Operation) -> bool:
    """Whether an operation is an access of which it is not plain that it is inside, as `v[i]` in
    `for i in 0..v.size` is, where nobody needs a condition."""
    return type(op) in ACCESSES and "unchecked" not in op.properties and not _is_plainly_inside(op)


def _is_plainly_inside(access: Operation) -> bool:
    container, index = access._operands[:2]
    loop = index.owner.parent_op() if isinstance(index, BlockArgument) else None
    if not isinstance(loop, ForOp) or loop.inclusive is not None or not counts_by_one(loop):
        return False
    size, low = loop.high.owner, loop.low.owner
    if not isinstance(size, VecSizeOp | StrSizeOp) or size._operands[0] is not container:
        return False
    first = number_of(low.value) if isinstance(low, ConstOp) else None
    return first is not None and first >= 0 and _keeps_sizes_between(size, loop)


def _keeps_sizes_between(first: Operation, last: Operation) -> bool:
    """Whether no size changes between two operations of a block."""
    op: Operation | None = first
    while op is not None and op is not last:
        if op.regions or not keeps_sizes(op):
            return False
        op = op._next_op
    return op is last


@dataclass(frozen=True, slots=True)
class Access:
    """A vector or string, an index into it, and what the index gains with every turn: -1, 0 or 1."""

    container: SSAValue
    index: SSAValue
    slope: int
    ops: Sequence[Operation]


class LoopBody:
    """The operations of a loop that change no vector's size; a loop by one has a counter as well.

    Those that are `certain` run in the first turn whatever its conditions say, unless it panics. Nothing is
    known of what is `varying`: the arguments of loops inside.
    """

    def __init__(
        self,
        counter: SSAValue | None,
        low: SSAValue | None,
        ops: Sequence[Operation],
        certain: Iterable[Operation],
        varying: Iterable[SSAValue] = (),
    ) -> None:
        self._counter = counter
        self._low = low
        self._inside = {result for op in ops for result in op.results}
        self._written = {target for op in ops for target in _written_by(op)}
        self._certain = set(certain)
        self._ops = ops
        self._rows: dict[Operation, None] = {}
        """The elements that were computed before the loop, each behind those that it is an element of."""
        self._slopes: dict[SSAValue, int | None] = dict.fromkeys(varying)
        if counter is not None:
            self._slopes[counter] = 1

    def accesses(self) -> list[Access]:
        """The checked accesses whose place in every turn is known before the loop, each index once."""
        found: dict[tuple[SSAValue, SSAValue], list[Operation]] = {}
        for op in self._ops:
            if is_checked(op):
                found.setdefault((op._operands[0], op._operands[1]), []).append(op)
        return [
            Access(container, index, slope, ops)
            for (container, index), ops in found.items()
            if self.slope(container) == 0 and (slope := self.slope(index)) in (-1, 0, 1)
        ]

    def value_at_start(self, value: SSAValue, block: Block, known: dict[SSAValue, SSAValue]) -> SSAValue:
        """Computes what a value is in the first turn, at the end of a block before the loop.

        Only for values that have a slope. `known` is what the block has already. If there are `rows` among
        what it takes, their conditions have to hold by then.
        """
        if value is self._counter:
            assert self._low is not None
            return self._low
        if value not in self._inside:
            return value
        copied = known.get(value)
        if copied is None:
            op = value.owner
            assert isinstance(op, Operation)
            operands = [self.value_at_start(operand, block, known) for operand in op._operands]
            properties = op.properties
            if type(op) is VecGetOp:
                self._rows[op] = None
                properties = {**properties, **UNCHECKED}
            copied = append_value(block, type(op), operands, value.type, properties, op.location)
            known[value] = copied
        return copied

    def row_conditions(self, location: LocationAttr) -> list[Region]:
        """Whether the vectors and strings that were taken out of vectors before the loop are there."""
        conditions: list[Region] = []
        for row in list(self._rows):
            code = ConditionCode.begin(location)
            known: dict[SSAValue, SSAValue] = {}
            container, index = (self.value_at_start(part, code.block, known) for part in row._operands)
            size = code.word(code.size_of(container))
            conditions.append(code.finish(code.compare("lt", code.word(index), size)))
        return conditions

    def slope(self, value: SSAValue) -> int | None:
        """What a value gains with every turn, modulo 2 to the 64; None if that is not known."""
        if value in self._slopes:
            return self._slopes[value]
        if value not in self._inside:
            return 0
        slope = self._slope_of_result(value.op) if isinstance(value, OpResult) else None
        self._slopes[value] = slope
        return slope

    def _slope_of_result(self, op: Operation) -> int | None:
        slopes = [self.slope(operand) for operand in op._operands]
        if None in slopes or not self._is_computable_before(op):
            return None
        known = [slope for slope in slopes if slope is not None]
        match op:
            case AddOp():
                return sum(known)
            case SubOp():
                return known[0] - known[1]
            case NegOp():
                return -known[0]
            case _:
                return None if any(known) else 0

    def _is_computable_before(self, op: Operation) -> bool:
        """Whether the op may run before the loop, though a turn may not get to it, and gives the same."""
        op_class = type(op)
        if op_class in _WRAPPING:
            return op.properties.get("overflow") == _WRAP
        if op_class in _STEADY:
            return True
        if not self._written.isdisjoint(_read_by(op)):
            return False
        # A field, or a variable of the module, may be worth nothing until a condition says otherwise.
        if op_class in (LocalGetOp, SharedGetOp) or _is_row(op):
            return True
        return op_class in (StructGetOp, GlobalGetOp) and op in self._certain


def _is_row(op: Operation) -> bool:
    """Whether an op takes a vector or a string out of a vector."""
    return type(op) is VecGetOp and isinstance(op.result.type, VecType | StrType)


def counts_by_one(loop: ForOp) -> bool:
    """Whether the loop goes up one by one through words."""
    if loop.low.type != si64:
        return False
    step = loop.step
    return step is None or (isinstance(step.owner, ConstOp) and number_of(step.owner.value) == 1)


def body_of(loop: ForOp) -> LoopBody | None:
    """The body of a loop that the analysis understands."""
    ops: list[Operation] = []
    for op in ops_of_turns(loop.body):
        ops.append(op)
        if len(ops) > MAX_OPS or not keeps_sizes(op):
            return None
    block = loop.body.block
    return LoopBody(block.args[0], loop.low, ops, first_turn(block))


def _written_by(op: Operation) -> Iterable[object]:
    """The variables, fields and elements that an op may write, as `_read_by` names them."""
    match op:
        case LocalSetOp() | SharedSetOp():
            return (op.cell,)
        case GlobalSetOp():
            return (op.properties["name"],)
        case StructSetOp():
            return _words(op.index, op.value)
        case VecSetOp():
            return (op.vec.type,)
        case _:
            return ()


def _read_by(op: Operation) -> Iterable[object]:
    match op:
        case LocalGetOp() | SharedGetOp():
            return (op.cell,)
        case GlobalGetOp():
            return (op.properties["name"],)
        case StructGetOp():
            return _words(op.index, op.result)
        case VecGetOp():
            return (op.vec.type,)
        case _:
            return ()


def _words(index: IntegerAttr, value: SSAValue) -> Iterable[object]:
    """The words of a heap struct that a field takes."""
    first = index.value.data
    return [("word", first + k) for k in range(n_leaves(value.type))]


def first_turn(block: Block) -> Iterable[Operation]:
    """The operations that a turn gets to whatever its conditions say, unless it panics."""
    for op in block.ops:
        yield op
        if any(type(inner) in TERMINATORS and type(inner) is not YieldOp for inner in op.walk()):
            return
