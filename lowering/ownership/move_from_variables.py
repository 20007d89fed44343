"""Moves out of a variable what is handed over on the way to its next value.

What a variable holds has a count, and one more is taken for whoever gets it. If the variable gets another
value behind that, and nobody looks at the old one in between, its own count may go along::

    %v = qz.local_get %cell                     %v = qz.local_get %cell
    qz.dup %v                                   %new = func.call @"push$own"(%v, %x) {qz.owns = [0]}
    %new = func.call @"push$own"(%v, %x)   →    qz.local_set %cell, %new
    %old = qz.local_get %cell
    qz.local_set %cell, %new
    qz.drop %old

So `list = push(list, x)` may change the blocks of a list that nobody else has. In between the variable holds
what is not its own any more; there is no way out on which that would be given back.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterator

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation, SSAValue

from dialects.fast_ops import unlink
from dialects.qz.ownership import DropOp, DupOp
from dialects.qz.types import is_counted
from dialects.qz.variables import LocalGetOp, LocalOp, LocalSetOp
from lowering.contents import Contents, definitions
from lowering.options import LoweringOptions
from lowering.ownership.rules import LINKED, READ, SAME, rule_of, taken
from lowering.ownership.straight_paths import straight_paths


def _replacements(ops: list[Operation]) -> list[tuple[LocalGetOp, LocalSetOp, DropOp]]:
    """Where a variable gets another value in a run of operations: the read of the old one, the write, and
    what gives it up."""
    found: list[tuple[LocalGetOp, LocalSetOp, DropOp]] = []
    for position, write in enumerate(ops[1:-1]):
        if type(write) is LocalSetOp:
            read, drop = ops[position], ops[position + 2]
            if type(read) is LocalGetOp and type(drop) is DropOp:
                is_replaced = read.cell is write.cell and drop.value is read.result
                if is_replaced and "part" not in read.properties and type(read.cell.owner) is LocalOp:
                    found.append((read, write, drop))
    return found


class _Path:
    """A run of operations, and where each stands in it."""

    def __init__(self, ops: list[Operation]) -> None:
        self._ops = ops
        self._position = {op: position for position, op in enumerate(ops)}

    def handed_over(self, read_again: Operation, cell: SSAValue) -> DupOp | None:
        """The count that is taken on what a variable holds, for whoever gets it before it is read again."""
        end = self._position[read_again]
        for position in range(end - 1, -1, -1):
            op = self._ops[position]
            if op.parent is None:
                continue
            if type(op) is LocalSetOp and op.cell is cell:
                return None
            if type(op) is LocalGetOp and op.cell is cell:
                return self._dup_of(op, end)
        return None

    def _dup_of(self, read: LocalGetOp, end: int) -> DupOp | None:
        """The one count that is taken on what was read, if that is handed over and all else is done then."""
        users = [use.operation for use in read.result.uses]
        dups = [op for op in users if type(op) is DupOp]
        takers = [op for op in users if read.result in taken(rule_of(op), op._operands)]
        if len(dups) != 1 or len(takers) != 1 or any(type(op) is DropOp for op in users):
            return None
        (dup,), (taker,) = dups, takers
        begin = self._position.get(taker, end)
        if begin >= end or list(taker._operands).count(read.result) != 1 or taker._successors:
            return None
        if not all(self._position.get(op, end) < begin for op in users if op is not taker):
            return None
        is_seen = any(self._is_looked_at(other, taker, begin, end) for other in _reads(read.cell))
        return None if is_seen else dup

    def _is_looked_at(self, read: Operation, taker: Operation, begin: int, end: int) -> bool:
        """Whether what was read may be used from one position to another, or something that it holds."""
        for use in read.results[0].uses:
            op = use.operation
            if op is not taker and (not _is_over_at_once(op) or begin <= self._position.get(op, -1) < end):
                return True
        return False


def _reads(cell: SSAValue) -> Iterator[Operation]:
    for use in cell.uses:
        if type(use.operation) is not LocalSetOp:
            yield use.operation


def _is_over_at_once(op: Operation) -> bool:
    """Whether nothing of what an operation looks at is used behind it."""
    gives = rule_of(op).gives
    if op._successors or gives is SAME or gives is LINKED:
        return False
    return gives is not READ or not any(is_counted(result.type) for result in op.results)


def move_in_function(function: func.FuncOp) -> None:
    """Does it in one function."""
    for ops in straight_paths(function):
        replacements = _replacements(ops)
        if not replacements:
            continue
        path = _Path(ops)
        for read, _, drop in replacements:
            dup = path.handed_over(read, read.cell)
            if dup is not None:
                for op in (dup, drop, read):
                    unlink(op)
                    op.operands = ()


def concerns(contents: Contents) -> bool:
    """Whether a variable gets another value."""
    return contents.has_any((LocalSetOp,))


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Does it in every function of a module; trusted code counts by hand besides."""
    if options.trusted:
        return
    for function in definitions(module):
        move_in_function(function)
