"""Checks the bounds of a loop once, before it, where every turn's indices are known by then.

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

A nest of loops is doubled as a whole where `nest_accesses` knows of an access that all turns of all its loops
are fine; what is left of checks in either copy may then go with the innermost loops.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation, Region, SSAValue

from dialects.fast_ops import (
    append_op,
    attach_before,
    attach_last,
    detached_op,
    region_with_block,
    unlink,
)
from dialects.qz import properties
from dialects.qz.branches import AllOp, IfOp
from dialects.qz.loops import ForOp, WhileOp
from dialects.qz.scalar import ConstOp
from dialects.qz.terminators import YieldOp
from dialects.qz.types import boolean, ui64
from lowering.bounds.condition_code import ConditionCode
from lowering.bounds.loop_accesses import Access, LoopBody, body_of, counts_by_one
from lowering.bounds.nest_accesses import nest_of
from lowering.bounds.while_accesses import while_body_of
from lowering.contents import Contents, definitions
from lowering.op_lists import ops_of_classes, ops_with_regions
from lowering.options import LoweringOptions

_LOOPS = (ForOp, WhileOp)


def _runs_at_all(loop: ForOp) -> Region:
    code = ConditionCode.begin(loop.location)
    return code.finish(code.compare("le" if loop.inclusive is not None else "lt", loop.low, loop.high))


def _stays_within(loop: ForOp, body: LoopBody, access: Access) -> Region:
    """Whether one index is a good one in every turn of a loop that has a turn."""
    code = ConditionCode.begin(loop.location)
    known: dict[SSAValue, SSAValue] = {}
    container = body.value_at_start(access.container, code.block, known)
    first = code.word(body.value_at_start(access.index, code.block, known))
    size = code.word(code.size_of(container))
    within = code.compare("lt", first, size)
    if access.slope != 0:
        span = code.difference(code.word(loop.high), code.word(loop.low))
        if loop.inclusive is None:
            span = code.difference(span, code.emit(ConstOp, (), ui64, properties.int_const(1, ui64)))
        if access.slope > 0:
            reaches = code.compare("lt", span, code.difference(size, first))
        else:
            reaches = code.compare("le", span, first)
        within = code.both(within, reaches)
    return code.finish(within)


def _conditions(loop: ForOp | WhileOp) -> tuple[Sequence[Region], set[Operation]]:
    """What has to hold for some accesses of a loop to need no check, and these accesses."""
    if isinstance(loop, WhileOp):
        between = while_body_of(loop)
        return ([], set()) if between is None else between.conditions()
    nest = nest_of(loop)
    if nest is not None:
        regions, spared = nest.conditions()
        return [_runs_at_all(loop), *regions], spared
    body = body_of(loop) if counts_by_one(loop) else None
    accesses = [] if body is None else body.accesses()
    if body is None or not accesses:
        return [], set()
    within = [_stays_within(loop, body, access) for access in accesses]
    rows = body.row_conditions(loop.location)
    return [_runs_at_all(loop), *rows, *within], {op for access in accesses for op in access.ops}


def _copy_unchecked(loop: ForOp | WhileOp, spared: set[Operation]) -> ForOp | WhileOp:
    """A copy of the loop without the checks of some accesses."""
    copy = loop.clone()
    for old, new in zip(loop.walk(), copy.walk(), strict=True):
        if old in spared:
            new.properties = {**old.properties, **properties.UNCHECKED}
    return copy


def _all_of(parts: Sequence[Region], loop: ForOp | WhileOp) -> SSAValue:
    """Whether all conditions hold, found out before a loop."""
    if len(parts) > 1:
        found = detached_op(AllOp, (), (boolean,), properties.NO_PROPERTIES, loop.location, (), tuple(parts))
        attach_before(found, loop)
        return found.results[0]
    *ops, end = parts[0].block.ops
    for op in ops:
        unlink(op)
        attach_before(op, loop)
    return end.operands[0]


def version_loop(loop: ForOp | WhileOp) -> bool:
    """Doubles one loop, if that saves a check; whether it did."""
    parts, spared = _conditions(loop)
    if not spared:
        return False
    location = loop.location
    in_bounds = _all_of(parts, loop)
    unchecked, unchecked_block = region_with_block()
    checked, checked_block = region_with_block()
    choice = detached_op(IfOp, (in_bounds,), (), properties.NO_PROPERTIES, location, (), (unchecked, checked))
    attach_before(choice, loop)
    attach_last(unchecked_block, _copy_unchecked(loop, spared))
    unlink(loop)
    attach_last(checked_block, loop)
    for block in (unchecked_block, checked_block):
        append_op(block, YieldOp, (), (), properties.NO_PROPERTIES, location)
    return True


def _version_nests(around: Operation) -> None:
    """Doubles the outermost nests in an operation."""
    for op in ops_with_regions(around):
        if not (type(op) is ForOp and nest_of(op) is not None and version_loop(op)):
            _version_nests(op)


def version_function(function: func.FuncOp) -> None:
    """Doubles the nests of one function, each as a whole, then the innermost loops that have checks still."""
    _version_nests(function)
    for op in ops_of_classes(function, _LOOPS):
        assert isinstance(op, ForOp | WhileOp)
        if not (type(op) is ForOp and nest_of(op) is not None):
            version_loop(op)


def concerns(contents: Contents) -> bool:
    """Whether there is a loop that might be doubled."""
    return contents.has_any((ForOp, WhileOp))


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Doubles loops in every function of a module."""
    del options
    for function in definitions(module):
        version_function(function)
