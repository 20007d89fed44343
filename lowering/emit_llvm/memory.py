"""Instructions that touch memory or compute addresses."""

from collections.abc import Sequence

from xdsl.dialects import llvm
from xdsl.dialects.builtin import DenseArrayBase, IntegerAttr
from xdsl.ir import Attribute, Operation

from dialects.llvm_extra.memory import MemcpyOp, MemmoveOp, MemsetOp
from lowering.emit_llvm.context import Format, Printed, TextContext
from lowering.shared_attributes import Properties


def _alignment(properties: Properties) -> str:
    """An alignment that is not the type's own."""
    alignment = properties.get("alignment")
    return f", align {alignment.value.data}" if type(alignment) is IntegerAttr else ""


def _load(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
) -> str:
    assert result is not None
    return f"load {c.type_text(result)}, ptr {operands[0].text}{_alignment(properties)}"


def _store(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
) -> str:
    value, address = operands
    return f"store {c.typed(value)}, ptr {address.text}{_alignment(properties)}"


def _address(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
) -> str:
    indices = properties["rawConstantIndices"]
    assert isinstance(indices, DenseArrayBase)
    base, *dynamic = operands
    further = iter(dynamic)
    parts = [
        c.typed(next(further)) if index == llvm.GEP_USE_SSA_VAL else f"i64 {index}"
        for index in indices.iter_values()
    ]
    inbounds = "inbounds " if "inbounds" in properties else ""
    element = c.type_text(properties["elem_type"])
    return f"getelementptr {inbounds}{element}, ptr {base.text}, {', '.join(parts)}"


def _stack_slot(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
) -> str:
    return f"alloca {c.type_text(properties['elem_type'])}{_alignment(properties)}"


def _transfer(name: str) -> Format:
    intrinsic = f"llvm.{name}.p0.p0.i64"

    def text(
        c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
    ) -> str:
        destination, source, length = operands
        c.declarations[intrinsic] = f"declare void @{intrinsic}(ptr, ptr, i64, i1)"
        return (
            f"call void @{intrinsic}(ptr {destination.text}, ptr {source.text}, i64 {length.text}, i1 false)"
        )

    return text


def _fill(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
) -> str:
    destination, value, length = operands
    intrinsic = "llvm.memset.p0.i64"
    c.declarations[intrinsic] = f"declare void @{intrinsic}(ptr, i8, i64, i1)"
    return f"call void @{intrinsic}(ptr {destination.text}, i8 {value.text}, i64 {length.text}, i1 false)"


FORMATS: dict[type[Operation], Format] = {
    llvm.LoadOp: _load,
    llvm.StoreOp: _store,
    llvm.GEPOp: _address,
    llvm.AllocaOp: _stack_slot,
    MemcpyOp: _transfer("memcpy"),
    MemmoveOp: _transfer("memmove"),
    MemsetOp: _fill,
}
