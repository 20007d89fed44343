"""Reference counts: calls of the runtime, which optimising builds inline."""

# pyright: reportPrivateUsage=false

from xdsl.ir import SSAValue

from dialects.qz.ownership import AdoptOp, DropOp, DupOp, KeepOp
from dialects.qz.types import StrType, ValType, VecType, is_always_address, nullable
from lowering.abi import runtime_abi
from lowering.abi.runtime_abi import RuntimeFunction
from lowering.dispatch import Table
from lowering.escapes.places import LOCAL
from lowering.ownership.own_in_place import IN_PLACE
from lowering.ownership.reuse_blocks import reused
from lowering.to_rt import local_blocks, local_vectors
from lowering.to_rt.erasure import Erasure

TABLE: Table[Erasure] = Table()


@TABLE.lowers(DupOp)
def lower_dup(rt: Erasure, op: DupOp) -> None:
    """A word that may be no address is looked at first; what is made sure of in its place is not counted."""
    if IN_PLACE in op.attributes:
        return
    (value,) = op._operands
    _count(rt, value, runtime_abi.DUP if is_always_address(value._type) else runtime_abi.DUP_WORD)


@TABLE.lowers(DropOp)
def lower_drop(rt: Erasure, op: DropOp) -> None:
    """A word that may be no address is looked at first; what is on the stack is given up part by part."""
    if IN_PLACE in op.attributes:
        return
    (value,) = op._operands
    if LOCAL in op.attributes and isinstance(value._type, StrType):
        return
    if LOCAL in op.attributes:
        (local_vectors if isinstance(value._type, VecType) else local_blocks).drop(rt, op)
        return
    if (mark := reused(op)) is not None:
        number, type_id = mark
        rt.emptied[number] = rt.call_word(runtime_abi.EMPTIED, (rt.values[id(value)], rt.constant(type_id)))
        return
    _count(rt, value, runtime_abi.DROP if is_always_address(value._type) else runtime_abi.DROP_WORD)


def _count(rt: Erasure, value: SSAValue, function: RuntimeFunction) -> None:
    """Calls the runtime, but not with what is null for all variants but one, which is seen in place."""
    word = rt.values[id(value)]
    if not (type(value._type) is ValType and value._type == nullable):
        rt.call(function, (word,))
        return
    given, rest = rt.branch_unlikely(rt.compare("ne", word, rt.constant(0)))
    rt.start_block(given)
    rt.call(function, (word,))
    rt.jump(rest)
    rt.start_block(rest)


@TABLE.lowers(KeepOp)
def lower_keep(rt: Erasure, op: KeepOp) -> None:
    """Nothing is left of it."""


@TABLE.lowers(AdoptOp)
def lower_adopt(rt: Erasure, op: AdoptOp) -> None:
    """The same word."""
    (word,) = rt.operands(op)
    rt.define(op, word)
