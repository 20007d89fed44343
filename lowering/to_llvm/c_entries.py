"""Functions that C calls: its registers become words, and the word that comes back a register.

C promises nothing about the bits beyond the width of a narrow argument, so these are made anew. A value
struct comes in pieces or as a copy, and is a word for each of its leaves to the function.
"""

from collections.abc import Sequence

from xdsl.dialects import llvm
from xdsl.dialects.builtin import Float32Type, Float64Type, Signedness, StringAttr, f32, f64, i32
from xdsl.ir import Attribute, Block, Operation, SSAValue

from dialects.fast_ops import append_block, detached_op
from dialects.qz.leaves import n_leaves
from dialects.qz.struct_type import StructType
from dialects.qz.types import si64
from dialects.qzrt.calls import CEntryOp
from lowering.abi.c_structs import Registers, register_types
from lowering.abi.row_layout import row_layout
from lowering.shared_attributes import NO_PROPERTIES, as_integer_type
from lowering.to_llvm.building import IrTranslation
from lowering.to_llvm.c_entry_structs import (
    registers_of,
    store_words,
    struct_of_registers,
    words_of_copy,
    words_of_registers,
)
from lowering.to_llvm.calls import c_register
from lowering.to_llvm.functions import ALIGNMENT, DEFINED, SECTION, function_properties, internal, weak
from lowering.to_llvm.integers import extend, truncate
from lowering.to_llvm.properties import array_of_bytes, position
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


class _Arguments:
    """The parameters of an entry as C gives them, and the words that they become."""

    def __init__(self, tr: IrTranslation, entry: Block, types: Sequence[Attribute], result: Attribute | None):
        self.tr = tr
        self.entry = entry
        self.types: list[Attribute] = []
        self.place: SSAValue | None = None
        """Where the caller wants a result that is not given in registers."""
        self._registers = Registers()
        if isinstance(result, StructType) and not registers_of(result):
            self._registers.take((si64,))
            self.place = self._next(PTR)
        self.words = [word for type_ in types for word in self._words(type_)]

    def _next(self, type_: Attribute) -> SSAValue:
        self.types.append(type_)
        return self.entry.insert_arg(type_, len(self.entry.args))

    def _words(self, type_: Attribute) -> list[SSAValue]:
        if not isinstance(type_, StructType):
            self._registers.take((f64 if type_ in (f32, f64) else si64,))
            return [_to_word(self.tr, self._next(c_register(type_)), type_)]
        layout = row_layout(type_)
        pieces = register_types(layout)
        if pieces and self._registers.take(pieces):
            return words_of_registers(self.tr, type_, [self._next(one) for one in registers_of(type_)])
        return words_of_copy(self.tr, type_, self._next(array_of_bytes(layout.size)))


def _give(tr: IrTranslation, value: SSAValue, type_: Attribute, place: SSAValue | None) -> SSAValue:
    """What a function gave as C wants it: an address too, where the result lies behind it."""
    if not isinstance(type_, StructType):
        return _from_word(tr, value, type_)
    words = [value] if n_leaves(type_) == 1 else _unpacked(tr, value, n_leaves(type_))
    if place is None:
        return struct_of_registers(tr, type_, words)
    store_words(tr, type_, words, place)
    return place


def _unpacked(tr: IrTranslation, value: SSAValue, n_words: int) -> list[SSAValue]:
    return [tr.emit(llvm.ExtractValueOp, (value,), position(index)) for index in range(n_words)]


def define_c_entry(op: CEntryOp) -> Operation:
    """The function that C calls."""
    inputs, outputs = op.c_type.inputs.data, op.c_type.outputs.data
    tr = IrTranslation()
    tr.location = op.location
    entry = tr.block
    append_block(tr.region, entry)
    output = outputs[0] if outputs else None
    arguments = _Arguments(tr, entry, inputs, output)
    callee = op.callee.root_reference.data
    result = tr.call(callee, arguments.words, sum(map(n_leaves, outputs)))
    given = ()
    if result is not None and output is not None:
        given = (_give(tr, result, output, arguments.place),)
    tr.end(llvm.ReturnOp, given)
    signature = llvm.LLVMFunctionType(arguments.types, given[0].type if given else None)
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
    if op.section is not None:
        function.attributes[SECTION] = op.section
    return function
