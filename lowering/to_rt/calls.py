"""Calls of Quartz and of C functions, and panics with a message."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import arith, func
from xdsl.dialects.builtin import FunctionType, f64, i1
from xdsl.ir import Attribute, SSAValue

from dialects.fast_ops import detached_op
from dialects.qz.calls import CallExternOp as SourceCallOp
from dialects.qz.calls import CEntryOp as SourceEntryOp
from dialects.qz.calls import ExternOp
from dialects.qz.panics import PanicOp as SourcePanicOp
from dialects.qz.types import char, si32, si64, ui8
from dialects.qzrt.calls import CallExternOp, CEntryOp
from dialects.qzrt.panics import PanicOp
from dialects.qzrt.types import ptr
from lowering.dispatch import Table
from lowering.shared_attributes import Properties, word_attr
from lowering.to_rt.erasure import Erasure
from lowering.value_forms import ADDRESS, BOOL, F32, F64, ValueForm

TABLE: Table[Erasure] = Table()


@TABLE.lowers(func.CallOp)
def lower_call(rt: Erasure, op: func.CallOp) -> None:
    """Every argument and every result cross as words."""
    values = rt.values
    words = [rt.to_word(values[id(old)], rt.form(old)) for old in op._operands]
    rt.call_quartz(op, func.CallOp, words, op.properties)


@TABLE.lowers(SourceCallOp)
def lower_extern_call(rt: Erasure, op: SourceCallOp) -> None:
    """The C type of this call goes along; the registers stay those of the values."""
    name = op.callee.root_reference.data
    extern = rt.externs[name]
    forms = [rt.form(argument) for argument in op.arguments]
    n_fixed = len(extern.function_type.inputs)
    arguments = [
        rt.to_word(value, form) if form is BOOL else value
        for form, value in zip(forms, rt.operands(op), strict=True)
    ]
    for position in range(n_fixed, len(arguments)):
        arguments[position] = _promoted(rt, arguments[position], forms[position])
    properties: Properties = {"callee": op.callee, "c_type": _c_type(extern, forms[n_fixed:])}
    if extern.variadic is not None:
        properties["n_fixed"] = word_attr(n_fixed)
    if not op.results:
        rt.effect(CallExternOp, arguments, properties)
        return
    form = rt.result_form(op)
    if form is BOOL:
        rt.define(op, rt.from_word(rt.emit(CallExternOp, arguments, properties), form))
    else:
        rt.define(op, rt.emit(CallExternOp, arguments, properties, form.register))


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


def erased_entry(op: SourceEntryOp) -> CEntryOp:
    """The same with C's own types: what is a word or an address is one to C as well."""
    signature = op.function_type
    types = [[_in_c(type_) for type_ in part] for part in (signature.inputs, signature.outputs)]
    properties: Properties = {
        "sym_name": op.sym_name,
        "callee": op.callee,
        "c_type": FunctionType.from_lists(*types),
    }
    return detached_op(CEntryOp, (), (), properties, op.location)


def _in_c(type_: Attribute) -> Attribute:
    return si32 if type_ == char else _in_memory(type_)


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
