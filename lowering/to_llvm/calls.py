"""Calls of Quartz functions, which pass words, and of C functions, which have C's widths."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func, llvm
from xdsl.dialects.builtin import FunctionType, Signedness, SymbolRefAttr, i64
from xdsl.ir import Attribute, SSAValue

from dialects.fast_ops import append_op, detached_op, new_region
from dialects.qzrt.calls import CallExternOp
from dialects.qzrt.types import PtrType
from lowering.dispatch import Table
from lowering.shared_attributes import INT_TYPES, as_integer_type
from lowering.to_llvm.functions import declaration_properties
from lowering.to_llvm.integers import extend, truncate
from lowering.to_llvm.properties import call_properties
from lowering.to_llvm.translation import PTR, Translation

TABLE: Table[Translation] = Table()

_WORD = (i64,)


@TABLE.lowers(func.CallOp)
def lower_call(tr: Translation, op: func.CallOp) -> None:
    """A direct call with words."""
    callee = op.properties["callee"]
    assert isinstance(callee, SymbolRefAttr)
    arguments = tr.words(op)
    properties = call_properties(callee.root_reference.data, len(arguments))
    results = _WORD if op.results else ()
    call = append_op(tr.block, llvm.CallOp, arguments, results, properties, tr.location)
    if op.results:
        tr.values[id(op.results[0])] = call.results[0]


def c_register(type_: Attribute) -> Attribute:
    """How LLVM passes a C type: integers narrower than an int as ints, since C extends them in any case."""
    if isinstance(type_, PtrType):
        return PTR
    integer = as_integer_type(type_)
    return type_ if integer is None else INT_TYPES[max(32, integer.width.data)]


def _argument(tr: Translation, old: SSAValue, type_: Attribute) -> SSAValue:
    register = c_register(type_)
    if register is PTR:
        return tr.pointer(old)
    value = tr.word(old)
    return truncate(tr, value, 32) if register == INT_TYPES[32] else value


@TABLE.lowers(CallExternOp)
def lower_extern_call(tr: Translation, op: CallExternOp) -> None:
    """Integers are cut to their C width on the way in and extended on the way out."""
    c_type = op.properties["c_type"]
    callee = op.properties["callee"]
    assert isinstance(c_type, FunctionType)
    assert isinstance(callee, SymbolRefAttr)
    name = callee.root_reference.data
    inputs = c_type.inputs.data
    arguments = [_argument(tr, old, type_) for old, type_ in zip(op._operands, inputs, strict=True)]
    results = [_c_result(type_) for type_ in c_type.outputs]
    properties = call_properties(name, len(arguments))
    n_fixed = len(inputs) if op.n_fixed is None else op.n_fixed.value.data
    signature = llvm.LLVMFunctionType(
        [c_register(type_) for type_ in inputs[:n_fixed]],
        results[0] if results else None,
        op.n_fixed is not None,
    )
    if op.n_fixed is not None:
        properties = {**properties, "var_callee_type": signature}
    if tr.symbols.get(name) is None:
        tr.symbols[name] = detached_op(
            llvm.FuncOp, (), (), declaration_properties(name, signature), regions=(new_region(),)
        )
    call = append_op(tr.block, llvm.CallOp, arguments, results, properties, tr.location)
    if op.results:
        tr.values[id(op.results[0])] = _result(tr, call.results[0], c_type.outputs.data[0])


def _c_result(type_: Attribute) -> Attribute:
    """A result has its own width: what is beyond it is not defined."""
    integer = as_integer_type(type_)
    return c_register(type_) if integer is None else INT_TYPES[integer.width.data]


def _result(tr: Translation, value: SSAValue, type_: Attribute) -> SSAValue:
    integer = as_integer_type(type_)
    if integer is None or integer.width.data == 64:
        return value
    return extend(tr, value, integer.signedness.data == Signedness.SIGNED)
