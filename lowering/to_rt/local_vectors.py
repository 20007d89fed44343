"""Vectors that nobody else knows, as `place_vectors` marked them: the header on the stack, or all of it."""

# pyright: reportPrivateUsage=false

from xdsl.ir import SSAValue

from dialects.qz.leaves import leaf_types
from dialects.qz.ownership import DropOp
from dialects.qz.types import VecType, is_counted
from dialects.qz.vec import VecFilledOp, VecLitOp, VecNewOp
from dialects.qzrt.blocks import FillOp
from dialects.qzrt.memory import LoadOp, StackBlockOp, StoreOp, WordsOp
from lowering.abi import runtime_abi
from lowering.abi.layout import WORD_BYTES
from lowering.escapes.place_vectors import LENT, LOOKS, known_bytes
from lowering.escapes.places import LOCAL, ON_STACK
from lowering.escapes.to_bare import is_bare
from lowering.shared_attributes import word_attr
from lowering.to_rt.access import VEC_CAPACITY, VEC_DATA, VEC_KIND, VEC_SIZE
from lowering.to_rt.erasure import Erasure
from lowering.to_rt.rows import kind_of

_N_HEADER_WORDS = 3
"""Place, size and capacity; what kind the elements are is told to whoever has to know.

Where functions that are called know the header, it is whole, and has a count in front of it.
"""


def _words(rt: Erasure, n: int) -> SSAValue:
    return rt.emit(WordsOp, (), {"n": word_attr(n)})


def new_header(
    rt: Erasure,
    make: VecNewOp | VecLitOp | VecFilledOp,
    data: SSAValue,
    size: SSAValue,
    capacity: SSAValue,
) -> SSAValue:
    """The address of a header on the stack."""
    if make.attributes[LOCAL] == LENT:
        header = _whole_header(rt, make.results[0])
    else:
        header = _words(rt, _N_HEADER_WORDS)
    rt.effect(StoreOp, (header, data), VEC_DATA)
    rt.effect(StoreOp, (header, size), VEC_SIZE)
    rt.effect(StoreOp, (header, capacity), VEC_CAPACITY)
    return header


def lent_header(rt: Erasure, vec: SSAValue, data: SSAValue, size: SSAValue) -> SSAValue:
    """The address of a header for what somebody else has, whose size does not change."""
    if all(type(use.operation) in LOOKS or is_bare(use) for use in vec.uses):
        header = _words(rt, _N_HEADER_WORDS)
    else:
        header = _whole_header(rt, vec)
        rt.effect(StoreOp, (header, size), VEC_CAPACITY)
    rt.effect(StoreOp, (header, data), VEC_DATA)
    rt.effect(StoreOp, (header, size), VEC_SIZE)
    return header


def _whole_header(rt: Erasure, vec: SSAValue) -> SSAValue:
    """One that looks like any other, but for what it says of the elements."""
    type_ = vec.type
    assert isinstance(type_, VecType)
    header = rt.emit(StackBlockOp, (), {"n": word_attr(_N_HEADER_WORDS + 1)})
    rt.effect(StoreOp, (header, kind_of(rt, type_.element)), VEC_KIND)
    return header


def room_for(rt: Erasure, make: VecNewOp | VecLitOp | VecFilledOp, n: SSAValue, kind: SSAValue) -> SSAValue:
    """Room for `n` elements of a vector that is made, on the stack or on the heap as it is marked."""
    if make.attributes[LOCAL] != ON_STACK:
        if not make._operands:
            return rt.constant(0)  # room is made with the first element
        return rt.call_word(runtime_abi.VEC_ROOM, (n, kind))
    n_bytes = known_bytes(make)
    assert n_bytes is not None
    return _words(rt, max(-(-n_bytes // WORD_BYTES), 1))


def zeros(rt: Erasure, make: VecFilledOp) -> SSAValue:
    """Zeroed elements on the stack."""
    data = room_for(rt, make, rt.constant(0), rt.constant(0))
    n_bytes = known_bytes(make)
    assert n_bytes is not None
    rt.effect(FillOp, (data, rt.constant(0), rt.constant(n_bytes)))
    return data


def grow(rt: Erasure, vec: SSAValue, capacity: SSAValue, kind: SSAValue) -> None:
    """Moves the elements to larger room."""
    data = rt.emit(LoadOp, (vec,), VEC_DATA)
    wanted = rt.call_word(runtime_abi.VEC_LARGER, (capacity, kind))
    moved = rt.call_word(runtime_abi.VEC_MOVED, (data, capacity, wanted, kind))
    rt.effect(StoreOp, (vec, moved), VEC_DATA)
    rt.effect(StoreOp, (vec, wanted), VEC_CAPACITY)


def drop(rt: Erasure, op: DropOp) -> None:
    """Drops the elements, and gives back room on the heap."""
    (vec,) = rt.operands(op)
    type_ = op._operands[0].type
    assert isinstance(type_, VecType)
    kind = kind_of(rt, type_.element)
    if op.attributes[LOCAL] == ON_STACK:
        if any(is_counted(leaf) for leaf in leaf_types(type_.element)):
            told = (rt.emit(LoadOp, (vec,), VEC_DATA), rt.emit(LoadOp, (vec,), VEC_SIZE), kind)
            rt.call(runtime_abi.VEC_DROP_ELEMENTS, told)
        return
    header = [rt.emit(LoadOp, (vec,), word) for word in (VEC_DATA, VEC_SIZE, VEC_CAPACITY)]
    rt.call(runtime_abi.VEC_DROP_ROOM, (*header, kind))
