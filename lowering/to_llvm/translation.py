"""What the rules of the translation work with: building, the two forms of a word, static data.

An address read from memory is a pointer and stays one; an i64 made from it, or a pointer made from an i64,
is made at most once, right behind the definition, and only if it is needed. That way LLVM's alias analysis
sees where a pointer comes from.
"""

# pyright: reportPrivateUsage=false

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xdsl.dialects import llvm
from xdsl.dialects.builtin import UNKNOWN_LOC, FileLineColLoc, LocationAttr, i1, i64
from xdsl.ir import Attribute, Block, Operation, SSAValue

from lowering.abi.layout import packed_position
from lowering.abi.runtime_abi import RuntimeFunction
from lowering.dispatch import Operands
from lowering.shared_attributes import INT_TYPES, NO_PROPERTIES, Properties
from lowering.to_llvm.properties import position

PTR = llvm.LLVMPointerType()


_PAIRS: dict[int, Attribute] = {
    width: llvm.LLVMStructType.from_type_list([INT_TYPES[width], i1]) for width in (8, 16, 32, 64)
}


class Slot(NamedTuple):
    """What a stack slot holds: a type of LLVM's; integers that are words outside of it have a width."""

    content: Attribute
    narrow: int
    signed: bool


class Translation(ABC):
    """Translates one function; what is built, operations or text, is up to the subclass."""

    __slots__ = ("attributes", "counterparts", "location", "places", "slots")

    def __init__(self) -> None:
        self.location: LocationAttr = UNKNOWN_LOC
        self.attributes: Mapping[str, Attribute] = NO_PROPERTIES
        self.counterparts: dict[int, SSAValue] = {}
        self.places: dict[str, SSAValue] = {}
        self.slots: dict[int, Slot] = {}

    # Building

    @abstractmethod
    def emit(
        self,
        op_class: type[Operation],
        operands: Operands,
        properties: Properties = NO_PROPERTIES,
        result: Attribute = i64,
    ) -> SSAValue:
        """Appends an op with one result."""

    @abstractmethod
    def effect(
        self, op_class: type[Operation], operands: Operands, properties: Properties = NO_PROPERTIES
    ) -> None:
        """Appends an op without results."""

    @abstractmethod
    def end(
        self,
        op_class: type[Operation],
        operands: Operands,
        properties: Properties = NO_PROPERTIES,
        successors: Sequence[Block] = (),
    ) -> None:
        """Appends an op that ends the block."""

    def overflowing(
        self, op_class: type[Operation], lhs: SSAValue, rhs: SSAValue, width: int
    ) -> tuple[SSAValue, SSAValue]:
        """What an op on integers of a width gives, and whether that does not fit."""
        pair = self.emit(op_class, (lhs, rhs), NO_PROPERTIES, _PAIRS[width])
        value = self.emit(llvm.ExtractValueOp, (pair,), position(0), INT_TYPES[width])
        return value, self.emit(llvm.ExtractValueOp, (pair,), position(1), i1)

    @abstractmethod
    def jump(self, target: Block) -> None:
        """Ends the block with a branch that hands nothing over."""

    @abstractmethod
    def displaced(self, address: SSAValue, offset: int, inbounds: bool) -> SSAValue:
        """The address some bytes away."""

    @abstractmethod
    def indexed(self, address: SSAValue, index: SSAValue, width: int, inbounds: bool) -> SSAValue:
        """The address of an element of an array, by the width of its elements in bytes."""

    @abstractmethod
    def load(self, address: SSAValue, type_: Attribute, alias: str | None) -> SSAValue:
        """Loads a value; without an alias class, from wherever and however aligned it may be."""

    @abstractmethod
    def store(self, value: SSAValue, address: SSAValue, alias: str | None) -> None:
        """Stores a value, as `load` loads it."""

    @abstractmethod
    def load_slot(self, slot: SSAValue, type_: Attribute) -> SSAValue:
        """Reads a stack slot."""

    @abstractmethod
    def store_slot(self, value: SSAValue, slot: SSAValue) -> None:
        """Writes a stack slot."""

    @abstractmethod
    def reserve(self, content: Attribute) -> SSAValue:
        """Reserves memory on the stack, in the entry block."""

    @abstractmethod
    def constant(self, value: int) -> SSAValue:
        """A word constant."""

    @abstractmethod
    def text(self, data: bytes) -> SSAValue:
        """The address of a constant string."""

    @abstractmethod
    def address_of(self, name: str) -> SSAValue:
        """The address of a function or of data."""

    @abstractmethod
    def function_address(self, name: str, n_parameters: int, n_results: int) -> SSAValue:
        """The address of the code of a Quartz function."""

    @abstractmethod
    def call(self, name: str, arguments: Operands, n_results: int) -> SSAValue | None:
        """Calls a Quartz function with words; several results are in one value."""

    @abstractmethod
    def call_indirect(self, code: SSAValue, arguments: Operands, n_results: int) -> SSAValue | None:
        """Calls the Quartz function at an address with words."""

    @abstractmethod
    def call_c(
        self, name: str, signature: llvm.LLVMFunctionType, arguments: Operands, result: Attribute | None
    ) -> SSAValue | None:
        """Calls a C function; the signature tells whether it is variadic."""

    @abstractmethod
    def call_c_at(self, code: SSAValue, arguments: Operands, result: Attribute | None) -> SSAValue | None:
        """Calls the C function at an address."""

    @abstractmethod
    def counterpart(self, value: SSAValue) -> SSAValue:
        """The other form of a word or address, made behind its definition."""

    @abstractmethod
    def panic_block(
        self,
        condition: SSAValue,
        panics_on: bool,
        function: RuntimeFunction,
        arguments: Operands,
    ) -> None:
        """Branches to a cold block that calls a panic, and continues in a new block otherwise."""

    # The two forms of a word

    def word(self, value: SSAValue) -> SSAValue:
        """A value in a register; an address as an i64."""
        if value._type is not PTR:
            return value
        return self.counterparts.get(id(value)) or self.counterpart(value)

    def pointer(self, value: SSAValue) -> SSAValue:
        """A word as a pointer."""
        if value._type is PTR:
            return value
        return self.counterparts.get(id(value)) or self.counterpart(value)

    def as_type(self, value: SSAValue, type_: Attribute) -> SSAValue:
        """A value as a pointer or not, whichever is asked for."""
        return self.pointer(value) if type_ is PTR else self.word(value)

    def words(self, operands: Operands) -> list[SSAValue]:
        """The operands of an op, addresses as i64s."""
        return [value if value._type is not PTR else self.word(value) for value in operands]

    # Where a panic comes from

    def place(self) -> tuple[SSAValue, SSAValue]:
        """The file, as a string's word, and the packed position of the op being translated."""
        location = self.location
        file, position = "", 0
        if type(location) is FileLineColLoc:
            file = location.filename.data
            position = packed_position(location.line.data, location.column.data)
        word = self.places.get(file)
        if word is None:
            word = self.places[file] = self.word(self.text(file.encode()))
        return word, self.constant(position)
