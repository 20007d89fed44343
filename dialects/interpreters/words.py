"""Values as 64-bit words and back, for `qz.reinterpret` and pointers that go to C.

An erased value stays the Python object it is; an address is made up only when a program asks for one.
"""

from xdsl.ir import Attribute

from dialects import numbers
from dialects.interpreters.memory import Memory
from dialects.interpreters.values import Struct, Value
from dialects.qz.types import StrType, ValType, f32, i1, is_float, is_int, si64

STRING_PREFIX_BYTES = 16
STRING_LENGTH_OFFSET = -16
HANDLE_BYTES = 8
OBJECTS = (bytes, bytearray, list, Struct)
WORD = numbers.INT_RANGES[si64]


class Words:
    """The addresses of objects whose address was asked for."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._address_of: dict[int, int] = {}
        self._object_at: dict[int, Value] = {}

    def address_of(self, value: Value) -> int:
        """Gives the address of an object, always the same for the same one."""
        address = self._address_of.get(id(value))
        if address is None:
            is_text = isinstance(value, bytes)
            address = self._place_string(value) if is_text else self._memory.allocate(HANDLE_BYTES)
            self._address_of[id(value)] = address
            self._object_at[address] = value
        return address

    def _place_string(self, text: bytes) -> int:
        block = self._memory.allocate(STRING_PREFIX_BYTES + len(text) + 1)
        address = block + STRING_PREFIX_BYTES
        self._memory.store(address + STRING_LENGTH_OFFSET, 8, len(text))
        self._memory.store(address - 8, 4, -1)
        self._memory.write(address, text)
        return address

    def word_of(self, value: Value, type_: Attribute) -> int:
        """Gives the word that a value of a type is."""
        if isinstance(value, bool | int):
            return WORD.wrap(int(value))
        if isinstance(value, float):
            return numbers.bits_of_f32(value) if type_ == f32 else numbers.bits_of_f64(value)
        return self.address_of(value)

    def value_of(self, word: int, type_: Attribute) -> Value:
        """Gives the value of a type that a word is."""
        if is_int(type_):
            return numbers.INT_RANGES[type_].wrap(word)
        if is_float(type_):
            return numbers.f32_of_bits(word) if type_ == f32 else numbers.f64_of_bits(word)
        if type_ == i1:
            return word != 0
        if word in self._object_at:
            return self._object_at[word]
        if isinstance(type_, StrType) and word != 0:
            n = self._memory.load(word + STRING_LENGTH_OFFSET, 8, signed=True)
            return self._memory.read(word, n)
        return word

    def reinterpret(self, value: Value, source: Attribute, target: Attribute) -> Value:
        """Gives the same word as a value of another type."""
        if isinstance(target, ValType) and is_erased(target):
            return value
        if is_int(target) or is_float(target):
            kept = is_float(target) and isinstance(value, float) and is_erased(source)
            return value if kept else self.value_of(self.word_of(value, source), target)
        if type(value) in OBJECTS:
            return value
        return self.value_of(self.word_of(value, source), target)


def is_erased(type_: Attribute) -> bool:
    """Tells whether a type is that of an erased parameter."""
    return isinstance(type_, ValType) and type_.is_erased
