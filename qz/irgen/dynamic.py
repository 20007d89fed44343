"""`dyn Trait`: putting a value and its methods together."""

from xdsl.dialects.builtin import ArrayAttr
from xdsl.ir import Attribute, SSAValue

from dialects.qz.dynamic import DynNewOp
from qz.irgen.builder import Builder
from qz.irgen.direct_calls import symbol_ref
from qz.sema.body import Conversion


def box(b: Builder, boxing: Conversion, value: SSAValue) -> SSAValue:
    """A value as the `dyn Trait` that it becomes."""
    signatures: list[Attribute] = []
    for method in boxing.methods:
        b.callees[method.symbol] = method
        signatures.append(b.ir_types.callee(method).type)
    properties: dict[str, Attribute] = {
        "methods": ArrayAttr([symbol_ref(method.symbol) for method in boxing.methods]),
        "signatures": ArrayAttr(signatures),
    }
    return b.make(DynNewOp, (value,), b.ir_types.of(boxing.wanted), properties)
