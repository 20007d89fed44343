"""`dyn Trait`: what has leaves is put into a block, a heap struct of them, to be carried by its address.

Its methods take leaves, and whoever calls them through the table has only the address; so each gets a
function of its own in front of it, which takes the leaves out of the block::

    func.func private @"main$draw.boxed0"(%box: !qz.val<@"Circle in a box">) -> f64 {
      %x = qz.struct_get %box[0]
      %r = qz.struct_get %box[1]
      %a = func.call @Circle$area(%x, %r)
      func.return %a
    }
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import ArrayAttr, FunctionType, StringAttr, SymbolRefAttr
from xdsl.ir import Attribute

from dialects.fast_ops import append_op, append_value, detached_op, region_with_block
from dialects.qz.dynamic import DynNewOp
from dialects.qz.leaves import flattened, leaf_types
from dialects.qz.properties import int_attr
from dialects.qz.struct_type import StructType
from dialects.qz.structs import StructGetOp, StructNewOp
from dialects.qz.types import EnumType, ValType
from lowering.dispatch import Table
from lowering.expand_values.expansion import Expansion
from lowering.shared_attributes import Properties, callee_properties, string_attr, symbol_ref

TABLE: Table[Expansion] = Table()

_PRIVATE = StringAttr("private")


def box_type(type_: Attribute) -> ValType:
    """The type of the block that a value is put into."""
    assert isinstance(type_, StructType | EnumType)
    name = type_.struct_name if isinstance(type_, StructType) else type_.enum_name
    return ValType(SymbolRefAttr(f"{name.data} in a box"))


@TABLE.lowers(DynNewOp)
def expand_new(x: Expansion, op: DynNewOp) -> None:
    """Puts the value into a block and functions in front of its methods."""
    type_ = op.value.type
    box = box_type(type_)
    (value,) = x.emit(StructNewOp, x.leaves(op.value), (box,)).results
    methods: list[Attribute] = []
    signatures: list[Attribute] = []
    for method, signature in zip(op.methods, op.signatures, strict=True):
        function = _unboxing(x, method.root_reference.data, signature, type_, box)
        x.functions.append(function)
        methods.append(symbol_ref(function.sym_name.data))
        signatures.append(function.function_type)
    properties: Properties = {
        **op.properties,
        "methods": ArrayAttr(methods),
        "signatures": ArrayAttr(signatures),
    }
    x.define(op.result, x.emit(DynNewOp, (value,), (op.result.type,), properties).results)
    x.discard(op)


def _unboxing(
    x: Expansion, method: str, signature: FunctionType, type_: Attribute, box: ValType
) -> func.FuncOp:
    """The function that calls a method with what is in the block that it is given."""
    further = flattened(signature.inputs.data[1:])
    outputs = flattened(signature.outputs)
    region, block = region_with_block([box, *further])
    receiver, *arguments = block.args
    leaves = [
        append_value(block, StructGetOp, (receiver,), leaf, {"index": int_attr(k)})
        for k, leaf in enumerate(leaf_types(type_))
    ]
    call = append_op(block, func.CallOp, (*leaves, *arguments), outputs, callee_properties(method))
    append_op(block, func.ReturnOp, call.results)
    properties: Properties = {
        "sym_name": string_attr(f"{x.symbol}.boxed{len(x.functions)}"),
        "function_type": FunctionType.from_lists([box, *further], outputs),
        "sym_visibility": _PRIVATE,
    }
    function = detached_op(func.FuncOp, (), (), properties, regions=(region,))
    function.attributes = {"qz.source": string_attr(method)}
    return function
