"""Calls of Quartz and of C functions, and panics with a message."""

from xdsl.dialects import arith, func
from xdsl.dialects.builtin import FunctionType, f64, i1, i64
from xdsl.ir import Attribute, SSAValue

from dialects.fast_ops import append_op
from dialects.qz.calls import CallExternOp as SourceCallOp
from dialects.qz.calls import ExternOp
from dialects.qz.panics import PanicOp as SourcePanicOp
from dialects.qz.types import si32, si64, ui8
from dialects.qzrt.calls import CallExternOp
from dialects.qzrt.panics import PanicOp
from dialects.qzrt.types import ptr
from lowering.dispatch import Table
from lowering.shared_attributes import Properties, word_attr
from lowering.to_rt.erasure import I64_RESULT, Erasure
from lowering.value_forms import ADDRESS, BOOL, F32, F64, ValueForm

TABLE: Table[Erasure] = Table()


@TABLE.lowers(func.CallOp)
def lower_call(rt: Erasure, op: func.CallOp) -> None:
    """Every argument and the result cross as words."""
    words = [rt.to_word(value) for value in rt.operands(op)]
    results = I64_RESULT if op.results else ()
    call = append_op(rt.block, func.CallOp, words, results, op.properties, rt.location)
    if op.results:
        result = op.results[0]
        rt.values[id(result)] = rt.from_word(call.results[0], rt.form(result).register)


@TABLE.lowers(SourceCallOp)
def lower_extern_call(rt: Erasure, op: SourceCallOp) -> None:
    """The C type of this call goes along; the registers stay those of the values."""
    name = op.callee.root_reference.data
    extern = rt.externs[name]
    forms = [rt.form(argument) for argument in op.arguments]
    n_fixed = len(extern.function_type.inputs)
    arguments = [
        rt.to_word(value) if form is BOOL else value
        for form, value in zip(forms, rt.operands(op), strict=True)
    ]
    for position in range(n_fixed, len(arguments)):
        arguments[position] = _promoted(rt, arguments[position], forms[position])
    outputs = [i64 if rt.form(result) is BOOL else rt.form(result).register for result in op.results]
    properties: Properties = {"callee": op.callee, "c_type": _c_type(extern, forms[n_fixed:])}
    if extern.variadic is not None:
        properties["n_fixed"] = word_attr(n_fixed)
    call = append_op(rt.block, CallExternOp, arguments, outputs, properties, rt.location)
    for old, new in zip(op.results, call.results, strict=True):
        rt.values[id(old)] = rt.from_word(new, i1) if rt.form(old) is BOOL else new


def _promoted(rt: Erasure, value: SSAValue, form: ValueForm) -> SSAValue:
    """A variadic float argument is a double."""
    if form is F32:
        return rt.emit(arith.ExtFOp, (value,), {}, f64)
    return value


def _c_type(extern: ExternOp, further: list[ValueForm]) -> FunctionType:
    """The declared types, pointers marked as such, followed by the promoted types of variadic arguments."""
    inputs: list[Attribute] = [_in_memory(type_) for type_ in extern.function_type.inputs]
    if extern.ptr_args is not None:
        for position in extern.ptr_args:
            inputs[position.value.data] = ptr
    outputs: list[Attribute] = [_in_memory(type_) for type_ in extern.function_type.outputs]
    if extern.ptr_result is not None:
        outputs = [ptr]
    inputs += [_promoted_type(form) for form in further]
    return FunctionType.from_lists(inputs, outputs)


def _in_memory(type_: Attribute) -> Attribute:
    """A Bool is a byte to C."""
    return ui8 if type_ == i1 else type_


def _promoted_type(form: ValueForm) -> Attribute:
    if form is F64 or form is F32:
        return f64
    if form is ADDRESS:
        return ptr
    return si32 if form.width < 64 else si64


@TABLE.lowers(SourcePanicOp)
def lower_panic(rt: Erasure, op: SourcePanicOp) -> None:
    """The message is a string's address already."""
    rt.effect(PanicOp, rt.operands(op))
