"""What C calls an exported function by: an entry under its symbol, in C's widths.

One that is weak may give way to a definition elsewhere, and that is meant for everybody. So its code is a
function of its own, which the entry calls, and whoever calls it in Quartz calls the entry, as C does::

    @weak def f(x: I32): I32 = x    →    f:      call_extern f_of_c(%x)
                                         f_of_c: call f$weak(%x)             weak
                                         f$weak: return %x
"""

from __future__ import annotations

from xdsl.dialects.builtin import StringAttr, SymbolRefAttr
from xdsl.dialects.func import FuncOp
from xdsl.ir import Attribute, Operation

from dialects.fast_ops import detached_op, region_with_block
from dialects.qz.calls import CallExternOp, CEntryOp
from dialects.qz.properties import UNIT, int_attr
from dialects.qz.terminators import ReturnOp
from qz.irgen.builder import Builder
from qz.sema.decls import Linking

WEAK_SUFFIX = "$weak"


def export(b: Builder, func: FuncOp, linking: Linking) -> list[Operation]:
    """All that stands for an exported function, which is ``func``: first the one that Quartz calls."""
    properties: dict[str, Attribute] = {
        "sym_name": StringAttr(linking.symbol),
        "callee": SymbolRefAttr(func.sym_name.data),
        "function_type": func.function_type,
    }
    if linking.alignment:
        properties["alignment"] = int_attr(linking.alignment)
    if linking.section:
        properties["section"] = StringAttr(linking.section)
    if not linking.is_weak:
        return [func, detached_op(CEntryOp, (), (), properties, func.location)]
    properties["weak"] = UNIT
    called = _call_of_entry(b, func, linking.symbol)
    code_name = func.sym_name.data + WEAK_SUFFIX
    properties["callee"] = SymbolRefAttr(code_name)
    func.properties = {
        **func.properties,
        "sym_name": StringAttr(code_name),
        "sym_visibility": StringAttr("private"),
    }
    return [called, detached_op(CEntryOp, (), (), properties, func.location), func]


def _call_of_entry(b: Builder, func: FuncOp, entry: str) -> FuncOp:
    """A function like ``func`` that calls the entry."""
    signature = func.function_type
    region, b.block = region_with_block(signature.inputs.data)
    outputs = signature.outputs.data
    call = b.do(CallExternOp, tuple(b.block.args), {"callee": SymbolRefAttr(entry)}, outputs)
    b.do(ReturnOp, tuple(call.results))
    function = detached_op(FuncOp, (), (), dict(func.properties), func.location, (), (region,))
    function.attributes = dict(func.attributes)
    return function
