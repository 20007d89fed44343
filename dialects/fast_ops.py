"""Lean construction of operations and blocks: what `Op.create` does, at a quarter of its cost.

This is the one module that touches private fields of xDSL, which is why xDSL is pinned exactly; a unit test
compares its results with those of `Op.create` field by field. Fields whose class-level default is right are
left unset, which costs neither time nor memory. Nothing is checked here: operands must be SSA values, the
types right, the regions unattached. Property dictionaries are taken over, not copied, and may be shared
between operations, so they must never be changed in place.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from xdsl.dialects.builtin import (
    UNKNOWN_LOC,
    FileLineColLoc,
    IntAttr,
    LocationAttr,
    ModuleOp,
    StringAttr,
)
from xdsl.ir import Attribute, Block, BlockArgument, Operation, OpResult, Region, SSAValue, SSAValues, Use

from dialects.fast_attributes import int_data

OpT = TypeVar("OpT", bound=Operation)

_new = object.__new__
_set = object.__setattr__  # past the freezing of attributes, which then need no dictionary of their own
_NO_PROPERTIES: dict[str, Attribute] = {}
_MAX_SHARED = 4096


def _record_uses(op: Operation, used: Sequence[SSAValue] | Sequence[Block]) -> tuple[Use, ...]:
    uses: list[Use] = []
    for index, value in enumerate(used):
        use = _new(Use)
        use._operation = op
        use._index = index
        first = value.first_use
        if first is not None:
            use._next_use = first
            first._prev_use = use
        value.first_use = use
        uses.append(use)
    return tuple(uses)


def _make_result(op: Operation, index: int, type_: Attribute) -> OpResult:
    result = _new(OpResult)
    result._type = type_
    result.op = op
    result.index = index
    return result


def detached_op(
    cls: type[OpT],
    operands: Sequence[SSAValue] = (),
    result_types: Sequence[Attribute] = (),
    properties: dict[str, Attribute] = _NO_PROPERTIES,
    location: LocationAttr = UNKNOWN_LOC,
    successors: Sequence[Block] = (),
    regions: tuple[Region, ...] = (),
) -> OpT:
    """Makes an operation that stands in no block yet."""
    op = _new(cls)
    if operands:
        op._operands = SSAValues(operands)
        op._operand_uses = _record_uses(op, operands)
    if len(result_types) == 1:
        op.results = SSAValues((_make_result(op, 0, result_types[0]),))
    elif result_types:
        op.results = SSAValues([_make_result(op, k, type_) for k, type_ in enumerate(result_types)])
    op.properties = properties
    op.attributes = {}
    op.location = location
    if successors:
        op._successors = tuple(successors)
        op._successor_uses = _record_uses(op, successors)
    if regions:
        op.regions = regions
        for region in regions:
            region.parent = op
    return op


def append_op(
    block: Block,
    cls: type[OpT],
    operands: Sequence[SSAValue] = (),
    result_types: Sequence[Attribute] = (),
    properties: dict[str, Attribute] = _NO_PROPERTIES,
    location: LocationAttr = UNKNOWN_LOC,
    successors: Sequence[Block] = (),
    regions: tuple[Region, ...] = (),
) -> OpT:
    """Makes an operation at the end of a block."""
    op = detached_op(cls, operands, result_types, properties, location, successors, regions)
    attach_last(block, op)
    return op


def append_value(
    block: Block,
    cls: type[Operation],
    operands: Sequence[SSAValue],
    result_type: Attribute,
    properties: dict[str, Attribute] = _NO_PROPERTIES,
    location: LocationAttr = UNKNOWN_LOC,
) -> OpResult:
    """Makes an operation with one result at the end of a block, and gives the result.

    The body repeats that of `detached_op` without what a plain value never has: this is the hottest function
    of IR construction.
    """
    op = _new(cls)
    if operands:
        uses: list[Use] = []
        for index, value in enumerate(operands):
            use = _new(Use)
            use._operation = op
            use._index = index
            first = value.first_use
            if first is not None:
                use._next_use = first
                first._prev_use = use
            value.first_use = use
            uses.append(use)
        op._operands = SSAValues(operands)
        op._operand_uses = tuple(uses)
    result = _new(OpResult)
    result._type = result_type
    result.op = op
    result.index = 0
    op.results = SSAValues((result,))
    op.properties = properties
    op.attributes = {}
    op.location = location
    op.parent = block
    last = block._last_op
    if last is None:
        block._first_op = op
    else:
        op._prev_op = last
        last._next_op = op
    block._last_op = op
    return result


def attach_last(block: Block, op: Operation) -> None:
    """Puts a detached operation at the end of a block."""
    op.parent = block
    last = block._last_op
    op._prev_op = last
    if last is None:
        block._first_op = op
    else:
        last._next_op = op
    block._last_op = op


def put_before(
    existing: Operation,
    cls: type[OpT],
    operands: Sequence[SSAValue] = (),
    result_types: Sequence[Attribute] = (),
    properties: dict[str, Attribute] = _NO_PROPERTIES,
) -> OpT:
    """Makes an operation before one that stands in a block, as if it were written there."""
    op = detached_op(cls, operands, result_types, properties, existing.location)
    attach_before(op, existing)
    return op


def attach_before(op: Operation, existing: Operation) -> None:
    """Puts a detached operation before one that stands in a block."""
    block = existing.parent
    assert block is not None
    op.parent = block
    before = existing._prev_op
    op._prev_op = before
    op._next_op = existing
    existing._prev_op = op
    if before is None:
        block._first_op = op
    else:
        before._next_op = op


def unlink(op: Operation) -> None:
    """Takes an operation out of its block and leaves its operands and uses alone."""
    block = op.parent
    assert block is not None
    before, after = op._prev_op, op._next_op
    if before is None:
        block._first_op = after
    else:
        before._next_op = after
    if after is None:
        block._last_op = before
    else:
        after._prev_op = before
    op.parent = None
    op._prev_op = None
    op._next_op = None


def splice_after(source: Operation, target: Block) -> None:
    """Moves the operations after `source` to the end of another block.

    It takes the same time for any number of them, since whoever reads a block from its start splits it again
    and again: it is the reader who gives each its new `parent`, as it comes to it.
    """
    first = source._next_op
    if first is None:
        return
    block = source.parent
    assert block is not None
    last = block._last_op
    source._next_op = None
    block._last_op = source
    end = target._last_op
    first._prev_op = end
    if end is None:
        target._first_op = first
    else:
        end._next_op = first
    target._last_op = last


def new_block(arg_types: Sequence[Attribute] = ()) -> Block:
    """Makes an empty block that stands in no region yet."""
    block = _new(Block)
    block._args = tuple(
        [BlockArgument(type_, block, k, UNKNOWN_LOC) for k, type_ in enumerate(arg_types)]
        if arg_types
        else ()
    )
    block._first_op = None
    block._last_op = None
    return block


def append_block(region: Region, block: Block) -> None:
    """Puts a block at the end of a region."""
    block.parent = region
    last = region._last_block
    block._prev_block = last
    if last is None:
        region._first_block = block
    else:
        last._next_block = block
    region._last_block = block


def new_region(block: Block | None = None) -> Region:
    """Makes a region, of one block if one is given."""
    region = _new(Region)
    if block is not None:
        region._first_block = block
        region._last_block = block
        block.parent = region
    return region


def region_with_block(arg_types: Sequence[Attribute] = ()) -> tuple[Region, Block]:
    """Makes a region of one empty block, and gives both."""
    block = new_block(arg_types)
    return new_region(block), block


def file_location(file: StringAttr, line: int, column: int) -> FileLineColLoc:
    """Makes the location of a line and column, without the checks that three attributes cost."""
    location = _new(FileLineColLoc)
    _set(location, "filename", file)
    _set(location, "line", _int_data(line))
    _set(location, "column", _int_data(column))
    return location


@lru_cache(_MAX_SHARED)
def _int_data(value: int) -> IntAttr:
    return int_data(value)


def module_of(ops: Sequence[Operation]) -> ModuleOp:
    """Makes a module of detached operations."""
    region, block = region_with_block()
    for op in ops:
        attach_last(block, op)
    return detached_op(ModuleOp, regions=(region,))
