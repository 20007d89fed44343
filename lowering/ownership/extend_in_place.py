"""Lets a text grow where it lies, if nobody else has it.

What a variable, a field or an element is replaced with is often what it was with more behind it. Then what
was there is given up at once, so the longer text may take its block over; the two are marked::

    %v = qz.local_get %cell {qz.borrowed}       %v = qz.local_get %cell {qz.borrowed}
    %more = qz.str_concat %v, %x                %more = qz.str_concat %v, %x {qz.in_place}
    qz.drop %x                            →     qz.drop %x
    %old = qz.local_get %cell                   %old = qz.local_get %cell
    qz.local_set %cell, %more                   qz.local_set %cell, %more
    qz.drop %old                                qz.drop %old {qz.in_place}

The runtime finds out whether the count is the last one, and gives it back otherwise; the marked drop is
nothing then. Where code ran in between that might have changed the place, the text that was read has a count
of its own. That is the one that is handed on, and the place gives up what it holds before::

    qz.dup %v                                   qz.dup %v
    %x = func.call @item()                      %x = func.call @item()
    %more = qz.str_concat %v, %x                %old = qz.struct_get %s[0]
    qz.drop %x                                  qz.drop %old
    qz.drop %v                            →     %more = qz.str_concat %v, %x {qz.in_place}
    %old = qz.struct_get %s[0]                  qz.drop %x
    qz.struct_set %s[0], %more                  qz.drop %v {qz.in_place}
    qz.drop %old                                qz.struct_set %s[0], %more

So a loop that appends takes as long as what it appends, not as long as all that it had before. In the
interpreter all mean what they do.
"""

# pyright: reportPrivateUsage=false

from typing import NamedTuple

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation, SSAValue

from dialects.fast_ops import attach_before, unlink
from dialects.qz.ownership import DropOp, DupOp
from dialects.qz.properties import UNIT
from dialects.qz.strings import StrConcatOp, StrConstOp
from dialects.qz.types import StrType
from dialects.qz.variables import LocalGetOp, LocalSetOp
from lowering.contents import Contents, definitions
from lowering.escapes.places import LOCAL
from lowering.op_lists import flat_ops
from lowering.options import LoweringOptions
from lowering.ownership.mark_borrows import BORROWED
from lowering.ownership.own_in_place import IN_PLACE, WRITES, next_if, place_of

_WRITES: dict[type[Operation], type[Operation]] = {LocalGetOp: LocalSetOp, **WRITES}
"""Operations that read a place where a text may lie, each with the one that writes it."""


class _Replacement(NamedTuple):
    """A place gets another text: the read of the old one, and what gives that up behind the write."""

    read: Operation
    drop: Operation


def _replacement(read: Operation, concat: Operation, since: Operation) -> _Replacement | None:
    """How what was read from a place is replaced with a concatenation, if that is what happens next."""
    where = read._operands
    old = next_if(since, type(read), where)
    write = None if old is None else next_if(old, _WRITES[type(read)], (*where, *concat.results))
    drop = None if old is None or write is None else next_if(write, DropOp, old.results)
    if old is None or write is None or drop is None:
        return None
    return _Replacement(old, drop) if place_of(read) == place_of(old) == place_of(write) else None


def _extend(concat: Operation) -> None:
    """Lets a concatenation take over the text that it begins with, if that is replaced with it."""
    text = concat._operands[0]
    read = text.owner
    if not isinstance(read, Operation) or type(read) not in _WRITES or LOCAL in concat.attributes:
        return
    given_up: dict[SSAValue, Operation] = {}
    last = concat
    while type(last._next_op) is DropOp and isinstance(last._next_op._operands[0]._type, StrType):
        last = last._next_op  # nobody looks at the place for that
        given_up[last._operands[0]] = last
    found = _replacement(read, concat, last)
    if found is None:
        return
    users = [type(use.operation) for use in text.uses]
    if BORROWED in read.attributes and len(users) == 1:
        _mark(concat, found.drop)
    elif (
        text in given_up
        and len(users) == 3
        and DupOp in users
        and all(part in given_up or type(part.owner) is StrConstOp for part in concat._operands[1:])
    ):
        for op in found:
            unlink(op)
            attach_before(op, concat)
        _mark(concat, given_up[text])


def _mark(concat: Operation, drop: Operation) -> None:
    concat.attributes[IN_PLACE] = drop.attributes[IN_PLACE] = UNIT


def concerns(contents: Contents) -> bool:
    """Whether there is a concatenation."""
    return contents.has_any((StrConcatOp,))


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Marks what belongs together in every function of a module; trusted code counts by hand besides."""
    if options.trusted:
        return
    for function in definitions(module):
        extend_in_function(function)


def extend_in_function(function: func.FuncOp) -> None:
    """Does it in one function."""
    for op in flat_ops(function):
        if type(op) is StrConcatOp:
            _extend(op)
