"""Arrays that are made sure of, where they lie if `own_in_place` marked them."""

# pyright: reportPrivateUsage=false

from collections.abc import Callable
from typing import Any

from xdsl.ir import Operation

from dialects.qz.structs import StructGetOp, StructSetOp
from dialects.qz.variables import GlobalGetOp, GlobalSetOp, SharedGetOp, SharedSetOp
from dialects.qz.vec import VecGetOp, VecOwnOp, VecSetOp
from dialects.qzrt.memory import LoadOp
from lowering.abi import runtime_abi
from lowering.dispatch import Table
from lowering.ownership.own_in_place import IN_PLACE
from lowering.to_rt import vectors
from lowering.to_rt.access import COUNT
from lowering.to_rt.erasure import Erasure
from lowering.to_rt.structs import lower_get, store_field
from lowering.to_rt.variables import lower_global_get, lower_shared_get, store_global, store_shared

TABLE: Table[Erasure] = Table()

_STORES: dict[type[Operation], Callable[[Erasure, Any], None]] = {
    StructSetOp: store_field,
    GlobalSetOp: store_global,
    SharedSetOp: store_shared,
    VecSetOp: vectors.set_element,
}
_LOADS: dict[type[Operation], Callable[[Erasure, Any], None]] = {
    StructGetOp: lower_get,
    GlobalGetOp: lower_global_get,
    SharedGetOp: lower_shared_get,
    VecGetOp: vectors.lower_get,
}


@TABLE.lowers(VecOwnOp)
def lower_own(rt: Erasure, op: VecOwnOp) -> None:
    """The runtime looks at the count, unless that is all that there is to do where the array lies."""
    if IN_PLACE in op.attributes:
        _own_in_place(rt, op)
    else:
        rt.define(op, rt.call_word(runtime_abi.VEC_OWN, rt.operands(op)))


def _own_in_place(rt: Erasure, op: VecOwnOp) -> None:
    """Puts a copy where the array is, out of the way, if somebody else has it; then reads what is there."""
    read, write = op._prev_op, op
    while type(write) not in _STORES:
        assert write._next_op is not None
        write = write._next_op
    assert read is not None
    (vec,) = rt.operands(op)
    count = rt.emit(LoadOp, (vec,), COUNT)
    shared, rest = rt.branch_unlikely(rt.compare("ne", count, rt.constant(1)))
    rt.start_block(shared)
    copy = rt.call_word(runtime_abi.VEC_OWN, (vec,))
    rt.define(op, copy)
    _STORES[type(write)](rt, write)
    rt.call(runtime_abi.DROP_WORD, (vec,))
    rt.jump(rest)
    rt.start_block(rest)
    _LOADS[type(read)](rt, read)
    rt.define(op, rt.values[id(read.results[0])])
