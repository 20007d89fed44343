"""`dyn Trait`: a block of the value and the addresses of its methods, so that a call is a load and a jump."""

# pyright: reportPrivateUsage=false

from xdsl.dialects.builtin import IntegerAttr

from dialects.qz.dynamic import DynCallOp, DynNewOp
from dialects.qz.types import is_counted
from dialects.qzrt.calls import CallIndirectOp, FunctionOp
from dialects.qzrt.memory import LoadOp, StoreOp
from lowering.dispatch import Table
from lowering.shared_attributes import NO_PROPERTIES, erased_signature
from lowering.to_rt.access import field_access
from lowering.to_rt.erasure import Erasure
from lowering.to_rt.structs import field_word, new_block

TABLE: Table[Erasure] = Table()


@TABLE.lowers(DynNewOp)
def lower_new(rt: Erasure, op: DynNewOp) -> None:
    """The value first, as a word, then its methods in the trait's order."""
    (value,) = rt.operands(op)
    form = rt.form(op._operands[0])
    methods, signatures = op.methods.data, op.signatures.data
    block = new_block(rt, [is_counted(op._operands[0]._type), *[False] * len(methods)])
    rt.effect(StoreOp, (block, field_word(rt, value, form)), field_access(0, form.element.name))
    for index, (name, signature) in enumerate(zip(methods, signatures, strict=True)):
        code = rt.emit(FunctionOp, (), {"name": name, "type": erased_signature(signature)})
        rt.effect(StoreOp, (block, code), field_access(1 + index, "i64"))
    rt.define(op, block)


@TABLE.lowers(DynCallOp)
def lower_call(rt: Erasure, op: DynCallOp) -> None:
    """Both the value and the code come out of the block."""
    block, *values = rt.operands(op)
    _, *old = op._operands
    index = op.properties["index"]
    assert type(index) is IntegerAttr
    words = [rt.to_word(value, rt.form(argument)) for argument, value in zip(old, values, strict=True)]
    receiver = rt.emit(LoadOp, (block,), field_access(0, "i64"))
    code = rt.emit(LoadOp, (block,), field_access(1 + index.value.data, "i64"))
    rt.call_quartz(op, CallIndirectOp, (code, receiver, *words), NO_PROPERTIES)
