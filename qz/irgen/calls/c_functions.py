"""C functions: their declaration and their call, by name and by address; functions that C calls."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from xdsl.dialects.builtin import ArrayAttr, FunctionType, IntegerAttr, StringAttr, SymbolRefAttr
from xdsl.ir import Attribute, SSAValue

from dialects.fast_ops import detached_op, region_with_block
from dialects.qz.calls import CallExternOp, CEntryOp, ExternOp
from dialects.qz.closures import FnRefOp, LambdaOp
from dialects.qz.properties import UNIT, int_attr, string_attr
from dialects.qz.raw import RawSymbolOp
from dialects.qz.scalar import CastOp
from dialects.qz.struct_type import StructType
from dialects.qz.terminators import ReturnOp
from dialects.qz.types import FnType, char, is_float, is_int, si64, string
from qz.irgen.builder import Builder, Diverged
from qz.irgen.calls.direct import call_runtime, symbol_ref
from qz.sema.data.value_structs import lies_in_c
from qz.sema.decls import FunctionDecl
from qz.sema.types import NEVER, POINTER, STRING, VOID, TypeId, TypeKind


def declared_extern(b: Builder, function: FunctionDecl) -> ExternOp:
    """The declaration of a C function."""
    signature = b.program.queries.signature(function)
    properties = _c_signature(b, signature.c_params, signature.c_result)
    if signature.variadic:
        properties["variadic"] = UNIT
    return ExternOp.create(properties={"sym_name": StringAttr(function.symbol), **properties})


def _c_signature(b: Builder, params: Sequence[TypeId], result: TypeId) -> dict[str, Attribute]:
    def is_pointer(type_id: TypeId) -> bool:
        is_address = type_id in (POINTER, STRING) or b.program.types.kinds[type_id] is TypeKind.FN
        return is_address or lies_in_c(b.program, type_id)

    def c_type(type_id: TypeId) -> Attribute:
        return si64 if is_pointer(type_id) else b.ir_types.of(type_id)

    outputs = [c_type(result)] if result not in (VOID, NEVER) else []
    properties: dict[str, Attribute] = {
        "function_type": FunctionType.from_lists([c_type(param) for param in params], outputs)
    }
    addresses = [int_attr(i) for i, param in enumerate(params) if is_pointer(param)]
    if addresses:
        properties["ptr_args"] = ArrayAttr[IntegerAttr](addresses)
    if is_pointer(result):
        properties["ptr_result"] = UNIT
    return properties


def call_c(b: Builder, node: int, function: FunctionDecl, operands: list[SSAValue]) -> SSAValue | None:
    """A C function: integers narrow to C's widths on the way in and widen on the way out."""
    b.callees[function.symbol] = function
    signature = b.program.queries.signature(function)
    args = _args_to_c(b, operands, signature.c_params)
    return _call(b, node, function.symbol, args, signature.c_result, signature.result)


def call_at(
    b: Builder, node: int, type_id: TypeId, code: SSAValue, operands: Sequence[SSAValue]
) -> SSAValue | None:
    """The C function at an address, which is called as a type of functions says."""
    *params, result = b.program.types.parts(type_id)
    name = f"{b.body.name}$c{len(b.for_c) + 1}"
    properties = {"sym_name": StringAttr(name), "indirect": UNIT, **_c_signature(b, params, result)}
    b.for_c.append(detached_op(ExternOp, (), (), properties))
    return _call(b, node, name, [code, *_args_to_c(b, operands, params)], result, result)


def function_at(b: Builder, node: int, type_id: TypeId, code: SSAValue) -> SSAValue:
    """The C function at an address as a value: a function that hands everything on to it."""
    type_ = b.ir_types.of(type_id)
    assert isinstance(type_, FnType)
    b.n_lambdas += 1
    symbol = f"{b.body.name}$lambda{b.n_lambdas}"
    region, block = region_with_block([*type_.signature.inputs, si64])
    around, b.block = b.block, block
    *params, captured = block.args
    result = b.program.types.parts(type_id)[-1]
    with suppress(Diverged):
        value = call_at(b, node, type_id, captured, params)
        b.do(ReturnOp, () if value is None else (b.coerce(value, b.ir_types.of(result)),))
    b.block = around
    properties: dict[str, Attribute] = {"symbol": string_attr(symbol)}
    op = b.do(LambdaOp, (code,), properties, (type_,), (region,), b.locate(node))
    op.attributes = {"qz.source": string_attr(symbol)}
    return op.results[0]


def _args_to_c(b: Builder, operands: Sequence[SSAValue], params: Sequence[TypeId]) -> list[SSAValue]:
    """Arguments as C takes them; a variadic function has more than parameters."""
    named = zip(operands, params, strict=False)
    args = [_to_c(b, value, b.ir_types.of(c_type)) for value, c_type in named]
    return args + [_to_c(b, value, value.type) for value in operands[len(params) :]]


def _call(
    b: Builder, node: int, symbol: str, args: Sequence[SSAValue], c_result: TypeId, result: TypeId
) -> SSAValue | None:
    outputs = tuple(_c_type(output) for output in b.ir_types.results(c_result))
    op = b.do(CallExternOp, args, {"callee": symbol_ref(symbol)}, outputs)
    if result == NEVER:
        raise b.unreachable()
    if not outputs:
        return None
    if b.program.types.kinds[result] is TypeKind.FN:
        return function_at(b, node, result, op.results[0])
    return _from_c(b, op.results[0], b.ir_types.of(result))


def callback(b: Builder, node: int) -> SSAValue:
    """The address of a function that C may call: a C function's own, else that of an entry made for it."""
    plan = b.body.functions.get(node)
    if plan is not None and plan.function.wraps is not None and plan.function.wraps.abi == "C":
        wrapped = plan.function.wraps
        b.callees[wrapped.symbol] = wrapped
        return b.make(RawSymbolOp, (), si64, {"name": symbol_ref(wrapped.symbol)})
    function = b.value(node).owner
    assert isinstance(function, FnRefOp | LambdaOp)
    callee = function.properties["symbol" if isinstance(function, LambdaOp) else "callee"]
    type_ = function.results[0].type
    assert isinstance(type_, FnType)
    name = f"{b.body.name}$c{len(b.for_c) + 1}"
    properties: dict[str, Attribute] = {
        "sym_name": StringAttr(name),
        "callee": SymbolRefAttr(callee.data) if isinstance(callee, StringAttr) else callee,
        "function_type": type_.signature,
    }
    b.for_c.append(detached_op(CEntryOp, (), (), properties, b.locate(node)))
    return b.make(RawSymbolOp, (), si64, {"name": symbol_ref(name)})


def _c_type(ir_type: Attribute) -> Attribute:
    """Strings and pointers travel as addresses, value structs as they are."""
    is_itself = is_int(ir_type) or is_float(ir_type) or isinstance(ir_type, StructType)
    return ir_type if is_itself else si64


def _to_c(b: Builder, value: SSAValue, c_type: Attribute) -> SSAValue:
    want = _c_type(c_type)
    if value.type == want:
        return value
    return b.make(CastOp, (value,), want) if _is_number(value.type) else b.coerce(value, want)


def _from_c(b: Builder, value: SSAValue, want: Attribute) -> SSAValue:
    if value.type == want:
        return value
    if want == string:  # C's characters are somebody else's
        copied = call_runtime(b, "rt.string$from_c", [value], string)
        assert copied is not None
        return copied
    return b.make(CastOp, (value,), want) if _is_number(want) else b.coerce(value, want)


def _is_number(ir_type: Attribute) -> bool:
    return is_int(ir_type) or is_float(ir_type) or ir_type == char
