"""Checks the index by which a loop finds out what to do next at each place where a turn ends.

An interpreter or an automaton reads, and goes to one of many places by a table. If nothing but that stands at
the loop's head, LLVM has a copy of it wherever a turn ends: a jump less for each turn, and one that the
processor can tell from the others. A check in between keeps it from that, so the check goes first::

    ^head:                                        ^head:
      %i = qz.local_get %at                         %i = qz.local_get %at
      %x = qz.vec_get %v, %i                        %x = qz.vec_get unchecked %v, %i
      …                                             …
      qz.switch_br %x case 0 ^a case 1 ^b …   →     qz.switch_br %x case 0 ^a case 1 ^b …
    ^a:                                           ^a:
      …                                             …
      cf.br ^head                                   %in_bounds = …
                                                    cf.cond_br %in_bounds, ^apart, ^panics
                                                  ^apart:
                                                    qz.apart
                                                    cf.br ^again
                                                  ^again:
                                                    qz.apart
                                                    cf.br ^head
                                                  ^panics:
                                                    %j = qz.local_get %at
                                                    %y = qz.vec_get %v, %j
                                                    qz.unreachable

What the index is made of goes through `qz.unknown` there, so that LLVM does not compare what it was a turn
before, and keep both. What a `while` asks before is asked there as well. All turns go on at one block, or
LLVM might take the loop for several, one in the other. As many checks are made as before, each between the
same effects; one that fails is made again, with what comes of it.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterable
from dataclasses import dataclass, field

from xdsl.dialects import cf, func
from xdsl.dialects.builtin import LocationAttr, ModuleOp
from xdsl.ir import Block, Operation, SSAValue

from dialects.fast_ops import append_block, append_op, append_value, new_block
from dialects.fast_rewrites import discard
from dialects.qz import properties
from dialects.qz.arith import AddOp, SubOp
from dialects.qz.bits import BitAndOp, BitOrOp
from dialects.qz.matches import ApartOp, MatchOp, SwitchBrOp, SwitchOp, UnknownOp
from dialects.qz.scalar import CastOp, CmpOp, ConstOp, NotOp
from dialects.qz.strings import StrByteAtOp, StrSizeOp
from dialects.qz.structs import StructGetOp
from dialects.qz.terminators import UnreachableOp
from dialects.qz.types import is_counted, si64
from dialects.qz.variables import GlobalGetOp, LocalGetOp, LocalSetOp, SharedGetOp
from dialects.qz.vec import VecGetOp, VecSizeOp
from lowering.bounds.condition_code import ConditionCode
from lowering.contents import Contents, definitions
from lowering.op_lists import blocks_of
from lowering.options import LoweringOptions
from lowering.ownership.mark_borrows import BORROWED
from lowering.shared_attributes import number_of
from lowering.to_cfg.flow import Decide, decide, jump

_ACCESSES = (VecGetOp, StrByteAtOp)
_COMPUTES = frozenset((ConstOp, CastOp, VecSizeOp, StrSizeOp))
_ASKS = frozenset((CmpOp, NotOp, BitAndOp, BitOrOp))
_READS = frozenset((LocalGetOp, SharedGetOp, GlobalGetOp, StructGetOp))
"""What may stand at the head, so that the same is computed before it; a read only if it takes no count."""

LEAST_CASES = 4
"""As many make LLVM use a table."""
MAX_OPS = 16
"""Of the head: there will be a copy for each place where a turn ends."""


@dataclass(slots=True)
class _Head:
    """What a block begins with: how its indices come about, and the reads that are to be checked before."""

    block: Block
    location: LocationAttr
    ops: list[Operation] = field(default_factory=list[Operation])
    checked: list[Operation] = field(default_factory=list[Operation])
    asks: Block | None = None  # what is asked before each turn, and nothing else


def _head_of(block: Block) -> _Head:
    """The head of a block up to its last check, if it has some that can be made before the block."""
    assert block._last_op is not None
    head = _Head(block, block._last_op.location)
    n_ops = 0
    changed: set[SSAValue] = set()
    for op in block.ops:
        if type(op) is LocalSetOp:
            changed.add(op.cell)
            continue
        if not changed.isdisjoint(op._operands) or len(head.ops) == MAX_OPS:
            break
        if type(op) in _ACCESSES:
            if "unchecked" in op.properties:
                break
            head.checked.append(op)
            n_ops = len(head.ops) + 1
        elif not _is_computable(op):
            break
        changed.update(op.results if type(op) in _ACCESSES else ())
        head.ops.append(op)
    del head.ops[n_ops:]
    return head


def _is_computable(op: Operation) -> bool:
    if type(op) in (AddOp, SubOp):
        return op.properties.get("overflow") == properties.WRAP["overflow"]
    if type(op) in _READS:
        return BORROWED in op.attributes or not is_counted(op.results[0].type)
    return type(op) in _COMPUTES


def _asked_before(block: Block, sources: dict[Block, list[Operation]]) -> Block | None:
    """What a `while` asks before it goes on at a block, if that can be asked elsewhere as well."""
    (source,) = sources[block] if len(sources[block]) == 1 else (None,)
    asks = None if source is None else source.parent
    if type(source) is not cf.ConditionalBranchOp or len(source._operands) != 1 or asks is None or asks.args:
        return None
    *ops, _ = asks.ops
    if len(ops) > MAX_OPS or not all(type(op) in _ASKS or _is_computable(op) for op in ops):
        return None
    is_used_there = all(use.operation.parent is asks for op in ops for use in op.results[0].uses)
    return asks if is_used_there else None


def _goes_by_table(block: Block, sources: dict[Block, list[Operation]]) -> bool:
    """Whether a block, or one that it alone leads to, ends with a choice of many that asks for nothing else:
    a number may be another one than those, and that is asked first."""
    last = block._last_op
    while type(last) is cf.BranchOp and len(sources[last._successors[0]]) == 1:
        last = last._successors[0]._last_op
    if type(last) is not SwitchBrOp or len(last._successors) <= LEAST_CASES:
        return False
    return type(last.default_block._first_op) is UnreachableOp


def _sources(function: func.FuncOp) -> dict[Block, list[Operation]]:
    """What ends the blocks that lead to each block."""
    blocks = blocks_of(function)
    sources: dict[Block, list[Operation]] = {block: [] for block in blocks}
    for block in blocks:
        last = block._last_op
        for successor in dict.fromkeys(() if last is None else last._successors):
            assert last is not None
            sources[successor].append(last)
    return sources


def _ends_of_turns(
    block: Block, sources: dict[Block, list[Operation]]
) -> tuple[list[Operation], list[Block]]:
    """The branches that lead to a block, those through blocks with nothing in them included, and these."""
    ends: list[Operation] = []
    passed: list[Block] = []
    for source in sources[block]:
        through = source.parent
        assert through is not None
        is_empty = through._first_op is source and not through.args and bool(sources[through])
        if is_empty and all(type(op) is cf.BranchOp and not op._operands for op in sources[through]):
            ends += sources[through]
            passed.append(through)
        else:
            ends.append(source)
    return ends, passed


def spread_over(block: Block, sources: dict[Block, list[Operation]]) -> bool:
    """Has the checks at the head of one block made before it, if that is worth it; whether it did."""
    if block.args or not _goes_by_table(block, sources):
        return False
    head = _head_of(block)
    head.asks = _asked_before(block, sources)
    ends, passed = _ends_of_turns(head.asks or block, sources)
    if len(ends) <= 2 or any(type(end) is not cf.BranchOp for end in ends):
        return False
    if not head.checked and head.asks is None:
        return False
    region = block.parent
    assert region is not None
    panics, again = new_block(), new_block()
    append_block(region, again)
    if head.checked:
        append_block(region, panics)
        _copy(head.ops, panics, {})
        append_op(panics, UnreachableOp, (), (), properties.NO_PROPERTIES, head.location)
    within = _reached_from(block)
    _go_apart(again, block, head.location)
    for end in ends:
        _check_at(end, head, again if end.parent in within else block, panics)
    for op in head.checked:
        op.properties = {**op.properties, **properties.UNCHECKED}
    for left in passed if head.asks is None else (*passed, head.asks):
        for op in reversed(list(left.ops)):
            discard(op)
        region.detach_block(left)
    return True


def _reached_from(block: Block) -> set[Block]:
    """The blocks that control may get to from one."""
    reached: set[Block] = set()
    pending = [block]
    while pending:
        last = pending.pop()._last_op
        for successor in () if last is None else last._successors:
            if successor not in reached:
                reached.add(successor)
                pending.append(successor)
    return reached


def _copy(ops: Iterable[Operation], block: Block, known: dict[SSAValue, SSAValue]) -> None:
    """Appends a copy of operations with one result each to a block."""
    for op in ops:
        operands = [known.get(operand, operand) for operand in op._operands]
        (result,) = op.results
        copied = append_value(block, type(op), operands, result.type, op.properties, op.location)
        copied.op.attributes = dict(op.attributes)
        known[result] = copied


def _check_at(end: Operation, head: _Head, block: Block, panics: Block) -> None:
    """Makes the checks of a head at the end of a turn, which goes on at a block if they succeed."""
    before = end.parent
    assert before is not None
    discard(end)
    if head.asks is not None:
        before = _ask_at(before, head, head.asks)
    known: dict[SSAValue, SSAValue] = {}
    for op in head.ops:
        if op not in head.checked:
            _copy((op,), before, known)
        if type(op) is LocalGetOp and op.result.type == si64:
            _hide(op, known, before, head.location)
    region = before.parent
    assert region is not None
    code = ConditionCode(region, before, head.location)
    holds: SSAValue | None = None
    for access in head.checked:
        container, index = [known.get(operand, operand) for operand in access._operands]
        n = number_of(access.properties.get("size"))
        size = code.size_of(container) if n is None else code.number(n)
        within = code.compare("lt", code.word(index), code.word(size))
        holds = within if holds is None else code.both(holds, within)
    if holds is None:
        _go_apart(before, block, head.location)
        return
    apart = new_block()
    region.insert_block_after(apart, before)
    decide(before, holds, Decide(apart, panics), head.location)
    _go_apart(apart, block, head.location)


def _hide(read: LocalGetOp, known: dict[SSAValue, SSAValue], block: Block, location: LocationAttr) -> None:
    """Has a variable hold what LLVM knows nothing about.

    Else what is compared is what the number was made of, and both take a register, and a move in each turn.
    """
    hidden = append_value(block, UnknownOp, (known[read.result],), si64, properties.NO_PROPERTIES, location)
    append_op(block, LocalSetOp, (read.cell, hidden), (), properties.NO_PROPERTIES, location)
    known[read.result] = hidden


def _ask_at(block: Block, head: _Head, asks: Block) -> Block:
    """Asks at the end of a block what another one does; gives the block for where the turn goes on."""
    *ops, choice = asks.ops
    known: dict[SSAValue, SSAValue] = {}
    _copy(ops, block, known)
    (condition,) = choice._operands
    goes_on, region = new_block(), block.parent
    assert region is not None
    region.insert_block_after(goes_on, block)
    if_true, if_false = [goes_on if way is head.block else way for way in choice._successors]
    decide(block, known.get(condition, condition), Decide(if_true, if_false), choice.location)
    return goes_on


def _go_apart(block: Block, target: Block, location: LocationAttr) -> None:
    """Fills a block that is to stay."""
    append_op(block, ApartOp, (), (), properties.NO_PROPERTIES, location)
    jump(block, target, (), location)


def concerns(contents: Contents) -> bool:
    """Whether there is a choice of many."""
    return contents.has_any((SwitchBrOp, SwitchOp, MatchOp))


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Does it in every function of a module."""
    del options
    for function in definitions(module):
        sources = _sources(function)
        for block in blocks_of(function):
            if block in sources and spread_over(block, sources):
                sources = _sources(function)
