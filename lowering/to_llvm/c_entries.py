"""Functions that C calls: its registers become words, and the word that comes back a register.

C promises nothing about the bits beyond the width of a narrow argument, so these are made anew.
"""

from xdsl.dialects import llvm
from xdsl.dialects.builtin import Float32Type, Float64Type, Signedness, StringAttr, f32, f64, i32
from xdsl.ir import Attribute, Operation, SSAValue

from dialects.fast_ops import append_block, detached_op
from dialects.qzrt.calls import CEntryOp
from lowering.shared_attributes import NO_PROPERTIES, as_integer_type
from lowering.to_llvm.building import IrTranslation
from lowering.to_llvm.calls import c_register
from lowering.to_llvm.functions import ALIGNMENT, DEFINED, function_properties, internal, weak
from lowering.to_llvm.integers import extend, truncate
from lowering.to_llvm.translation import PTR


def _to_word(tr: IrTranslation, value: SSAValue, type_: Attribute) -> SSAValue:
    match type_:
        case Float64Type():
            return tr.emit(llvm.BitcastOp, (value,))
        case Float32Type():
            return extend(tr, tr.emit(llvm.BitcastOp, (value,), NO_PROPERTIES, i32), False)
        case _:
            integer = as_integer_type(type_)
            if integer is None or integer.width.data == 64:
                return tr.word(value)
            if integer.width.data < 32:
                value = truncate(tr, value, integer.width.data)
            return extend(tr, value, integer.signedness.data == Signedness.SIGNED)


def _from_word(tr: IrTranslation, word: SSAValue, type_: Attribute) -> SSAValue:
    match type_:
        case Float64Type():
            return tr.emit(llvm.BitcastOp, (word,), NO_PROPERTIES, f64)
        case Float32Type():
            return tr.emit(llvm.BitcastOp, (truncate(tr, word, 32),), NO_PROPERTIES, f32)
        case _:
            register = c_register(type_)
            return tr.as_type(word, PTR) if register is PTR else _cut(tr, word, register)


def _cut(tr: IrTranslation, word: SSAValue, register: Attribute) -> SSAValue:
    return truncate(tr, word, 32) if register is i32 else word


def define_c_entry(op: CEntryOp) -> Operation:
    """The function that C calls."""
    inputs, outputs = op.c_type.inputs.data, op.c_type.outputs.data
    tr = IrTranslation()
    tr.location = op.location
    entry = tr.block
    append_block(tr.region, entry)
    arguments = [entry.insert_arg(c_register(type_), index) for index, type_ in enumerate(inputs)]
    words = [_to_word(tr, value, type_) for value, type_ in zip(arguments, inputs, strict=True)]
    callee = op.callee.root_reference.data
    result = tr.call(callee, words, bool(outputs))
    tr.end(llvm.ReturnOp, () if result is None else (_from_word(tr, result, outputs[0]),))
    signature = llvm.LLVMFunctionType(
        [c_register(type_) for type_ in inputs], c_register(outputs[0]) if outputs else None
    )
    name = op.sym_name.data
    properties = function_properties(name, signature, DEFINED)
    if "$" in name:  # nobody else knows of it
        properties = internal(properties)
    elif op.weak is not None:
        properties = weak(properties)
    function = detached_op(llvm.FuncOp, (), (), properties, op.location, (), (tr.finish(),))
    function.attributes = {"display_name": StringAttr(f"{callee} (called from C)")}
    if op.alignment is not None:
        function.attributes[ALIGNMENT] = op.alignment
    return function
