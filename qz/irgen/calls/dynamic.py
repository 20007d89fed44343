"""`dyn Trait`: putting a value and its methods together.

A method that changes what has no block of its own is lent the place that it lies in. So where a type has such
a method, the value becomes the content of a cell, and that is what all of them are given; those that take a
value get a function in front of them that reads it::

    func.func private @"main$held1"(%cell: !qz.shared<!qz.struct<"Counter", …>>) -> si64 {
      %v = qz.shared_get %cell
      %r = func.call @Counter$get(%v)
      qz.return %r
    }
"""

from xdsl.dialects.builtin import ArrayAttr, FunctionType, StringAttr
from xdsl.dialects.func import CallOp, FuncOp
from xdsl.ir import Attribute, SSAValue

from dialects.fast_ops import detached_op, region_with_block
from dialects.qz.dynamic import DynNewOp
from dialects.qz.terminators import ReturnOp
from dialects.qz.types import SharedType
from dialects.qz.variables import SharedGetOp, SharedOp
from qz.irgen.builder import Builder
from qz.irgen.calls.direct import symbol_ref
from qz.irgen.ir_types import Callee
from qz.sema.body import Conversion
from qz.sema.decls import FunctionDecl


def box(b: Builder, boxing: Conversion, value: SSAValue) -> SSAValue:
    """A value as the `dyn Trait` that it becomes."""
    callees = [b.ir_types.callee(method) for method in boxing.methods]
    for method in boxing.methods:
        b.callees[method.symbol] = method
    symbols = [method.symbol for method in boxing.methods]
    signatures = [callee.type for callee in callees]
    if any(isinstance(callee.inputs[0], SharedType) for callee in callees):
        cell = b.ir_types.shared(value.type)
        value = b.make(SharedOp, (value,), cell)
        for index, (method, callee) in enumerate(zip(boxing.methods, callees, strict=True)):
            if not isinstance(callee.inputs[0], SharedType):
                symbols[index], signatures[index] = _reading(b, method, callee, cell)
    properties: dict[str, Attribute] = {
        "methods": ArrayAttr([symbol_ref(symbol) for symbol in symbols]),
        "signatures": ArrayAttr(signatures),
    }
    return b.make(DynNewOp, (value,), b.ir_types.of(boxing.wanted), properties)


def _reading(b: Builder, method: FunctionDecl, callee: Callee, cell: SharedType) -> tuple[str, FunctionType]:
    """The symbol and the type of a function that calls a method with what is in a cell."""
    symbol = f"{b.body.name}$held{len(b.helping) + 1}"
    type_ = FunctionType.from_lists((cell, *callee.inputs[1:]), callee.outputs)
    outer = b.block
    region, b.block = region_with_block(type_.inputs.data)
    receiver, *arguments = b.block.args
    held = b.coerce(b.make(SharedGetOp, (receiver,), cell.content), callee.inputs[0])
    call = b.do(CallOp, (held, *arguments), callee.properties, callee.outputs)
    b.do(ReturnOp, tuple(call.results))
    b.block = outer
    properties: dict[str, Attribute] = {
        "sym_name": StringAttr(symbol),
        "function_type": type_,
        "sym_visibility": StringAttr("private"),
    }
    function = detached_op(FuncOp, (), (), properties, b.location, regions=(region,))
    function.attributes = {"qz.source": StringAttr(method.symbol)}
    b.helping.append(function)
    return symbol, type_
