"""Calls of Quartz functions, which pass words, by name and by address, and of C functions in C's widths.

Several words that a function gives are one struct to LLVM, which has them in registers as far as those go.
"""

from xdsl.dialects import func, llvm
from xdsl.dialects.builtin import FunctionType, Signedness, SymbolRefAttr, f64, i64
from xdsl.ir import Attribute, SSAValue

from dialects.llvm_extra.by_value import ByValueOp
from dialects.qzrt.calls import (
    CallExternOp,
    CallIndirectOp,
    FreshOp,
    FunctionOp,
    PackOp,
    TagOp,
    UnpackOp,
)
from dialects.qzrt.types import CopyType, PackType, PtrType, n_words
from lowering.abi.layout import CLOSURE_TAG
from lowering.dispatch import Operands, RuleTable
from lowering.shared_attributes import INT_TYPES, NO_PROPERTIES, Properties, as_integer_type, number_of
from lowering.to_llvm.functions import words_result
from lowering.to_llvm.integers import extend, truncate
from lowering.to_llvm.properties import DISJOINT, LAUNDER, array_of_bytes, position
from lowering.to_llvm.translation import PTR, Translation

RULES: RuleTable[Translation] = RuleTable()


def _callee(properties: Properties) -> str:
    callee = properties["callee"]
    assert type(callee) is SymbolRefAttr
    return callee.root_reference.data


@RULES.lowers(func.CallOp)
def call(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> SSAValue | None:
    """A direct call with words."""
    return tr.call(_callee(properties), tr.words(operands), _n_results(result))


def _n_results(result: Attribute | None) -> int:
    """How many words there are in the result of a call."""
    if result is None:
        return 0
    return result.n.data if type(result) is PackType else 1


@RULES.lowers(FunctionOp)
def function(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> SSAValue:
    """The address of a function."""
    name, signature = properties["name"], properties["type"]
    assert type(name) is SymbolRefAttr
    assert type(signature) is FunctionType
    n_results = n_words(signature.outputs.data)
    assert n_results is not None
    return tr.function_address(name.root_reference.data, len(signature.inputs), n_results)


@RULES.lowers(CallIndirectOp)
def call_indirect(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> SSAValue | None:
    """A call of whatever is at the address."""
    code, *arguments = operands
    return tr.call_indirect(tr.pointer(code), tr.words(arguments), _n_results(result))


@RULES.lowers(FreshOp)
def fresh(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> SSAValue:
    """Tells LLVM that what it knows of the code in a block at that address is about another closure."""
    (block,) = operands
    return tr.emit(llvm.CallIntrinsicOp, (tr.pointer(block),), LAUNDER, PTR)


@RULES.lowers(TagOp)
def tag(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> SSAValue:
    """The bit is not set before: so LLVM knows both what a test of it gives, and what is left without it."""
    return tr.emit(llvm.OrOp, (*tr.words(operands), tr.constant(CLOSURE_TAG)), DISJOINT, i64)


@RULES.lowers(PackOp)
def pack(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> SSAValue:
    """A struct, filled word for word."""
    return _packed(tr, tr.words(operands))


def _packed(tr: Translation, words: Operands) -> SSAValue:
    struct = words_result(len(words))
    assert struct is not None
    value = tr.emit(llvm.UndefOp, (), NO_PROPERTIES, struct)
    for index, word in enumerate(words):
        value = tr.emit(llvm.InsertValueOp, (value, word), position(index), struct)
    return value


@RULES.lowers(UnpackOp)
def unpack(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> SSAValue:
    """A word out of the struct."""
    index = number_of(properties["index"])
    assert index is not None
    return tr.emit(llvm.ExtractValueOp, operands, position(index))


def c_register(type_: Attribute) -> Attribute:
    """How LLVM passes a C type: integers narrower than an int as ints, since C extends them in any case; what
    C has a copy of as its bytes."""
    if type(type_) is PtrType:
        return PTR
    if type(type_) is CopyType:
        return array_of_bytes(type_.n.data)
    integer = as_integer_type(type_)
    return type_ if integer is None else INT_TYPES[max(32, integer.width.data)]


def _argument(tr: Translation, value: SSAValue, type_: Attribute) -> SSAValue:
    register = c_register(type_)
    if register is PTR:
        return tr.pointer(value)
    if type(register) is llvm.LLVMArrayType:
        return tr.emit(ByValueOp, (tr.pointer(value),), NO_PROPERTIES, register)
    value = tr.word(value)
    return truncate(tr, value, 32) if register is INT_TYPES[32] else value


@RULES.lowers(CallExternOp)
def call_extern(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> SSAValue | None:
    """Integers are cut to their C width on the way in and extended on the way out."""
    c_type = properties["c_type"]
    assert type(c_type) is FunctionType
    inputs = c_type.inputs.data
    outputs = c_type.outputs.data
    code = None
    if "indirect" in properties:
        code, *operands = operands
    arguments = [_argument(tr, value, type_) for value, type_ in zip(operands, inputs, strict=True)]
    n_fixed = number_of(properties.get("n_fixed"))
    c_result = _c_result(outputs)
    signature = llvm.LLVMFunctionType(
        [c_register(type_) for type_ in inputs[:n_fixed]], c_result, n_fixed is not None
    )
    if code is None:
        value = tr.call_c(_callee(properties), signature, arguments, c_result)
    else:
        value = tr.call_c_at(tr.pointer(code), arguments, c_result)
    if value is None or len(outputs) == 1:
        return None if value is None else _result(tr, value, outputs[0])
    return _pack_of_registers(tr, value, outputs)


def _c_result(outputs: tuple[Attribute, ...]) -> Attribute | None:
    """A result has its own width: what is beyond it is not defined. A struct is what its registers hold."""
    types = [_own_width(type_) for type_ in outputs]
    if len(types) > 1:
        return llvm.LLVMStructType.from_type_list(types)
    return types[0] if types else None


def _own_width(type_: Attribute) -> Attribute:
    integer = as_integer_type(type_)
    return c_register(type_) if integer is None else INT_TYPES[integer.width.data]


def _pack_of_registers(tr: Translation, value: SSAValue, types: tuple[Attribute, ...]) -> SSAValue:
    """The bits in the registers of a struct, as words."""
    words: list[SSAValue] = []
    for index, type_ in enumerate(types):
        register = tr.emit(llvm.ExtractValueOp, (value,), position(index), c_register(type_))
        words.append(tr.emit(llvm.BitcastOp, (register,)) if type_ == f64 else register)
    return _packed(tr, words)


def _result(tr: Translation, value: SSAValue, type_: Attribute) -> SSAValue:
    integer = as_integer_type(type_)
    if integer is None or integer.width.data == 64:
        return value
    return extend(tr, value, integer.signedness.data == Signedness.SIGNED)
