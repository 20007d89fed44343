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


def _belonging(own: VecOwnOp) -> list[Operation] | None:
    """The operations that belong together with one; None where it is not as above."""
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
    last = _last_drop(own, drop)
    return None if last is None else [own, dup, old, write, drop, last]


def _last_drop(own: VecOwnOp, since: Operation) -> Operation | None:
    """What gives up an array that is only looked at and written until then; None if anything else happens."""
    expected = {(id(use.operation), use.index) for use in own.results[0].uses}
    seen = 2  # it was counted and stored
    op = since._next_op
    while op is not None:
        if type(op) is DropOp and op._operands == own.results:
            return op if seen + 1 == len(expected) else None
        if type(op) not in _BESIDE:
            return None
        seen += (id(op), 0) in expected and type(op) in _LOOKS
        op = op._next_op
    return None


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
    for own in flat_ops(function):
        if type(own) is VecOwnOp:
            for op in _belonging(own) or ():
                op.attributes[IN_PLACE] = UNIT
