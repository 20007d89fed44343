"""Checks the bounds of a counting loop once, before it, where every turn's indices are known by then.

The loop is there twice: without the checks, for when they would all have succeeded, and as it was, so that a
bad index panics in the very turn it always did, after the same effects::

    qz.for %low to %high {          %in_bounds = qz.all { low < high } { low .. high lies within %v } …
    ^bb0(%i):                   →   qz.if %in_bounds {
      … qz.vec_get %v, %i …           qz.for %low to %high { … qz.vec_get unchecked %v, %i … }
    }                               } else {
                                      qz.for %low to %high { … qz.vec_get %v, %i … }
                                    }

Sums are modulo 2 to the 64, in the program and here. The index is `first` in the first turn and has gone
`span` further in the last one, in which `span` as an unsigned word is exact, since low <= high by then. So an
ascending index stays within `size` if first < size and span < size - first, and a descending one if
first < size and span <= first, without sign; a negative `first` is not below any size.
"""

# pyright: reportPrivateUsage=false

from dataclasses import dataclass

from xdsl.dialects import func
from xdsl.dialects.builtin import LocationAttr, ModuleOp
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue

from dialects.fast_ops import (
    append_op,
    append_value,
    attach_before,
    attach_last,
    detached_op,
    region_with_block,
    unlink,
)
from dialects.qz import properties
from dialects.qz.arith import SubOp
from dialects.qz.bits import BitAndOp
from dialects.qz.branches import AllOp, IfOp
from dialects.qz.loops import ForOp
from dialects.qz.scalar import CmpOp, ConstOp, ReinterpretOp
from dialects.qz.strings import StrSizeOp
from dialects.qz.terminators import YieldOp
from dialects.qz.types import StrType, boolean, si64, ui64
from dialects.qz.vec import VecSizeOp
from lowering.loop_accesses import Access, LoopBody, body_of
from lowering.options import LoweringOptions
from lowering.shared_attributes import number_of


@dataclass(frozen=True, slots=True)
class _Code:
    """Where conditions are built."""

    block: Block
    location: LocationAttr

    def emit(
        self,
        op_class: type[Operation],
        operands: tuple[SSAValue, ...],
        type_: Attribute,
        with_: dict[str, Attribute] = properties.NO_PROPERTIES,
    ) -> SSAValue:
        return append_value(self.block, op_class, operands, type_, with_, self.location)

    def compare(self, predicate: str, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        return self.emit(CmpOp, (lhs, rhs), boolean, properties.PREDICATES[predicate])

    def difference(self, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        return self.emit(SubOp, (lhs, rhs), ui64, properties.WRAP)

    def word(self, value: SSAValue) -> SSAValue:
        return self.emit(ReinterpretOp, (value,), ui64)

    def finish(self, condition: SSAValue) -> None:
        append_op(self.block, YieldOp, (condition,), (), properties.NO_PROPERTIES, self.location)


def _runs_at_all(loop: ForOp) -> Region:
    region, block = region_with_block()
    code = _Code(block, loop.location)
    code.finish(code.compare("le" if loop.inclusive is not None else "lt", loop.low, loop.high))
    return region


def _stays_within(loop: ForOp, body: LoopBody, access: Access) -> Region:
    """Whether one index is a good one in every turn of a loop that has a turn."""
    region, block = region_with_block()
    code = _Code(block, loop.location)
    known: dict[SSAValue, SSAValue] = {}
    container = body.value_at_start(access.container, block, known)
    first = code.word(body.value_at_start(access.index, block, known))
    size_op = StrSizeOp if isinstance(container.type, StrType) else VecSizeOp
    size = code.word(code.emit(size_op, (container,), si64))
    within = code.compare("lt", first, size)
    if access.slope != 0:
        span = code.difference(code.word(loop.high), code.word(loop.low))
        if loop.inclusive is None:
            span = code.difference(span, code.emit(ConstOp, (), ui64, properties.int_const(1, ui64)))
        if access.slope > 0:
            reaches = code.compare("lt", span, code.difference(size, first))
        else:
            reaches = code.compare("le", span, first)
        within = code.emit(BitAndOp, (within, reaches), boolean)
    code.finish(within)
    return region


def counts_by_one(loop: ForOp) -> bool:
    """Whether the loop goes up one by one through words."""
    if loop.low.type != si64:
        return False
    step = loop.step
    return step is None or (isinstance(step.owner, ConstOp) and number_of(step.owner.value) == 1)


def _copy_unchecked(loop: ForOp, accesses: list[Access]) -> ForOp:
    """A copy of the loop without the checks of some accesses."""
    spared = {op for access in accesses for op in access.ops}
    copy = loop.clone()
    for old, new in zip(loop.walk(), copy.walk(), strict=True):
        if old in spared:
            new.properties = {**old.properties, **properties.UNCHECKED}
    return copy


def version_loop(loop: ForOp) -> None:
    """Doubles one loop, if that saves a check."""
    if not counts_by_one(loop):
        return
    body = body_of(loop)
    accesses = [] if body is None else body.accesses()
    if body is None or not accesses:
        return
    location = loop.location
    parts = (_runs_at_all(loop), *(_stays_within(loop, body, access) for access in accesses))
    in_bounds = detached_op(AllOp, (), (boolean,), properties.NO_PROPERTIES, location, (), parts)
    unchecked, unchecked_block = region_with_block()
    checked, checked_block = region_with_block()
    choice = detached_op(
        IfOp, in_bounds.results, (), properties.NO_PROPERTIES, location, (), (unchecked, checked)
    )
    attach_before(in_bounds, loop)
    attach_before(choice, loop)
    attach_last(unchecked_block, _copy_unchecked(loop, accesses))
    unlink(loop)
    attach_last(checked_block, loop)
    for block in (unchecked_block, checked_block):
        append_op(block, YieldOp, (), (), properties.NO_PROPERTIES, location)


def version_function(function: func.FuncOp) -> None:
    """Doubles the innermost loops of one function; a loop around another one is never doubled."""
    for op in [op for op in function.walk() if isinstance(op, ForOp)]:
        version_loop(op)


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Doubles loops in every function of a module."""
    del options
    for op in module.ops:
        if isinstance(op, func.FuncOp):
            version_function(op)
