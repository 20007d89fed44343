"""Value structs that C gives to a function by value, and is given by one.

They are taken apart and put together in memory, where they lie as C has them: what came in registers is
stored eight bytes at a time, and its leaves are loaded, each at its own width, as words; and the other way
round. A float is its bits in memory, and so is a word, so all of this is about integers.
"""

from xdsl.dialects import llvm
from xdsl.dialects.builtin import f64, i64
from xdsl.ir import Attribute, SSAValue

from dialects.llvm_extra.by_value import CopyAddressOp
from dialects.qz.struct_type import StructType
from lowering.abi.c_structs import register_types
from lowering.abi.layout import WORD_BYTES
from lowering.abi.row_layout import RowLayout, row_layout
from lowering.dispatch import Operands
from lowering.shared_attributes import INT_TYPES, NO_PROPERTIES
from lowering.to_llvm.building import IrTranslation
from lowering.to_llvm.integers import extend, truncate
from lowering.to_llvm.properties import array_of_words, position
from lowering.to_llvm.translation import PTR


def room_for(tr: IrTranslation, layout: RowLayout) -> SSAValue:
    """Memory for a value, in whole words."""
    return tr.reserve(array_of_words(-(-layout.size // WORD_BYTES)))


def registers_of(type_: StructType) -> list[Attribute]:
    """What a value is to LLVM, if C may have it in registers."""
    return [f64 if piece == f64 else i64 for piece in register_types(row_layout(type_))]


def words_of_registers(tr: IrTranslation, type_: StructType, registers: Operands) -> list[SSAValue]:
    """The leaves of a value that came in registers."""
    layout = row_layout(type_)
    place = room_for(tr, layout)
    for index, register in enumerate(registers):
        tr.store(register, _at(tr, place, WORD_BYTES * index), None)
    return _leaves(tr, layout, place)


def words_of_copy(tr: IrTranslation, type_: StructType, copy: SSAValue) -> list[SSAValue]:
    """The leaves of a value that lies among the arguments."""
    address = tr.emit(CopyAddressOp, (copy,), NO_PROPERTIES, PTR)
    return _leaves(tr, row_layout(type_), address)


def store_words(tr: IrTranslation, type_: StructType, words: Operands, place: SSAValue) -> None:
    """Lays a value out where C wants it."""
    for leaf, word in zip(row_layout(type_).leaves, words, strict=True):
        width = leaf.element.width
        value = word if width == WORD_BYTES else truncate(tr, word, 8 * width)
        tr.store(value, _at(tr, place, leaf.offset), None)


def struct_of_registers(tr: IrTranslation, type_: StructType, words: Operands) -> SSAValue:
    """A value as C has it in registers: one, or LLVM's struct of two."""
    place = room_for(tr, row_layout(type_))
    store_words(tr, type_, words, place)
    registers = registers_of(type_)
    parts = [
        tr.load(_at(tr, place, WORD_BYTES * index), register, None)
        for index, register in enumerate(registers)
    ]
    if len(parts) == 1:
        return parts[0]
    struct = llvm.LLVMStructType.from_type_list(registers)
    value = tr.emit(llvm.UndefOp, (), NO_PROPERTIES, struct)
    for index, part in enumerate(parts):
        value = tr.emit(llvm.InsertValueOp, (value, part), position(index), struct)
    return value


def _leaves(tr: IrTranslation, layout: RowLayout, place: SSAValue) -> list[SSAValue]:
    words: list[SSAValue] = []
    for leaf in layout.leaves:
        width = leaf.element.width
        value = tr.load(_at(tr, place, leaf.offset), INT_TYPES[8 * width], None)
        words.append(value if width == WORD_BYTES else extend(tr, value, leaf.element.signed))
    return words


def _at(tr: IrTranslation, place: SSAValue, offset: int) -> SSAValue:
    return tr.displaced(place, offset, inbounds=True) if offset else place
