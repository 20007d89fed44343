"""Makes sure of an array where it lies, without counting, if nobody else has it.

Before an element of an array is assigned, the place that the array lies in is given one that nobody else
refers to. Nearly always that is the one that is there, and all that is counted on the way comes to nothing.
So what belongs together is marked::

    %v = qz.struct_get %s[0] {qz.borrowed}      %v = qz.struct_get %s[0] {qz.borrowed}
    %own = qz.vec_own %v                        %own = qz.vec_own %v {qz.in_place}
    qz.dup %own                                 qz.dup %own {qz.in_place}
    %old = qz.struct_get %s[0]                  %old = qz.struct_get %s[0] {qz.in_place}
    qz.struct_set %s[0], %own             →     qz.struct_set %s[0], %own {qz.in_place}
    qz.drop %old                                qz.drop %old {qz.in_place}
    qz.vec_set %own, %i, %x                     qz.vec_set %own, %i, %x
    qz.drop %own                                qz.drop %own {qz.in_place}

Only where the count is not the last one is there anything to do: a copy is put into the place, which gives
up what it had. The marked operations around it are nothing then. In the interpreter all mean what they do.
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation

from dialects.qz.ownership import DropOp, DupOp
from dialects.qz.properties import UNIT
from dialects.qz.structs import StructGetOp, StructSetOp
from dialects.qz.variables import GlobalGetOp, GlobalSetOp, SharedGetOp, SharedSetOp
from dialects.qz.vec import VecGetOp, VecOwnOp, VecSetOp, VecSizeOp
from lowering.contents import PLAIN, Contents, definitions
from lowering.op_lists import flat_ops
from lowering.options import LoweringOptions
from lowering.ownership.mark_borrows import BORROWED

IN_PLACE = "qz.in_place"
"""The mark, an attribute."""


WRITES: dict[type[Operation], type[Operation]] = {
    StructGetOp: StructSetOp,
    GlobalGetOp: GlobalSetOp,
    SharedGetOp: SharedSetOp,
    VecGetOp: VecSetOp,
}
"""Operations that read a place, each with the one that writes it."""

_LOOKS = frozenset((VecGetOp, VecSetOp, VecSizeOp))

_BESIDE = PLAIN | _LOOKS
"""Operations that leave all places and counts as they are; elements that are counted come with others."""


def next_if(op: Operation, op_class: type[Operation], operands: tuple[object, ...]) -> Operation | None:
    """The next operation, if it is this one."""
    following = op._next_op
    if following is None or type(following) is not op_class or following._operands != operands:
        return None
    return following


def place_of(op: Operation) -> tuple[object, ...]:
    """What tells the places of two reads, or of a read and a write, apart."""
    return (op.properties.get("index"), op.properties.get("name"), op.properties.get("part"))


def _replacing(own: VecOwnOp) -> list[Operation] | None:
    """What stores an array in the place that it was read from: `dup`, the read of what was there, the write
    and the `drop` of that. None where it is not as above."""
    read = own._prev_op
    write_class = None if read is None else WRITES.get(type(read))
    if (
        read is None
        or write_class is None
        or own._operands != read.results
        or BORROWED not in read.attributes
    ):
        return None
    if len(list(read.results[0].uses)) != 1:
        return None
    where = read._operands
    dup = next_if(own, DupOp, own.results)
    old = None if dup is None else next_if(dup, type(read), where)
    write = None if old is None else next_if(old, write_class, (*where, *own.results))
    drop = None if old is None or write is None else next_if(write, DropOp, old.results)
    if dup is None or old is None or write is None or drop is None:
        return None
    if not place_of(read) == place_of(old) == place_of(write):
        return None
    return [dup, old, write, drop]


def _last_drop(own: VecOwnOp, since: Operation, replacing: set[Operation]) -> Operation | None:
    """What gives up an array that is only looked at and written until then; None if anything else happens.

    Arrays in it may be made sure of as well, which lets go of no other, and of what is stored in its place no
    last count is given up.
    """
    expected = {(id(use.operation), use.index) for use in own.results[0].uses}
    seen = 2  # it was counted and stored
    op = since._next_op
    while op is not None:
        if type(op) is DropOp and op._operands == own.results:
            return op if seen + 1 == len(expected) else None
        if type(op) not in _BESIDE and op not in replacing and not _is_of_stored(op, replacing):
            return None
        seen += (id(op), 0) in expected and type(op) in _LOOKS
        op = op._next_op
    return None


def _is_of_stored(op: Operation, replacing: set[Operation]) -> bool:
    """Whether this gives up an array that was stored in its place, which has it still."""
    return type(op) is DropOp and op._operands[0].owner in replacing


def concerns(contents: Contents) -> bool:
    """Whether there is an array that is made sure of."""
    return contents.has_any((VecOwnOp,))


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Marks what belongs together in every function of a module."""
    del options
    for function in definitions(module):
        mark_function(function)


def mark_function(function: func.FuncOp) -> None:
    """Does it in one function."""
    owns = [op for op in flat_ops(function) if type(op) is VecOwnOp]
    groups = {own: group for own in owns if (group := _replacing(own)) is not None}
    replacing = {op for own, group in groups.items() for op in (own, *group)}
    for own, group in groups.items():
        last = _last_drop(own, group[-1], replacing)
        if last is not None:
            for op in (own, *group, last):
                op.attributes[IN_PLACE] = UNIT
