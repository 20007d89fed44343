"""Calls of Quartz functions, functions that C calls, and panics with a message."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import FunctionType
from xdsl.ir import Attribute

from dialects.fast_ops import detached_op
from dialects.qz.calls import CEntryOp as SourceEntryOp
from dialects.qz.panics import PanicOp as SourcePanicOp
from dialects.qz.types import char, si32
from dialects.qzrt.calls import CEntryOp
from dialects.qzrt.memory import LoadOp
from dialects.qzrt.panics import PanicOp
from lowering.dispatch import Table
from lowering.escapes.to_bare import bare_in
from lowering.shared_attributes import Properties
from lowering.to_rt.access import VEC_DATA, VEC_SIZE
from lowering.to_rt.c_calls import in_memory
from lowering.to_rt.erasure import Erasure

TABLE: Table[Erasure] = Table()


@TABLE.lowers(func.CallOp)
def lower_call(rt: Erasure, op: func.CallOp) -> None:
    """Every argument and every result cross as words; the sizes of bare vectors come last."""
    words = rt.words(op._operands)
    for position in bare_in(op):
        vec = words[position]
        words[position] = rt.emit(LoadOp, (vec,), VEC_DATA)
        words.append(rt.emit(LoadOp, (vec,), VEC_SIZE))
    rt.call_quartz(op, func.CallOp, words, op.properties)


def erased_entry(op: SourceEntryOp) -> CEntryOp:
    """The same with C's own types: what is a word or an address is one to C as well."""
    signature = op.function_type
    types = [[_in_c(type_) for type_ in part] for part in (signature.inputs, signature.outputs)]
    properties: Properties = {**op.properties, "c_type": FunctionType.from_lists(*types)}
    del properties["function_type"]
    return detached_op(CEntryOp, (), (), properties, op.location)


def _in_c(type_: Attribute) -> Attribute:
    return si32 if type_ == char else in_memory(type_)


@TABLE.lowers(SourcePanicOp)
def lower_panic(rt: Erasure, op: SourcePanicOp) -> None:
    """The message is a string's address already."""
    rt.effect(PanicOp, rt.operands(op))
