"""The state of the translation: the new function, and each value in the form it was born in.

An address read from memory is a pointer and stays one; an i64 made from it, or a pointer made from an i64,
is made at most once, right behind the definition, and only if it is needed. That way LLVM's alias analysis
sees where a pointer comes from.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence

from xdsl.dialects import llvm
from xdsl.dialects.builtin import UNKNOWN_LOC, FileLineColLoc, LocationAttr, i64
from xdsl.ir import Attribute, Block, Operation, OpResult, Region, SSAValue

from dialects.fast_ops import (
    append_block,
    append_op,
    append_value,
    attach_before,
    attach_last,
    detached_op,
    new_block,
    new_region,
)
from lowering.layout import STRING_PREFIX_BYTES, packed_position
from lowering.prelude import Prelude
from lowering.runtime_abi import RuntimeFunction
from lowering.shared_attributes import NO_PROPERTIES, Properties, symbol_ref, word_value
from lowering.string_symbols import string_symbol
from lowering.to_llvm.properties import call_properties, constant_gep, element_type_of_words, slot_properties

PTR = llvm.LLVMPointerType()
_POINTER = (PTR,)
_WORD = (i64,)


class Translation:
    """Rebuilds one function in the llvm dialect."""

    __slots__ = (
        "block",
        "blocks",
        "cold_blocks",
        "constants",
        "counterparts",
        "files",
        "location",
        "prelude",
        "region",
        "runtime",
        "strings",
        "symbols",
        "texts",
        "values",
    )

    def __init__(self) -> None:
        self.values: dict[int, SSAValue] = {}
        self.counterparts: dict[int, SSAValue] = {}
        self.blocks: dict[int, Block] = {}
        self.cold_blocks: list[Block] = []
        self.constants: dict[int, SSAValue] = {}
        self.texts: dict[bytes, SSAValue] = {}
        self.files: dict[str, SSAValue] = {}
        self.strings: dict[str, bytes] = {}
        self.runtime: dict[str, RuntimeFunction] = {}
        self.symbols: dict[str, Operation | None] = {}
        self.location: LocationAttr = UNKNOWN_LOC
        self.region: Region = new_region()
        self.block: Block = new_block()
        self.prelude = Prelude(self.block)

    # Building

    def start_block(self, block: Block) -> None:
        """Continues in a block, which joins the function here."""
        append_block(self.region, block)
        self.block = block

    def emit(
        self,
        op_class: type[Operation],
        operands: Sequence[SSAValue],
        properties: Properties = NO_PROPERTIES,
        result: Attribute = i64,
    ) -> OpResult:
        """Appends an op with one result, located where the old op is."""
        return append_value(self.block, op_class, operands, result, properties, self.location)

    def constant(self, value: int) -> SSAValue:
        """A word constant; one op per value and function, in front of the entry block."""
        known = self.constants.get(value)
        if known is None:
            known = self.constants[value] = self.in_front(llvm.ConstantOp, (), word_value(value), _WORD)
        return known

    def in_front(
        self,
        op_class: type[Operation],
        operands: Sequence[SSAValue],
        properties: Properties,
        results: tuple[Attribute],
    ) -> SSAValue:
        """Puts an op with one result in front of the entry block."""
        op = detached_op(op_class, operands, results, properties)
        self.prelude.insert(op)
        return op.results[0]

    # The two forms of a word

    def word(self, old: SSAValue) -> SSAValue:
        """An old value in a register; an address as an i64."""
        value = self.values[id(old)]
        return value if value._type is not PTR else self.counterpart(value, llvm.PtrToIntOp, _WORD)

    def pointer(self, old: SSAValue) -> SSAValue:
        """An old i64 as a pointer."""
        value = self.values[id(old)]
        return value if value._type is PTR else self.counterpart(value, llvm.IntToPtrOp, _POINTER)

    def as_type(self, old: SSAValue, type_: Attribute) -> SSAValue:
        """An old value as a pointer or not, whichever a block argument asks for."""
        return self.pointer(old) if type_ is PTR else self.word(old)

    def words(self, op: Operation) -> list[SSAValue]:
        """The operands of an old op, addresses as i64s."""
        values = self.values
        found: list[SSAValue] = []
        for operand in op._operands:
            value = values[id(operand)]
            found.append(value if value._type is not PTR else self.counterpart(value, llvm.PtrToIntOp, _WORD))
        return found

    def counterpart(self, value: SSAValue, op_class: type[Operation], results: tuple[Attribute]) -> SSAValue:
        """The other form of a value, made once behind its definition."""
        known = self.counterparts.get(id(value))
        if known is not None:
            return known
        conversion = detached_op(op_class, (value,), results)
        if isinstance(value, OpResult):
            block = value.op.parent
            following = value.op._next_op
            assert block is not None
            if self.prelude.last is value.op:
                self.prelude.last = conversion
        else:
            block = value.owner
            assert isinstance(block, Block)
            following = block._first_op
        if following is None:
            attach_last(block, conversion)
        else:
            attach_before(conversion, following)
        result = self.counterparts[id(value)] = conversion.results[0]
        return result

    # Calls

    def call(self, function: RuntimeFunction, arguments: Sequence[SSAValue]) -> None:
        """Calls a runtime function that gives nothing back."""
        self.runtime[function.symbol] = function
        append_op(
            self.block,
            llvm.CallOp,
            arguments,
            (),
            call_properties(function.symbol, len(arguments)),
            self.location,
        )

    # Static data

    def text(self, data: bytes) -> SSAValue:
        """The address of a constant string."""
        known = self.texts.get(data)
        if known is None:
            name = string_symbol(data)
            self.strings[name] = data
            base = self.in_front(llvm.AddressOfOp, (), {"global_name": symbol_ref(name)}, _POINTER)
            known = self.in_front(llvm.GEPOp, (base,), constant_gep(STRING_PREFIX_BYTES), _POINTER)
            self.texts[data] = known
        return known

    def place(self) -> tuple[SSAValue, SSAValue]:
        """The file, as a string's word, and the packed position of the op being translated."""
        location = self.location
        file, position = "", 0
        if isinstance(location, FileLineColLoc):
            file = location.filename.data
            position = packed_position(location.line.data, location.column.data)
        word = self.files.get(file)
        if word is None:
            text = self.text(file.encode())
            word = self.files[file] = self.counterpart(text, llvm.PtrToIntOp, _WORD)
        return word, self.constant(position)

    def stack(self, content: Attribute, n_words: int = 0) -> SSAValue:
        """Reserves memory on the stack: one value, or an array of words."""
        element = element_type_of_words(n_words) if n_words else content
        return self.in_front(llvm.AllocaOp, (self.constant(1),), slot_properties(element), _POINTER)
